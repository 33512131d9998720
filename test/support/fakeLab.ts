import type { Lab, NodeSpec } from '../../src/core/model/lab';
import type { ShownFault } from '../../src/core/drill/activeFault';
import type { LabEvent } from '../../src/core/model/labEvent';
import { startOrder, type StartOrder } from '../../src/core/model/startOrder';
import type { Disposable } from '../../src/lab/emitter';
import type { LabFiles, LabSources, NetworkControl, NodeControl, NodeSource } from '../../src/lab/ports';
import { infoText, quorumReached, storyStart, type InfoFields } from './labStory';

/** A node of a {@link FakeLab}: a process that only exists in memory. */
interface FakeNode {
  pid: number | undefined;
  frozen: boolean;
  exit: { code: number; reason: string | undefined } | undefined;
  /** INFO fields in place of the usual ones. */
  fields: InfoFields;
  polls: number;
}

/** The outside of a lab without any process: it answers at once, and writes down what was asked of it and in which order. */
export class FakeLab implements LabSources, NodeControl, LabFiles {
  readonly calls: string[] = [];
  /** Awaited in every poll of a node, by its port: a way to make one slow. */
  readonly delays = new Map<number, () => Promise<void>>();
  /** What a start of a node does in place of starting it. */
  readonly startFaults = new Map<number, (node: FakeNode) => void>();
  readonly disposed: number[] = [];
  /** What the preparation has to say although it worked. */
  readonly notes: string[] = [];
  /** The faults that are on. */
  faults: readonly ShownFault[] = [];
  readonly network?: NetworkControl;
  private readonly nodes = new Map<number, FakeNode>();
  private readonly runWatchers = new Set<() => void>();
  private nextPid = 100;

  constructor(readonly lab: Lab) {
    for (const { port } of lab.nodes)
      this.nodes.set(port, { pid: undefined, frozen: false, exit: undefined, fields: {}, polls: 0 });
    if (lab.network)
      this.network = {
        start: async () => void this.calls.push('start network'),
        open: async nodes => void this.calls.push(`open ${nodes.map(node => node.port).join(' ')}`.trim()),
        stop: async () => void this.calls.push('stop network'),
      };
  }

  node(port: number): FakeNode {
    const node = this.nodes.get(port);
    if (!node) throw new Error(`no node ${port}`);
    return node;
  }

  /** Tells the session that a record in run/ changed. */
  touchRuns(): void {
    for (const watcher of this.runWatchers) watcher();
  }

  watchRuns(onChange: () => void): Disposable {
    this.runWatchers.add(onChange);
    return { dispose: () => this.runWatchers.delete(onChange) };
  }

  async readFaults(): Promise<readonly ShownFault[]> {
    return this.faults;
  }

  watchNode(spec: NodeSpec, _masterName: string, dispatch: (event: LabEvent) => void): NodeSource {
    return {
      poll: async () => {
        this.node(spec.port).polls++;
        await this.delays.get(spec.port)?.();
        dispatch(this.answer(spec));
      },
      observe: async () => dispatch(this.look(spec)),
      dispose: () => this.disposed.push(spec.port),
    };
  }

  private answer(spec: NodeSpec): LabEvent {
    const { pid, frozen, fields } = this.node(spec.port);
    const about = { node: spec.name, at: storyStart } as const;
    if (pid === undefined || frozen) {
      return { type: 'connectionFailed', ...about, failure: frozen ? 'timeout' : 'closed' };
    }
    const isUp = (port: number | undefined): boolean =>
      port !== undefined && this.node(port).pid !== undefined;
    if (spec.kind === 'sentinel') {
      const others = this.lab.nodes.filter(
        node => node.kind === 'sentinel' && node !== spec && isUp(node.port),
      );
      const replicas = this.lab.nodes.filter(node => node.replicaOf !== undefined && isUp(node.port));
      return {
        type: 'sentinelReplied',
        ...about,
        info: infoText(spec.port, { redis_mode: 'sentinel', process_id: pid, ...fields }),
        master: [
          ...['ip', '127.0.0.1', 'port', String(this.masterPort), 'flags', 'master', 'config-epoch', '0'],
          ...[
            'num-slaves',
            String(replicas.length),
            'num-other-sentinels',
            String(others.length),
            'quorum',
            '2',
          ],
        ],
        ckquorum: quorumReached,
      };
    }
    const role: InfoFields =
      spec.replicaOf === undefined
        ? { role: 'master' }
        : {
            role: 'slave',
            master_port: spec.replicaOf,
            master_link_status: isUp(spec.replicaOf) ? 'up' : 'down',
          };
    return {
      type: 'infoReceived',
      ...about,
      text: infoText(spec.port, { ...role, process_id: pid, ...fields }),
    };
  }

  private get masterPort(): number {
    return this.lab.nodes.find(node => node.kind === 'server' && node.replicaOf === undefined)?.port ?? 0;
  }

  private look(spec: NodeSpec): LabEvent {
    const { pid, frozen, exit } = this.node(spec.port);
    const known = pid ?? (exit ? 99 : undefined);
    const record =
      known === undefined
        ? undefined
        : {
            node: spec.name,
            port: spec.port,
            pid: known,
            startTime: String(known),
            executable: '/usr/bin/redis-server',
            startedAt: storyStart,
            runnerPid: undefined,
          };
    const life = pid === undefined ? 'gone' : frozen ? 'frozen' : 'running';
    const end = exit && { pid: known ?? 0, signal: undefined, at: storyStart, ...exit };
    return { type: 'processObserved', node: spec.name, at: storyStart, process: { record, life, exit: end } };
  }

  async start({ port }: NodeSpec): Promise<void> {
    this.calls.push(`start ${port}`);
    const node = this.node(port);
    node.exit = undefined;
    const fault = this.startFaults.get(port);
    if (fault) fault(node);
    else node.pid = this.nextPid++;
  }

  async stop({ port }: NodeSpec): Promise<void> {
    this.calls.push(`stop ${port}`);
    Object.assign(this.node(port), { pid: undefined, exit: undefined });
  }

  async kill({ port }: NodeSpec): Promise<void> {
    this.calls.push(`kill ${port}`);
    Object.assign(this.node(port), { pid: undefined, exit: { code: 137, reason: undefined } });
  }

  async freeze({ port }: NodeSpec): Promise<void> {
    this.calls.push(`freeze ${port}`);
    this.node(port).frozen = true;
  }

  async resume({ port }: NodeSpec): Promise<void> {
    this.calls.push(`resume ${port}`);
    this.node(port).frozen = false;
  }

  async prepare(nodes: readonly NodeSpec[]): Promise<readonly string[]> {
    this.calls.push(`prepare ${nodes.map(node => node.port).join(' ')}`.trim());
    return this.notes;
  }

  async startOrder(): Promise<StartOrder> {
    return startOrder(this.lab, { servers: new Map(), sentinels: new Map() });
  }

  async explainEnd({ port }: NodeSpec): Promise<string | undefined> {
    this.calls.push(`explain ${port}`);
    return undefined;
  }
}
