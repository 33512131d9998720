import type { ActiveFault, Undo } from '../../core/drill/activeFault';
import type { Fault } from '../../core/drill/fault';
import type { Lab, NodeSpec } from '../../core/model/lab';
import type { LabFiles, NetworkRules, NodeControl } from '../../lab/ports';
import type { LabPaths } from '../files/labPaths';

/** What applying and undoing faults needs from the lab. */
export interface FaultTools {
  readonly paths: LabPaths;
  /** Asked anew each time: lab.json can be edited while faults are on. */
  readonly lab: () => Lab;
  readonly control: NodeControl;
  readonly files: Pick<LabFiles, 'prepare'> & {
    /** The conf as it is now; empty where there is none. */
    readonly confText: (node: NodeSpec) => Promise<string>;
  };
  readonly passwordOf: (node: NodeSpec) => Promise<string | undefined>;
  /** Undefined: the lab has no network of its own. */
  readonly network: NetworkRules | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What is known before a fault is applied. */
export interface FaultPlan<F extends Fault, U extends Undo> {
  /** The fault as it is noted: what it names may be spelt as the node knows it. */
  readonly fault: F;
  readonly undo: U;
  /** When it ends by itself, in milliseconds since 1970. */
  readonly until?: number;
}

/** An active fault of one type. */
export interface Active<F extends Fault, U extends Undo> extends ActiveFault {
  readonly fault: F;
  readonly undo: U;
}

/** How one type of fault is done and undone. `others` are all other active faults of the lab. */
export interface FaultKind<F extends Fault, U extends Undo> {
  /** Finds out what undoing needs. A HumanError says that it cannot be done. Changes nothing. */
  plan(fault: F, tools: FaultTools): Promise<FaultPlan<F, U>>;
  /** Gives what undoing needs, with what only applying could tell. */
  apply(active: Active<F, U>, tools: FaultTools, others: readonly ActiveFault[]): Promise<U>;
  /** Brings back what was there before, as far as that is still to do: doing it twice does no harm. */
  undo(active: Active<F, U>, tools: FaultTools, others: readonly ActiveFault[]): Promise<void>;
  /** Whether there still is something to undo. */
  isOn(active: Active<F, U>, tools: FaultTools): Promise<boolean>;
}

export type NothingToUndo = Extract<Undo, { readonly kind: 'nothing' }>;

/** For a type of fault that is over as soon as it is applied. */
export function momentary<F extends Fault>(
  apply: (fault: F, tools: FaultTools) => Promise<void>,
): FaultKind<F, NothingToUndo> {
  return {
    plan: async fault => ({ fault, undo: { kind: 'nothing' } }),
    apply: async ({ fault, undo }, tools) => {
      await apply(fault, tools);
      return undo;
    },
    undo: async () => {},
    isOn: async () => false,
  };
}
