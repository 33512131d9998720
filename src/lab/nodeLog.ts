import { LineContext } from '../core/explain/lineContext';
import { causalRank } from '../core/log/causalOrder';
import type { Recogniser } from '../core/log/logRecord';
import { RecordReader, type LogRecord } from '../core/log/recordReader';
import { nodeAddress, type NodeSpec } from '../core/model/lab';
import type { NodeRole } from '../core/model/labState';
import { IdentityReader, type IdentityTrace } from '../core/story/identities';
import { LateEntry, type Explain, type LogEntry } from './logEntry';
import { LogTime } from './logTime';
import type { FollowedLog } from './ports';

/** What the logs of all nodes of a lab share. */
export interface NodeLogContext {
  /** The lab's folder. */
  readonly lab: string;
  readonly recogniser: Recogniser;
  readonly explain: Explain;
  nextKey(): number;
  /** Milliseconds since 1970. */
  now(): number;
  /** Told of the Sentinel that won the election of an epoch. */
  onLeader(epoch: number, id: string): void;
}

/** Makes entries of the lines of one node's log. */
export class NodeLog {
  followed: FollowedLog | undefined;
  isPast = true;
  private records: RecordReader;
  private readonly context: LineContext;
  private readonly identity: IdentityReader;
  private readonly time: LogTime;
  private readonly given: string | undefined;
  private role: NodeRole | undefined;
  private epoch: number | undefined;
  private nextLine: number | undefined;
  private isOpen = false;
  private touchedAt = 0;
  private done: LogEntry[] = [];

  /** `id`: that of a Sentinel, where its conf tells it. */
  constructor(
    readonly spec: NodeSpec,
    id: string | undefined,
    private readonly shared: NodeLogContext,
  ) {
    this.given = id;
    this.records = new RecordReader(shared.recogniser);
    this.context = new LineContext(id);
    this.identity = new IdentityReader(spec.name);
    this.time = new LogTime(shared.now());
    this.role = spec.kind === 'sentinel' ? 'sentinel' : undefined;
  }

  /** Takes lines as the file has them; `firstLine` is the number of the first. */
  take(lines: readonly string[], firstLine: number): void {
    if (firstLine !== this.nextLine) {
      this.add(this.records.end());
      this.records = new RecordReader(this.shared.recogniser, firstLine);
    }
    for (const line of lines) this.add(this.records.read(line));
    this.nextLine = firstLine + lines.length;
    this.isOpen = true;
    this.touchedAt = this.shared.now();
  }

  /**
   * The entries that are complete by now. The last one is not until the next begins, or until nothing has come for `quietTime`
   * milliseconds: a record of several lines is written at once.
   */
  drain(quietTime: number): readonly LogEntry[] {
    const quiet = this.shared.now() - this.touchedAt;
    // A clock that was set back must not keep the last line open.
    if (this.isOpen && (quiet >= quietTime || quiet < 0)) {
      this.add(this.records.end());
      this.isOpen = false;
    }
    const { done } = this;
    this.done = [];
    return done;
  }

  /** What comes from now on is news; what was read before is complete. */
  close(): void {
    this.add(this.records.end());
    this.isOpen = false;
    this.isPast = false;
  }

  /** Whether something is there that {@link drain} has not given. */
  get isPending(): boolean {
    return this.isOpen || this.done.length > 0;
  }

  /** Who this node is, and whom it knows by id. */
  get trace(): IdentityTrace {
    const trace = this.identity.finish();
    return {
      ...trace,
      isSentinel: this.spec.kind === 'sentinel',
      port: this.spec.port,
      id: trace.id ?? this.given,
    };
  }

  /** The address under which others know this node. */
  get address(): string {
    return nodeAddress(this.spec);
  }

  private add(record: LogRecord | undefined): void {
    if (!record) return;
    const { head, said, line } = record;
    const at = this.time.at(head.time);
    if (head.role && head.role !== 'child') this.role = head.role;
    const variants = said ? this.context.read(said) : [];
    if (said) {
      this.identity.read({ line, at, time: head.time, role: head.role, said });
      this.followElection(record);
    }
    this.done.push(
      new LateEntry(
        {
          key: this.shared.nextKey(),
          lab: this.shared.lab,
          node: this.spec.name,
          kind: this.spec.kind,
          port: this.spec.port,
          file: this.followed?.file ?? '',
          at,
          rank: said && causalRank(said, variants.includes('textSelf')),
          isPast: this.isPast,
          role: this.role,
          record,
        },
        variants,
        this.shared.explain,
      ),
    );
  }

  /** Nobody but the winner itself logs who won. */
  private followElection({ said }: LogRecord): void {
    if (said?.event === '+vote-for-leader' || said?.event === '+new-epoch')
      this.epoch = Number(said.args['epoch']);
    if (said?.event !== '+elected-leader' || this.epoch === undefined) return;
    const { id } = this.trace;
    if (id !== undefined) this.shared.onLeader(this.epoch, id);
  }
}
