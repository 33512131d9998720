import { setTimeout as sleep } from 'node:timers/promises';
import type { Undo } from '../../core/drill/activeFault';
import type { ProcessFault, RestartFault } from '../../core/drill/fault';
import { findNode } from '../../core/model/lab';
import { readRunRecord } from '../files/runRecords';
import { isListening } from '../process/portOwner';
import { momentary, type FaultKind, type FaultTools } from './faultKind';
import { identityIn, isSameProcess, livingProcess, nodeNamed, processOf } from './faultyNode';

type StartUndo = Extract<Undo, { readonly kind: 'start' }>;

/** How long a started node may take until it listens, in milliseconds; it goes on starting after that. */
const listenTime = 5_000;
const lookInterval = 20;

/** Starting is nobody's fault; it is here so that a drill can bring the old master back. */
export const startKind = momentary<ProcessFault>(async ({ node }, tools) => start(node, tools));

/** SIGKILL, as a crash would end it. */
export const killKind = ending<ProcessFault>(async ({ node }, tools) =>
  tools.control.kill(nodeNamed(tools, node)),
);

export const stopKind = ending<ProcessFault>(async ({ node }, tools) =>
  tools.control.stop(nodeNamed(tools, node)),
);

export const restartKind = ending<RestartFault>(async ({ node, how }, tools) => {
  const spec = nodeNamed(tools, node);
  await (how === 'kill' ? tools.control.kill(spec) : tools.control.stop(spec));
  await tools.control.start(spec);
});

function ending<F extends ProcessFault | RestartFault>(
  apply: (fault: F, tools: FaultTools) => Promise<void>,
): FaultKind<F, StartUndo> {
  return {
    plan: async (fault, tools) => ({
      fault,
      undo: { kind: 'start', process: await livingProcess(tools, fault.node) },
    }),
    apply: async ({ fault, undo }, tools) => {
      await apply(fault, tools);
      return undo;
    },
    undo: async ({ fault }, tools) => start(fault.node, tools),
    isOn: async ({ fault, undo }, tools) => isStillEnded(fault, undo, tools),
  };
}

/** A node that was killed and then put away by a stop is not missed any more; one that was stopped has no record to tell by. */
async function isStillEnded(
  fault: ProcessFault | RestartFault,
  { process }: StartUndo,
  tools: FaultTools,
): Promise<boolean> {
  if ((await processOf(tools, fault.node)) || !findNode(tools.lab(), fault.node)) return false;
  const record = await readRunRecord(tools.paths, fault.node);
  const leavesRecord = fault.type === 'kill' || (fault.type === 'restart' && fault.how === 'kill');
  return record ? isSameProcess(identityIn(record), process) : !leavesRecord;
}

/** Done when the node listens: what is undone next may have to ask it. */
async function start(name: string, tools: FaultTools): Promise<void> {
  if (await processOf(tools, name)) return;
  const node = nodeNamed(tools, name);
  await tools.files.prepare([node]);
  await tools.control.start(node);
  const end = tools.now() + listenTime;
  while (!(await isListening(node.listenPort)) && tools.now() < end && (await processOf(tools, name)))
    await sleep(lookInterval);
}
