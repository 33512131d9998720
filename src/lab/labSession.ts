import type { Lab } from '../core/model/lab';
import type { LabEvent } from '../core/model/labEvent';
import type { Disposable } from './emitter';
import { LabStore } from './labStore';
import type { LabSources, NodeSource } from './ports';
import { endsWithin } from './withinTime';

/**
 * How often the nodes are asked. `quiet`: only when something happened (Sentinels push their news); `steady`: while somebody looks;
 * `brisk`: while a failover runs; `eager`: while a command waits for an answer.
 */
export type Pace = 'quiet' | 'steady' | 'brisk' | 'eager';

const intervals: Readonly<Record<Exclude<Pace, 'quiet'>, number>> = { steady: 1_000, brisk: 200, eager: 30 };
const paceOrder: readonly Pace[] = ['quiet', 'steady', 'brisk', 'eager'];
/** Time for the servers to act on what a Sentinel just announced, in milliseconds. */
const settleTime = 20;

/** Owns the sources of one lab and decides when they are asked. */
export class LabSession implements Disposable {
  readonly store: LabStore;
  private readonly nodes = new Map<string, NodeSource>();
  private readonly holds = new Set<{ readonly pace: Pace; readonly hellos: boolean }>();
  private readonly runs: Disposable;
  private readonly listening: Disposable;
  private network: NodeSource | undefined;
  private timer: NodeJS.Timeout | undefined;
  private settling: NodeJS.Timeout | undefined;
  private faultLooks = 0;
  private lastFaultLook = 0;
  private isTicking = false;
  private isDisposed = false;

  /** `directory` is the lab's folder, absolute: it is what tells two labs apart. */
  constructor(
    readonly directory: string,
    lab: Lab,
    private readonly sources: LabSources,
  ) {
    this.store = new LabStore(lab);
    this.openNodes(lab);
    this.runs = sources.watchRuns(() => void this.observe());
    this.listening = this.store.onDidDispatch(event => this.onEvent(event));
  }

  get lab(): Lab {
    return this.store.state.lab;
  }

  /** Takes over an edited lab.json: nodes that are gone from it are not watched any more. */
  change(lab: Lab): void {
    this.closeNodes();
    this.store.dispatch({ type: 'labChanged', lab });
    this.openNodes(lab);
    void this.refresh();
  }

  /** Asks at least at this pace until the hold is disposed; with `hellos`, Sentinels are asked what they heard of each other, too. */
  hold(pace: Pace, { hellos = false } = {}): Disposable {
    const hold = { pace, hellos };
    this.holds.add(hold);
    this.schedule(0);
    return { dispose: () => this.holds.delete(hold) };
  }

  /** Looks at every process and asks every node once. */
  async refresh(): Promise<void> {
    await this.observe();
    await this.poll();
  }

  async observe(): Promise<void> {
    await Promise.all([...Array.from(this.allSources, source => source.observe()), this.observeFaults()]);
    this.schedule(0);
  }

  private async observeFaults(): Promise<void> {
    const turn = ++this.faultLooks;
    const faults = await this.sources.readFaults();
    // What an earlier look saw must not be told after what a later one saw.
    if (this.isDisposed || turn < this.lastFaultLook) return;
    this.lastFaultLook = turn;
    this.store.dispatch({ type: 'faultsObserved', faults });
  }

  private async poll(): Promise<void> {
    // A fault can end without any file changing: by its time, or because somebody resumed a process.
    const faults = this.store.state.faults.length > 0 ? [this.observeFaults()] : [];
    const hellos = [...this.holds].some(hold => hold.hellos);
    await Promise.all([...Array.from(this.allSources, source => source.poll(hellos)), ...faults]);
  }

  private get allSources(): readonly NodeSource[] {
    return [...(this.network ? [this.network] : []), ...this.nodes.values()];
  }

  private openNodes(lab: Lab): void {
    if (lab.network) this.network = this.sources.watchNetwork?.(this.store.dispatch);
    for (const node of lab.nodes)
      this.nodes.set(node.name, this.sources.watchNode(node, lab.masterName, this.store.dispatch));
  }

  private closeNodes(): void {
    for (const node of this.nodes.values()) node.dispose();
    this.nodes.clear();
    this.network?.dispose();
    this.network = undefined;
  }

  private get pace(): Pace {
    const { failover, nodes } = this.store.state;
    const isFailingOver = failover !== undefined && failover.endedAt === undefined;
    // A node that was started elsewhere tells nobody when it is up: it is asked until it answers.
    const isStarting = Object.values(nodes).some(node => node.status === 'starting');
    const held = Array.from(this.holds, hold => hold.pace);
    const wanted: Pace[] = [...held, isFailingOver || isStarting ? 'brisk' : 'quiet'];
    return paceOrder[Math.max(...wanted.map(pace => paceOrder.indexOf(pace)))] ?? 'quiet';
  }

  private onEvent(event: LabEvent): void {
    if (event.type === 'sentinelPublished') {
      this.settling ??= setTimeout(() => {
        this.settling = undefined;
        void this.poll();
      }, settleTime);
    }
    const { pace } = this;
    if (pace !== 'quiet' && !this.isTicking) this.schedule(intervals[pace]);
  }

  /** One timer at most; at rest there is none. */
  private schedule(delay: number): void {
    if (this.isDisposed || this.pace === 'quiet') return;
    if (this.timer && delay > 0) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.tick(), delay);
  }

  private async tick(): Promise<void> {
    this.timer = undefined;
    this.isTicking = true;
    // A node that is slow to answer must not hold up the beat for the others: its own poll() waits, this one does not.
    const asked = this.poll();
    const { pace } = this;
    const beat = pace === 'quiet' ? 0 : intervals[pace];
    await endsWithin(asked, Math.max(beat, 100));
    this.isTicking = false;
    this.schedule(beat);
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    clearTimeout(this.settling);
    this.listening.dispose();
    this.runs.dispose();
    this.closeNodes();
    this.store.dispose();
  }
}
