import { hasZone, momentOf } from './lineTime';

/** The moment at which this machine's wall clock shows what a UTC clock shows at `at`; both in milliseconds since 1970. */
export function localMoment(at: number): number {
  const shown = new Date(at);
  return new Date(
    shown.getUTCFullYear(),
    shown.getUTCMonth(),
    shown.getUTCDate(),
    shown.getUTCHours(),
    shown.getUTCMinutes(),
    shown.getUTCSeconds(),
    shown.getUTCMilliseconds(),
  ).getTime();
}

/**
 * A time as a story has it, in ISO form, in milliseconds since 1970. One without a zone is on this machine's wall clock; one without a
 * year is near `near`.
 */
export function shownMoment(text: string, near: number): number | undefined {
  const at = momentOf(text, near);
  if (at === undefined) return undefined;
  return hasZone(text) ? at : localMoment(at);
}
