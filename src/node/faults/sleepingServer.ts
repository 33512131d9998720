import * as l10n from '@vscode/l10n';
import type { SleepFault } from '../../core/drill/fault';
import { HumanError } from '../../core/humanError';
import { endsWithin } from '../../lab/withinTime';
import type { FaultKind } from './faultKind';
import { livingProcess, nodeNamed, withNode } from './faultyNode';
import { endsByItself, isStillWaiting, type WaitUndo } from './pausedClients';

/** The server answers only when it has slept; until then this long is enough for it to have got the command, in milliseconds. */
const sendTime = 50;

/** DEBUG SLEEP: the one thread that does everything does nothing. Nothing ends it but its time, or the end of the process. */
export const sleepKind: FaultKind<SleepFault, WaitUndo> = {
  plan: async (fault, tools) => {
    const process = await livingProcess(tools, fault.node);
    const node = nodeNamed(tools, fault.node);
    await withNode(node, tools, ask => ask('DEBUG', 'SLEEP', '0')).catch((error: Error) => {
      throw error instanceof HumanError ? error : notAllowed(node.name, node.kind === 'sentinel', error);
    });
    return {
      fault,
      undo: { kind: 'wait', process, unpause: false },
      until: tools.now() + Math.ceil(fault.seconds * 1_000),
    };
  },
  apply: async ({ fault, undo }, tools) => {
    await withNode(nodeNamed(tools, fault.node), tools, async ask => {
      const slept = ask('DEBUG', 'SLEEP', String(fault.seconds)).catch(() => undefined);
      await endsWithin(slept, sendTime);
    });
    return undo;
  },
  undo: async (active, tools) => {
    if (await isStillWaiting(active, tools)) throw endsByItself(active);
  },
  isOn: isStillWaiting,
};

function notAllowed(node: string, isSentinel: boolean, cause: Error): HumanError {
  const message = isSentinel
    ? l10n.t('A Sentinel knows no DEBUG SLEEP. Freeze {0} instead.', node)
    : l10n.t(
        '{0} does not allow DEBUG: {1} Since Redis 7.0 it needs "enable-debug-command": "local" under "set" in lab.json and a Reset Lab. Freezing the node does nearly the same.',
        node,
        cause.message.replace(/\.?$/, '.'),
      );
  return new HumanError(message, { node, cause });
}
