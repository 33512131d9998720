import type { Fault } from '../../core/drill/fault';
import type { NodeRef } from '../../core/drill/nodeRef';
import { readyLight, type ReadyLight } from '../../core/drill/readyLight';
import { resolveNodes, type NodeRefContext } from '../../core/drill/resolveNode';
import type { NodeRefTable } from '../../core/drill/drillRecord';
import { HumanError } from '../../core/humanError';
import type { NodeSpec } from '../../core/model/lab';
import { masterPort, nodeAtPort, nodesOf, type LabState } from '../../core/model/labState';
import type { DrillPorts } from './drillPorts';
import type { ProbeWatch } from './probeWatch';

/** What the steps of one drill share: the lab as it is now, and what the drill has done to it so far. */
export class DrillScene {
  probe: ProbeWatch | undefined;
  /** How many keys `write` steps made. */
  keysWritten = 0;
  /** Faults of `prepare`: they belong to the lab of this drill, and are no reason not to begin. */
  readonly prepared = new Set<string>();
  private first: { readonly name: string; readonly port: number } | undefined;
  private from = 0;

  constructor(
    readonly ports: DrillPorts,
    readonly signal: AbortSignal,
  ) {}

  get state(): LabState {
    return this.ports.session.store.state;
  }

  /** Who was master when the drill began. */
  get firstMaster(): { readonly name: string; readonly port: number } | undefined {
    return this.first;
  }

  rememberMaster(): void {
    const node = nodeAtPort(this.state, masterPort(this.state));
    this.first = node && { name: node.spec.name, port: node.spec.port };
  }

  /** From now on lines count: what was logged before belongs to the preparation. */
  forgetLines(): void {
    this.from = this.ports.logs.lines.length;
  }

  get lines(): DrillPorts['logs']['lines'] {
    return this.ports.logs.lines.slice(this.from);
  }

  get master(): NodeSpec | undefined {
    const node = nodeAtPort(this.state, masterPort(this.state));
    return node?.status === 'running' && node.role === 'master' ? node.spec : undefined;
  }

  context(): NodeRefContext {
    const leader = this.ports.logs.lines.findLast(({ event }) => event === '+elected-leader')?.node;
    return { state: this.state, firstMaster: this.first?.name, leader };
  }

  /** The names that words stand for now; a word that nobody is has none. */
  namesOf(ref: NodeRef): readonly string[] {
    try {
      return resolveNodes(ref, this.context()).map(({ name }) => name);
    } catch (error) {
      if (error instanceof HumanError) return [];
      throw error;
    }
  }

  refTable(refs: Iterable<NodeRef>): NodeRefTable {
    return Object.fromEntries([...new Set(refs)].map(ref => [ref, this.namesOf(ref)]));
  }

  /** Whether all running Sentinels, and at least one, name another master than at the beginning. */
  get hasSwitched(): boolean {
    const views = nodesOf(this.state).flatMap(({ status, view }) =>
      status === 'running' && view ? [view] : [],
    );
    return views.length > 0 && views.every(view => view.masterPort !== this.first?.port);
  }

  get isFailingOver(): boolean {
    const { failover } = this.state;
    return (
      (failover !== undefined && failover.endedAt === undefined) ||
      nodesOf(this.state).some(
        ({ status, view }) => status === 'running' && view?.flags.includes('failover_in_progress'),
      )
    );
  }

  /** The ready light after a look at everything. */
  async light(): Promise<ReadyLight> {
    await this.ports.session.refresh();
    const facts = await this.ports.readyFacts();
    const { state } = this;
    const others = state.faults.filter(({ id }) => !this.prepared.has(id));
    return readyLight({ ...state, faults: others }, this.ports.now(), facts);
  }

  async apply(fault: Fault): Promise<string | undefined> {
    return (await this.ports.faults.apply(fault, this.ports.owner))?.id;
  }
}
