import { clearLink, type LinkCondition } from './linkRule';
import { lostTime, type Random } from './loss';

interface Waiting<T> {
  readonly piece: T;
  readonly bytes: number;
  due: number;
}

/**
 * What is under way on a directed link. Everything arrives in the order in which it was sent, as TCP has it: a piece that waits holds
 * up those behind it. Times are in milliseconds of one clock, which the caller reads.
 */
export class LinkQueue<T> {
  private waiting: Waiting<T>[] = [];
  private first = 0;
  private held = 0;
  private lastDue = 0;
  private condition: LinkCondition = clearLink;

  constructor(private readonly random: Random) {}

  get isEmpty(): boolean {
    return this.first === this.waiting.length;
  }

  /** Whether a piece that is sent now would arrive at once. */
  get isOpen(): boolean {
    const { cut, delay, loss } = this.condition;
    return this.isEmpty && !cut && delay === 0 && loss === 0;
  }

  /** The bytes under way. */
  get bytes(): number {
    return this.held;
  }

  /** What waits longer than the new condition would have it wait, waits no longer: a healed link carries at once what it held. */
  change(condition: LinkCondition, now: number): void {
    this.condition = condition;
    const latest = now + condition.delay;
    for (const waiting of this.waiting) waiting.due = Math.min(waiting.due, latest);
    this.lastDue = Math.min(this.lastDue, latest);
  }

  send(piece: T, bytes: number, now: number): void {
    const { delay, loss } = this.condition;
    const lost = loss > 0 ? lostTime(loss, this.random) : 0;
    this.lastDue = Math.max(this.lastDue, now + delay + lost);
    this.waiting.push({ piece, bytes, due: this.lastDue });
    this.held += bytes;
  }

  /** Takes out the next piece that has arrived by now. */
  receive(now: number): T | undefined {
    const next = this.waiting[this.first];
    if (!next || this.condition.cut || next.due > now) return undefined;
    this.first++;
    this.held -= next.bytes;
    if (this.isEmpty || this.first > 1_000) {
      this.waiting = this.waiting.slice(this.first);
      this.first = 0;
    }
    return next.piece;
  }

  /** When the next piece arrives; undefined: nothing is under way, or it is held until the condition changes. */
  get nextArrival(): number | undefined {
    return this.condition.cut ? undefined : this.waiting[this.first]?.due;
  }
}
