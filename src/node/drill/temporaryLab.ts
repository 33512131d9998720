import * as l10n from '@vscode/l10n';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scenarioPlan, type ScenarioLab } from '../../core/drill/scenarioLab';
import { HumanError } from '../../core/humanError';
import { listenPortOf } from '../../core/network/listenPort';
import { createLab } from '../files/createLab';
import { findFreeBlock } from '../freePorts';
import type { ServerFinder } from '../serverFinder';

/**
 * Where the ports of temporary labs are looked for: below those that systems give to outgoing connections (from 32768 on Linux), and
 * the ports on which the nodes of a lab with a network listen are far from the usual ones of Redis.
 */
const ports = { from: 22_000, to: 32_000, step: 20 } as const;
const attempts = 20;

/** An empty folder for a temporary lab, absolute, links resolved. */
export async function temporaryFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'redis-ha-drill-')));
}

/** Gives the first of so many free ports in a row; `companion` gives another port that must be free with each. */
export type FindPorts = (count: number, companion?: (port: number) => number) => Promise<number>;

/**
 * Makes the lab that a scenario needs in a folder. Several are made at the same time: each looks for its ports somewhere else.
 */
export async function createTemporaryLab(
  directory: string,
  needs: ScenarioLab,
  name: string,
  finder: ServerFinder,
  findPorts: FindPorts = anyFreePorts,
): Promise<void> {
  const servers = needs.replicas + 1;
  const first = await findPorts(servers + needs.sentinels, needs.network ? listenPortOf : undefined);
  const plan = scenarioPlan(needs, name, { port: first, sentinelPort: first + servers });
  const password = needs.password ? randomBytes(12).toString('hex') : undefined;
  await createLab(directory, plan, { finder, password });
}

async function anyFreePorts(count: number, companion?: (port: number) => number): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const wanted = ports.from + ports.step * randomInt((ports.to - ports.from) / ports.step);
    const block = await findFreeBlock(wanted, count, new Set(), companion);
    if (block?.first === wanted) return wanted;
  }
  throw new HumanError(
    l10n.t(
      'No {0} free ports in a row were found between {1} and {2} for a temporary lab. Give the drill a lab of yours.',
      count,
      ports.from,
      ports.to,
    ),
  );
}
