import * as l10n from '@vscode/l10n';
import { mkdir, rm } from 'node:fs/promises';
import { HumanError } from '../../core/humanError';
import type { ProcessIdentity } from '../../core/model/runRecord';
import { withClaim } from '../files/fileClaim';
import { readJson, writeWhole } from '../files/jsonFile';
import type { LabPaths } from '../files/labPaths';
import { identityOf, lifeOf, ownIdentity } from '../process/identity';

/** Whose drill is on in a lab: run/drill.json. */
interface DrillOwner {
  readonly owner: ProcessIdentity;
  /** Who cleans up when the owner is killed, and has the lab until that is done. */
  readonly keeper: ProcessIdentity | undefined;
}

/** A lab that is taken for one drill: two at once would measure each other's faults. */
export class DrillClaim {
  private constructor(
    private readonly paths: LabPaths,
    private readonly owner: ProcessIdentity,
  ) {}

  /**
   * Throws a HumanError while another drill has the lab, of this program or of another one, or while somebody cleans up after one.
   * `name` is the lab's.
   */
  static async take(paths: LabPaths, name: string): Promise<DrillClaim> {
    await mkdir(paths.runFolder, { recursive: true, mode: 0o700 });
    const claim = new DrillClaim(paths, await ownIdentity());
    await withClaim(paths.drillClaim, async () => {
      const { owner, keeper } = readOwner(await readJson(paths.drill));
      if (owner && (await lifeOf(owner)) !== 'gone') throw alreadyRunning(name, owner);
      if (keeper && (await lifeOf(keeper)) !== 'gone')
        throw new HumanError(
          l10n.t('The last drill in "{0}" is still being cleaned up. Try again in some seconds.', name),
        );
      await claim.write(undefined);
    });
    return claim;
  }

  /** Tells who cleans up when this program is killed. */
  async keptBy(pid: number | undefined): Promise<void> {
    if (pid !== undefined) await this.write(await identityOf(pid));
  }

  /** Somebody else may have the lab. */
  async giveBack(): Promise<void> {
    await rm(this.paths.drill, { force: true });
  }

  private async write(keeper: ProcessIdentity | undefined): Promise<void> {
    await writeWhole(this.paths.drill, { owner: this.owner, keeper } satisfies DrillOwner);
  }
}

function alreadyRunning(lab: string, { pid }: ProcessIdentity): HumanError {
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

/** Of a file that says something else, nothing. */
function readOwner(value: unknown): Partial<DrillOwner> {
  const { owner, keeper } = (value ?? {}) as Partial<Record<keyof DrillOwner, unknown>>;
  return { ...(isIdentity(owner) ? { owner } : {}), keeper: isIdentity(keeper) ? keeper : undefined };
}

function isIdentity(value: unknown): value is ProcessIdentity {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, startTime, executable } = value as Partial<Record<keyof ProcessIdentity, unknown>>;
  return Number.isInteger(pid) && typeof startTime === 'string' && typeof executable === 'string';
}
