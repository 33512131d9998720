import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { rulesOf } from '../../core/drill/linkRules';
import type { Lab } from '../../core/model/lab';
import { unknownEnds, type LinkRule } from '../../core/network/linkRule';
import { FaultJournal } from '../faults/faultJournal';
import { LabPaths } from '../files/labPaths';
import { readLab } from '../files/readLab';
import { observeProcess } from '../files/runRecords';
import { processInfo } from '../process/processInfo';
import { ControlServer } from './controlServer';
import { LabNetwork } from './labNetwork';
import { forgetNetwork, networkName, readNetworkRecord, writeNetworkRecord } from './networkRecord';
import { SentinelIds } from './sentinelIds';

/** How often the process looks whether it is still wanted, in milliseconds, and for how long it waits for nodes that do not run. */
const lookInterval = 1_000;
const idleTime = 15_000;

/**
 * `network.js LABDIR`: the process that carries the connections between the nodes of a lab. It says `ready` on its standard output
 * when it does. It ends with SIGTERM, when its record is gone, and when no node of the lab has run for a while.
 */
async function main(directory: string): Promise<void> {
  // Electron's executable became Node by this variable.
  delete process.env['ELECTRON_RUN_AS_NODE'];
  // A Ctrl+C in the terminal of whoever started it is not meant for it.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  const paths = new LabPaths(directory);
  let lab = await readLab(directory);
  let wantedAt = performance.now();
  const ids = new SentinelIds(paths, () => lab);
  const network = new LabNetwork(lab, async id => ids.find(id));
  const token = randomBytes(32).toString('hex');
  const control = new ControlServer(network, token, async () => {
    wantedAt = performance.now();
    lab = await readLab(directory);
    network.change(lab);
  });
  const port = await control.listen();
  const info = await processInfo(process.pid);
  // Before anybody can find it, so that there is no moment in which a fault is on without its rules.
  await network.setRules(await rulesOfFaults(paths, lab));
  await writeNetworkRecord(paths, {
    node: networkName,
    port,
    pid: process.pid,
    startTime: info?.startTime ?? 'gone',
    executable: info?.executable ?? process.execPath,
    startedAt: Date.now(),
    runnerPid: undefined,
    token,
  });
  const end = async (): Promise<never> => {
    network.close();
    control.close();
    await forgetNetwork(paths, process.pid).catch(() => undefined);
    process.exit(0);
  };
  process.on('SIGTERM', () => void end());
  // Nobody may read it any more by the time it is said.
  process.stdout.on('error', () => {});
  process.stdout.write('ready\n');

  for (;;) {
    await sleep(lookInterval);
    if ((await readNetworkRecord(paths))?.pid !== process.pid) await end();
    // Their records are looked at first: a connection every second would be seen in the node's own figures.
    for (const name of network.silentNodes) if (await isGone(paths, name)) await network.open([name]);
    if (!network.isIdle || (await runsAny(paths, lab))) wantedAt = performance.now();
    else if (performance.now() - wantedAt > idleTime) await end();
  }
}

/** What the faults that are on do to links: they were applied to a network that is gone by now. */
async function rulesOfFaults(paths: LabPaths, lab: Lab): Promise<readonly LinkRule[]> {
  const nodes = new Set(lab.nodes.map(({ name }) => name));
  const rules = rulesOf(await new FaultJournal(paths).read());
  return rules.filter(rule => unknownEnds([rule], nodes).length === 0);
}

async function runsAny(paths: LabPaths, lab: Lab): Promise<boolean> {
  for (const { name } of lab.nodes) if (!(await isGone(paths, name))) return true;
  return false;
}

async function isGone(paths: LabPaths, node: string): Promise<boolean> {
  return (await observeProcess(paths, node)).life === 'gone';
}

void main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
