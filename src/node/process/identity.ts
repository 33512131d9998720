import * as l10n from '@vscode/l10n';
import { HumanError } from '../../core/humanError';
import type { ProcessIdentity, ProcessLife } from '../../core/model/runRecord';
import { processInfo } from './processInfo';

/** This very program, so that others can tell later whether it is gone. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  return (await identityOf(process.pid)) ?? { pid: process.pid, startTime: '', executable: '' };
}

/** Who has this pid now; undefined: nobody. */
export async function identityOf(pid: number): Promise<ProcessIdentity | undefined> {
  const found = await processInfo(pid);
  if (found?.executable === undefined) return undefined;
  return { pid, startTime: found.startTime, executable: found.executable };
}

/** Whether the recorded process is still there. A pid that belongs to another process by now counts as gone. */
export async function lifeOf(record: ProcessIdentity): Promise<ProcessLife> {
  const now = await processInfo(record.pid);
  if (now?.startTime !== record.startTime) return 'gone';
  if (now.executable !== undefined && now.executable !== record.executable) return 'gone';
  return now.frozen ? 'frozen' : 'running';
}

/** Sends a signal to a recorded process, after checking that it still is the one that was started; false when it is gone. */
export async function signalRecorded(
  record: ProcessIdentity & { readonly node: string },
  signal: NodeJS.Signals,
): Promise<boolean> {
  if ((await lifeOf(record)) === 'gone') return false;
  try {
    process.kill(record.pid, signal);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return false;
    throw new HumanError(
      l10n.t(
        '{0} (pid {1}) could not be sent {2}: {3}. It belongs to another user; end it as that user.',
        record.node,
        record.pid,
        signal,
        code ?? '',
      ),
      {
        node: record.node,
        cause: error,
      },
    );
  }
}
