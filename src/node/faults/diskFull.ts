import * as l10n from '@vscode/l10n';
import { readFile, stat } from 'node:fs/promises';
import type { Undo } from '../../core/drill/activeFault';
import type { DiskFullFault } from '../../core/drill/fault';
import { HumanError } from '../../core/humanError';
import type { ProcessIdentity } from '../../core/model/runRecord';
import { countText } from '../../core/view/words';
import { lifeOf } from '../process/identity';
import type { FaultKind } from './faultKind';
import { livingProcess, nodeNamed } from './faultyNode';
import { saveAgain } from './saveAgain';

type LimitUndo = Extract<Undo, { readonly kind: 'limit' }>;

/** How much the log may still grow under the limit, in bytes: a server that cannot write its log is ended by SIGXFSZ. */
const logRoom = 65_536;

/**
 * A limit for the size of any file the process writes (RLIMIT_FSIZE, set from outside by prlimit of util-linux). A child that saves a
 * larger dump is ended by SIGXFSZ, which the server takes for a failed save. Only the soft limit is lowered, so that it can be raised
 * again by the same user.
 */
export const diskFullKind: FaultKind<DiskFullFault, LimitUndo> = {
  plan: async (fault, tools) => {
    if (process.platform !== 'linux')
      throw new HumanError(
        l10n.t(
          'Only Linux can limit the files of a running process. The fault "unwritable" does nearly the same here.',
        ),
      );
    const owner = await livingProcess(tools, fault.node);
    const log = await stat(tools.paths.log(nodeNamed(tools, fault.node))).then(
      info => info.size,
      () => 0,
    );
    if (fault.bytes < log + logRoom)
      throw new HumanError(
        l10n.t(
          'With {0} bytes {1} could not write its log either, and would end. Give it at least {2}.',
          countText(fault.bytes),
          fault.node,
          countText(log + logRoom),
        ),
        { node: fault.node },
      );
    return { fault, undo: { kind: 'limit', process: owner, bytes: await softLimit(owner.pid) } };
  },
  apply: async ({ fault, undo }) => {
    await setLimit(undo.process, fault.bytes, fault.node);
    return undo;
  },
  undo: async ({ fault, undo }, tools) => {
    if (!(await hasLimit(undo.process, fault.bytes))) return;
    await setLimit(undo.process, undo.bytes, fault.node);
    await saveAgain(fault.node, tools);
  },
  isOn: async ({ fault, undo }) => hasLimit(undo.process, fault.bytes),
};

async function hasLimit(owner: ProcessIdentity, bytes: number): Promise<boolean> {
  return (await lifeOf(owner)) !== 'gone' && (await softLimit(owner.pid)) === bytes;
}

/** The soft limit in bytes; undefined: none (proc(5), /proc/PID/limits). */
async function softLimit(pid: number): Promise<number | undefined> {
  const limits = await readFile(`/proc/${pid}/limits`, 'latin1').catch(() => '');
  const soft = /^Max file size +(\d+)/m.exec(limits)?.[1];
  return soft === undefined ? undefined : Number(soft);
}

async function setLimit(owner: ProcessIdentity, bytes: number | undefined, node: string): Promise<void> {
  if ((await lifeOf(owner)) === 'gone') return;
  const { execa } = await import('execa');
  // The colon leaves the hard limit as it is.
  const { failed, shortMessage } = await execa(
    'prlimit',
    ['--pid', String(owner.pid), `--fsize=${bytes ?? 'unlimited'}:`],
    { reject: false },
  );
  if (failed)
    throw new HumanError(
      l10n.t(
        'The limit of {0} could not be set: {1}. It needs the program prlimit (package util-linux).',
        node,
        shortMessage ?? '',
      ),
      { node },
    );
}
