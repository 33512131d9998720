import * as l10n from '@vscode/l10n';
import { mkdir, rm } from 'node:fs/promises';
import { HumanError } from '../../core/humanError';
import type { ProcessIdentity } from '../../core/model/runRecord';
import { withClaim } from '../files/fileClaim';
import { readJson, writeWhole } from '../files/jsonFile';
import type { LabPaths } from '../files/labPaths';
import { lifeOf, ownIdentity } from '../process/identity';

/**
 * Takes a lab for one drill, until the returned function gives it back: two at once would measure each other's faults. Throws a
 * HumanError while another drill has it, of this program or of another one that still runs. `name` is the lab's.
 */
export async function claimForDrill(paths: LabPaths, name: string): Promise<() => Promise<void>> {
  await mkdir(paths.runFolder, { recursive: true, mode: 0o700 });
  const own = await ownIdentity();
  await withClaim(paths.drillClaim, async () => {
    const owner = await readJson(paths.drill);
    if (isIdentity(owner) && (await lifeOf(owner)) !== 'gone') throw alreadyRunning(name, owner.pid);
    await writeWhole(paths.drill, own);
  });
  return async () => rm(paths.drill, { force: true });
}

function alreadyRunning(lab: string, pid: number): HumanError {
  return new HumanError(
    pid === process.pid
      ? l10n.t('A drill is running in "{0}" already. Wait for its end, or cancel it.', lab)
      : l10n.t(
          'A drill of another program (pid {0}) is running in "{1}" already. Wait for its end, or cancel it there.',
          pid,
          lab,
        ),
  );
}

function isIdentity(value: unknown): value is ProcessIdentity {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, startTime, executable } = value as Partial<Record<keyof ProcessIdentity, unknown>>;
  return Number.isInteger(pid) && typeof startTime === 'string' && typeof executable === 'string';
}
