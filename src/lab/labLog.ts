import type { ExplainTexts } from '../core/explain/explainTexts';
import { mergeByTime } from '../core/log/causalOrder';
import type { Recogniser, Recognition } from '../core/log/logRecord';
import type { Lab, NodeSpec } from '../core/model/lab';
import { Emitter, type Disposable } from './emitter';
import { insertByTime } from '../core/log/insertByTime';
import type { LogEntry } from './logEntry';
import { LogExplainer } from './logExplainer';
import { NodeLog, type NodeLogContext } from './nodeLog';
import type { LogSources } from './ports';

/** Lines that come within this time, in milliseconds, are told together: the logs of all nodes have written what one event caused. */
const gatherTime = 20;
/** After this time without another line, in milliseconds, a record is complete. */
const quietTime = 15;
const mostEntries = 100_000;

/** What explaining needs and all labs share. */
export interface LogTools {
  readonly recogniser: Recogniser;
  readonly texts: ExplainTexts;
}

/**
 * The logs of all nodes of one lab as one: followed live, recognised, explained, merged by time with causes before effects. Of what is
 * there when the lab is opened only the end is read; it is told first, as one batch. Only the newest entries are kept.
 */
export class LabLog implements Disposable {
  private readonly appended = new Emitter<readonly LogEntry[]>();
  private readonly reworded = new Emitter<readonly LogEntry[]>();
  private readonly nodes = new Map<string, NodeLog>();
  private readonly context: NodeLogContext;
  private readonly explainer: LogExplainer;
  private list: LogEntry[] = [];
  private lastKey = 0;
  private opening = 0;
  private timer: NodeJS.Timeout | undefined;
  private isDisposed = false;

  /** `directory` is the lab's folder, absolute. */
  constructor(
    readonly directory: string,
    lab: Lab,
    private readonly sources: LogSources,
    tools: LogTools,
    private readonly limit = mostEntries,
  ) {
    this.explainer = new LogExplainer(tools.texts, () => [...this.nodes.values()]);
    this.context = {
      lab: directory,
      recogniser: tools.recogniser,
      explain: (said, variants) => this.explainer.explain(said, variants),
      nextKey: () => ++this.lastKey,
      now: () => sources.now(),
      onLeader: (epoch, id) => this.explainer.addLeader(epoch, id),
    };
    void this.change(lab);
  }

  /** New entries, in order. Now and then one belongs before entries that were told already: `at` says where. */
  readonly onDidAppend = this.appended.event;
  /** Entries whose explanation reads otherwise now, because a name was learnt. */
  readonly onDidReword = this.reworded.event;

  /** By time; the newest ones only. */
  get entries(): readonly LogEntry[] {
    return this.list;
  }

  /** Takes over an edited lab.json; done when the past of nodes that are new in it has been read. */
  async change(lab: Lab): Promise<void> {
    const wanted = new Map(lab.nodes.map(spec => [spec.name, spec]));
    for (const [name, node] of this.nodes) {
      const spec = wanted.get(name);
      if (spec?.log === node.spec.log && spec.port === node.spec.port) continue;
      node.followed?.dispose();
      this.nodes.delete(name);
    }
    const added = lab.nodes.filter(spec => !this.nodes.has(spec.name));
    this.opening++;
    try {
      await Promise.all(added.map(spec => this.open(spec)));
    } finally {
      this.opening--;
    }
    this.gather();
  }

  private async open(spec: NodeSpec): Promise<void> {
    const id = spec.kind === 'sentinel' ? await this.sources.sentinelId(spec) : undefined;
    if (this.isDisposed) return;
    const node = new NodeLog(spec, id, this.context);
    this.nodes.set(spec.name, node);
    node.followed = this.sources.follow(spec, (lines, firstLine) => {
      node.take(lines, firstLine);
      this.schedule(gatherTime);
    });
    await node.followed.past;
    // Before anything live comes: the last line of the past belongs to it.
    node.close();
  }

  private schedule(delay: number): void {
    if (!this.isDisposed) this.timer ??= setTimeout(() => this.gather(), delay);
  }

  private gather(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    // What the nodes said before is told together, when it has been read of all of them.
    if (this.isDisposed || this.opening > 0) return;
    const nodes = [...this.nodes.values()];
    const batch = mergeByTime(nodes.map(node => node.drain(quietTime)));
    this.learnNames();
    if (batch.length > 0) {
      insertByTime(this.list, batch);
      if (this.list.length > this.limit * 1.05) this.list = this.list.slice(-this.limit);
      this.appended.fire(batch);
    }
    if (nodes.some(node => node.isPending)) this.schedule(quietTime);
  }

  private learnNames(): void {
    if (!this.explainer.learn()) return;
    const concerned = this.list.filter(({ record }) => record.said && namesSomebody(record.said));
    if (concerned.length > 0) this.reworded.fire(concerned);
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    for (const node of this.nodes.values()) node.followed?.dispose();
    this.appended.dispose();
    this.reworded.dispose();
  }
}

/** Whether a Sentinel's id stands in what the line says. */
function namesSomebody({ args }: Recognition): boolean {
  return args['leader'] !== undefined || args['voter'] !== undefined || args['runid'] !== undefined;
}
