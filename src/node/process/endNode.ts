import * as l10n from '@vscode/l10n';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { HumanError } from '../../core/humanError';
import { refusedToStop } from '../../core/log/startFailure';
import type { NodeSpec } from '../../core/model/lab';
import type { RunRecord } from '../../core/model/runRecord';
import type { LabPaths } from '../files/labPaths';
import { readTail } from '../files/readTail';
import { forgetRun, readRunRecord, writeExitRecord } from '../files/runRecords';
import { sendCommand } from '../redis/command';
import { lifeOf, signalRecorded } from './identity';

/** How long a graceful stop may take, in milliseconds; a save of much data needs its time. */
const stopTime = 15_000;
const lookInterval = 20;
/** How often the log of a server that was asked to stop is looked at, in milliseconds. */
const refusalInterval = 250;
const longestTail = 65_536;

type PasswordOf = (node: NodeSpec) => Promise<string | undefined>;

/** Stops a node gracefully (SIGTERM, on Windows SHUTDOWN) and waits until it is gone. A node that was not running is only forgotten. */
export async function stopNode(paths: LabPaths, node: NodeSpec, passwordOf: PasswordOf): Promise<void> {
  const record = await readRunRecord(paths, node.name);
  if (!record) return;
  const logStart = await sizeOf(paths.log(node));
  const hasRefused = async (): Promise<boolean> => refusedToStop(await readFrom(paths.log(node), logStart));
  if (process.platform === 'win32') await shutdown(record, node.listenPort, await passwordOf(node));
  else if (await signalRecorded(record, 'SIGTERM')) {
    // A frozen process gets its SIGTERM only when it goes on.
    if ((await lifeOf(record)) === 'frozen') await signalRecorded(record, 'SIGCONT');
  }
  const end = await endOf(record, hasRefused);
  if (end !== 'gone') throw refusal(node, end);
  await forgetRun(paths, node.name, record.pid);
}

/** Ends a node at once (SIGKILL), as a crash would: its record stays, so that it shows as crashed. */
export async function killNode(paths: LabPaths, node: NodeSpec): Promise<void> {
  const record = await readRunRecord(paths, node.name);
  if (!record || !(await signalRecorded(record, 'SIGKILL'))) throw notRunning(node);
  await isGone(record, stopTime);
  await writeExitRecord(paths, node.name, {
    pid: record.pid,
    code: undefined,
    signal: 'SIGKILL',
    at: Date.now(),
    reason: undefined,
  });
}

/** Stops a node's process where it stands (SIGSTOP): it keeps its connections and answers nobody. */
export async function freezeNode(paths: LabPaths, node: NodeSpec): Promise<void> {
  await suspend(paths, node, 'SIGSTOP');
}

export async function resumeNode(paths: LabPaths, node: NodeSpec): Promise<void> {
  await suspend(paths, node, 'SIGCONT');
}

async function suspend(paths: LabPaths, node: NodeSpec, signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  if (process.platform === 'win32') {
    throw new HumanError(
      l10n.t(
        'Windows cannot freeze a process. "DEBUG SLEEP 10" in redis-cli keeps {0} busy for ten seconds instead.',
        node.name,
      ),
      { node: node.name },
    );
  }
  const record = await readRunRecord(paths, node.name);
  if (!record || !(await signalRecorded(record, signal))) throw notRunning(node);
}

function notRunning(node: NodeSpec): HumanError {
  return new HumanError(l10n.t('{0} does not run, or was not started by this lab.', node.name), {
    node: node.name,
  });
}

async function isGone(record: RunRecord, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while ((await lifeOf(record)) !== 'gone') {
    if (Date.now() > end) return false;
    await sleep(lookInterval);
  }
  return true;
}

/** The pid is only trusted after the identity check; what answers on the port must be that process, too. */
async function shutdown(record: RunRecord, port: number, password: string | undefined): Promise<void> {
  if ((await lifeOf(record)) === 'gone') return;
  const info = String(await sendCommand(port, password, 'INFO', 'server'));
  if (!info.includes(`process_id:${record.pid}`)) return;
  // The server closes the connection instead of answering.
  await sendCommand(port, password, 'SHUTDOWN').catch(() => undefined);
}

/** How a graceful stop came out. A server that refuses says so in its log at once, and would be waited for in vain. */
async function endOf(
  record: RunRecord,
  hasRefused: () => Promise<boolean>,
): Promise<'gone' | 'refused' | 'late'> {
  const end = Date.now() + stopTime;
  while (!(await isGone(record, refusalInterval))) {
    if (await hasRefused()) return 'refused';
    if (Date.now() > end) return 'late';
  }
  return 'gone';
}

function refusal(node: NodeSpec, end: 'refused' | 'late'): HumanError {
  const message =
    end === 'refused'
      ? l10n.t(
          '{0} refused to stop because it cannot save its data; its log has the reason. Repair that, or kill it and lose what was not saved.',
          node.name,
        )
      : l10n.t('{0} did not stop within {1} s. Kill it, or look into its log.', node.name, stopTime / 1_000);
  return new HumanError(message, { node: node.name, remedy: 'killNode' });
}

/** What a log grew by since it was `start` bytes long. */
async function readFrom(file: string, start: number): Promise<string> {
  const grown = (await sizeOf(file)) - start;
  return grown > 0 ? readTail(file, Math.min(grown, longestTail)) : '';
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    info => info.size,
    () => 0,
  );
}
