import { mergeByTime } from '../core/log/causalOrder';
import type { Lab, NodeSpec } from '../core/model/lab';
import type { LogTools } from './labLog';
import { LogExplainer } from './logExplainer';
import type { LogEntry } from './logEntry';
import { NodeLog, type NodeLogContext } from './nodeLog';

/** So many entries are kept, the newest ones. */
const mostEntries = 100_000;

/** The logs of a lab that are complete: read one after the other, explained, merged by time with causes before effects. */
export class RecordedLogs {
  private readonly nodes: NodeLog[] = [];
  private readonly lists: (readonly LogEntry[])[] = [];
  private readonly context: NodeLogContext;
  private readonly explainer: LogExplainer;
  private lastKey = 0;

  /** `id`: what entries have in place of a lab's folder. `writtenAt`: when the logs were last written, in milliseconds since 1970; those without years tell of a time before. */
  constructor(
    id: string,
    private readonly lab: Lab,
    tools: LogTools,
    writtenAt: number,
    private readonly limit = mostEntries,
  ) {
    this.explainer = new LogExplainer(tools.texts, () => this.nodes);
    this.context = {
      lab: id,
      recogniser: tools.recogniser,
      explain: (said, variants) => this.explainer.explain(said, variants),
      nextKey: () => ++this.lastKey,
      now: () => writtenAt,
      onLeader: (epoch, id) => this.explainer.addLeader(epoch, id),
    };
  }

  /** Begins to read the log of a node. `id`: that of a Sentinel, where it is known. */
  reader(spec: NodeSpec, id: string | undefined): RecordedLogReader {
    const node = new NodeLog(spec, id, this.context);
    node.followed = { file: spec.log, past: Promise.resolve(), dispose: () => undefined };
    this.nodes.push(node);
    return new RecordedLogReader(node, this.limit, entries => {
      this.lists.push(entries);
      this.forget();
    });
  }

  /** To be called when all logs have been read. */
  finish(): readonly LogEntry[] {
    this.explainer.learn();
    // Of equals, the node that comes first in the lab comes first.
    const places = new Map(this.lab.nodes.map(({ name }, index) => [name, index]));
    const placeOf = (entries: readonly LogEntry[]): number => places.get(entries[0]?.node ?? '') ?? 0;
    return mergeByTime(this.lists.toSorted((a, b) => placeOf(a) - placeOf(b))).slice(-this.limit);
  }

  /** Drops what is too old already, so that never more than twice the limit is held. */
  private forget(): void {
    const count = this.lists.reduce((sum, { length }) => sum + length, 0);
    if (count <= this.limit) return;
    const times = Float64Array.from(this.lists.flatMap(list => list.map(({ at }) => at)));
    const oldest = times.toSorted()[count - this.limit] ?? 0;
    for (const [index, list] of this.lists.entries())
      this.lists[index] = list.filter(({ at }) => at >= oldest);
  }
}

/** Takes the lines of one log, in order. */
export class RecordedLogReader {
  private entries: LogEntry[] = [];
  private line = 1;

  constructor(
    private readonly node: NodeLog,
    private readonly limit: number,
    private readonly onEnd: (entries: readonly LogEntry[]) => void,
  ) {}

  take(lines: readonly string[]): void {
    this.node.take(lines, this.line);
    this.line += lines.length;
    this.keep();
  }

  end(): void {
    this.node.close();
    this.keep();
    this.onEnd(this.entries.slice(-this.limit));
  }

  private keep(): void {
    for (const entry of this.node.drain(Infinity)) this.entries.push(entry);
    if (this.entries.length > this.limit * 1.25) this.entries = this.entries.slice(-this.limit);
  }
}
