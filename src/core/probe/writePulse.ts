/**
 * Whether a client's writes get through, told while they are still coming in. An attempt that fails late, after a later one got
 * through, is no new outage.
 */
export class WritePulse {
  acknowledged = 0;
  failed = 0;
  /** The highest number that got through; 0 when none did. */
  highestAcknowledged = 0;
  private lastOkAt: number | undefined;
  private isFailing = false;

  /** Gives the milliseconds since the last success when this one ends an outage (undefined inside: there was none before). */
  onAcknowledged(number: number, at: number): { readonly afterMs: number | undefined } | undefined {
    this.acknowledged++;
    const end =
      this.isFailing && number > this.highestAcknowledged
        ? { afterMs: this.lastOkAt === undefined ? undefined : at - this.lastOkAt }
        : undefined;
    this.highestAcknowledged = Math.max(this.highestAcknowledged, number);
    this.lastOkAt = at;
    if (end) this.isFailing = false;
    return end;
  }

  /** True when this failure begins an outage. */
  onFailed(number: number): boolean {
    this.failed++;
    if (this.isFailing || number < this.highestAcknowledged) return false;
    this.isFailing = true;
    return true;
  }
}
