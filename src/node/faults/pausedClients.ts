import * as l10n from '@vscode/l10n';
import type { Undo } from '../../core/drill/activeFault';
import type { PauseFault } from '../../core/drill/fault';
import { HumanError } from '../../core/humanError';
import { timeText } from '../../core/view/words';
import { lifeOf } from '../process/identity';
import type { Active, FaultKind, FaultTools } from './faultKind';
import { livingProcess, nodeNamed, refusedBy, withNode } from './faultyNode';

export type WaitUndo = Extract<Undo, { readonly kind: 'wait' }>;

/**
 * CLIENT PAUSE. Where only writes wait, CLIENT UNPAUSE ends it sooner (6.2); a pause of everything holds CLIENT UNPAUSE back, too
 * (server.c, processCommand), so it lasts.
 */
export const pauseKind: FaultKind<PauseFault, WaitUndo> = {
  plan: async (fault, tools) => ({
    fault,
    undo: {
      kind: 'wait',
      process: await livingProcess(tools, fault.node),
      unpause: fault.mode === 'write',
    },
    until: tools.now() + fault.milliseconds,
  }),
  apply: async ({ fault, undo }, tools) => {
    const node = nodeNamed(tools, fault.node);
    const words = [String(fault.milliseconds), ...(fault.mode === 'write' ? ['WRITE'] : [])];
    await withNode(node, tools, ask => ask('CLIENT', 'PAUSE', ...words)).catch(
      refusedBy(node, 'CLIENT PAUSE'),
    );
    return undo;
  },
  undo: async (active, tools) => {
    const { fault, undo } = active;
    if (!(await isStillWaiting(active, tools))) return;
    if (!undo.unpause) throw endsByItself(active);
    const node = nodeNamed(tools, fault.node);
    await withNode(node, tools, ask => ask('CLIENT', 'UNPAUSE')).catch(refusedBy(node, 'CLIENT UNPAUSE'));
  },
  isOn: isStillWaiting,
};

/** It ends with its time or with its process. */
export async function isStillWaiting(
  { undo, until }: Pick<Active<never, WaitUndo>, 'undo' | 'until'>,
  tools: FaultTools,
): Promise<boolean> {
  return (until ?? 0) > tools.now() && (await lifeOf(undo.process)) !== 'gone';
}

/** Why it is still on although it was to be undone. */
export function endsByItself({
  fault,
  until,
}: {
  readonly fault: { readonly node: string };
  readonly until: number | undefined;
}): HumanError {
  return new HumanError(
    l10n.t(
      'What holds {0} up cannot be ended sooner; it ends by itself at {1}.',
      fault.node,
      timeText(until ?? 0),
    ),
    { node: fault.node },
  );
}
