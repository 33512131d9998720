import type { ErrorClass } from './errorClass';

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
  /** Why writes failed since the last one got through; empty while they get through. */
  private readonly reasons = new Set<ErrorClass>();

  /** Gives the milliseconds since the last success when this one ends an outage (undefined inside: there was none before). */
  onAcknowledged(number: number, at: number): { readonly afterMs: number | undefined } | undefined {
    this.acknowledged++;
    const end =
      this.reasons.size > 0 && number > this.highestAcknowledged
        ? { afterMs: this.lastOkAt === undefined ? undefined : at - this.lastOkAt }
        : undefined;
    this.highestAcknowledged = Math.max(this.highestAcknowledged, number);
    this.lastOkAt = at;
    if (end) this.reasons.clear();
    return end;
  }

  /** True when this failure begins an outage, or is the first of its kind in one. */
  onFailed(number: number, error: ErrorClass): boolean {
    this.failed++;
    if (number < this.highestAcknowledged || this.reasons.has(error)) return false;
    this.reasons.add(error);
    return true;
  }
}
