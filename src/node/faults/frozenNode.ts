import { setTimeout as sleep } from 'node:timers/promises';
import type { Undo } from '../../core/drill/activeFault';
import type { ProcessFault } from '../../core/drill/fault';
import { lifeOf, signalRecorded } from '../process/identity';
import { momentary, type FaultKind } from './faultKind';
import { livingProcess, nodeNamed } from './faultyNode';

type ResumeUndo = Extract<Undo, { readonly kind: 'resume' }>;

/** How long the system may take to stop a process, in milliseconds. */
const stopTime = 2_000;
const lookInterval = 5;

/** SIGSTOP: the process keeps its connections and answers nobody. Only that very process is ever sent a SIGCONT. */
export const freezeKind: FaultKind<ProcessFault, ResumeUndo> = {
  plan: async (fault, tools) => ({
    fault,
    undo: { kind: 'resume', process: await livingProcess(tools, fault.node) },
  }),
  apply: async ({ fault, undo }, tools) => {
    await tools.control.freeze(nodeNamed(tools, fault.node));
    // The signal is on its way; a process that runs just now gets it a moment later.
    for (const end = tools.now() + stopTime; tools.now() < end; await sleep(lookInterval))
      if ((await lifeOf(undo.process)) !== 'running') break;
    return undo;
  },
  undo: async ({ fault, undo }) => {
    await signalRecorded({ node: fault.node, ...undo.process }, 'SIGCONT');
  },
  isOn: async ({ undo }) => (await lifeOf(undo.process)) === 'frozen',
};

export const resumeKind = momentary<ProcessFault>(async ({ node }, tools) =>
  tools.control.resume(nodeNamed(tools, node)),
);
