/** Remembers when which number was acknowledged, so that a read can tell how stale its answer is. */
export class AcknowledgedNumbers {
  private readonly numbers: number[] = [];
  private readonly times: number[] = [];

  /** The highest acknowledged number; 0 when there is none. */
  get highest(): number {
    return this.numbers.at(-1) ?? 0;
  }

  /** A number that is not higher than what was acknowledged before tells nothing new. */
  acknowledge(number: number, at: number): void {
    if (number <= this.highest) return;
    this.numbers.push(number);
    this.times.push(at);
  }

  /** How far an answer is behind `expected`, which was the highest acknowledged number when the read began, at `at`. */
  staleness(
    shown: number,
    expected: number,
    at: number,
  ): { readonly behind: number; readonly staleMs: number } {
    if (shown >= expected) return { behind: 0, staleMs: 0 };
    let low = 0;
    let high = this.numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.numbers[middle] ?? 0) <= shown) low = middle + 1;
      else high = middle;
    }
    return { behind: expected - shown, staleMs: Math.max(0, at - (this.times[low] ?? at)) };
  }
}
