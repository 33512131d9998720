import type { LineTime } from './logLine';

/** `2026-11-23T06:47:41.584`, with the zone where the line tells it; `--11-23T06:47:41.584` without a year. */
export function isoText(time: LineTime): string {
  const seconds = Math.floor(time.ofDay / 1_000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}:${pad(seconds % 60)}.${padThree(time.ofDay % 1_000)}`;
  const date = `${pad(time.month)}-${pad(time.day)}T${clock}`;
  if (time.year === undefined) return `--${date}`;
  return `${time.year > 999 ? time.year : String(time.year).padStart(4, '0')}-${date}${zoneText(time.offset)}`;
}

/** Whether a time in ISO form tells its zone; one that does not is of the clock on the wall where it was written. */
export function hasZone(text: string): boolean {
  return /(?:Z|[+-]\d\d:\d\d)$/.test(text);
}

const isoForm = /^(?:(\d{4})|-)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})(?:Z|([+-])(\d\d):(\d\d))?$/;

/**
 * The way back from {@link isoText}: milliseconds since 1970, a time without a zone taken as if it were UTC; undefined for what is no
 * such text. A year that is not there is that of `near` (a moment of the same story) where it is given, so that a story which crosses
 * New Year stays in order.
 */
export function momentOf(text: string, near?: number): number | undefined {
  const found = isoForm.exec(text);
  if (!found) return undefined;
  const [, year, ...rest] = found;
  const [month = 0, day = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = rest
    .slice(0, 6)
    .map(Number);
  const sign = rest[6] === '-' ? -1 : 1;
  const offset = rest[6] === undefined ? 0 : sign * (Number(rest[7]) * 60 + Number(rest[8]));
  const inYear = (value: number): number =>
    Date.UTC(value, month - 1, day, hours, minutes, seconds, milliseconds) - offset * 60_000;
  if (year !== undefined) return inYear(Number(year));
  const base = near === undefined ? leapYear : new Date(near).getUTCFullYear();
  if (near === undefined) return inYear(base);
  return [base - 1, base, base + 1]
    .map(inYear)
    .toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near))[0];
}

/** For times without a year: one that has a 29 February. */
const leapYear = 2024;

function zoneText(offset: number | undefined): string {
  if (offset === undefined) return '';
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** Made once: every line of a log has a time. */
const twoDigits = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, '0'));
const threeDigits = Array.from({ length: 1_000 }, (_, index) => String(index).padStart(3, '0'));

function pad(value: number): string {
  return twoDigits[value] ?? String(value).padStart(2, '0');
}

function padThree(value: number): string {
  return threeDigits[value] ?? String(value).padStart(3, '0');
}

/** A day, as far as it matters for finding the year of a log. */
export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/**
 * Puts the lines of one file on one scale: milliseconds since 1970 of the log's own clock, taken as if it were UTC. Where the year is not
 * written, the first line is of the last year in which it can be: it is not younger than the file's last change. From there the year
 * goes up where the months jump from the end of a year to its beginning.
 */
export class FileClock {
  private year: number | undefined;
  private lastMonth: number | undefined;
  private lastDay = -1;
  private midnight = 0;

  private readonly changed: CalendarDay;

  /** `changed` is the day on which the file was last written; a year alone is that of the first line. */
  constructor(changed: CalendarDay | number) {
    this.changed = typeof changed === 'number' ? { year: changed, month: 12, day: 31 } : changed;
  }

  at(time: LineTime): number {
    const { year, month } = time;
    this.year ??= this.firstYear(time);
    if (year !== undefined) {
      this.year = year;
    } else if (this.lastMonth !== undefined) {
      // New Year; and back again where lines of two processes are mixed around it.
      if (this.lastMonth - month > 6) this.year++;
      else if (month - this.lastMonth > 6) this.year--;
    }
    this.lastMonth = month;
    // Most lines are of the same day as the line before.
    const day = (this.year * 100 + month) * 100 + time.day;
    if (day !== this.lastDay) {
      this.lastDay = day;
      this.midnight = Date.UTC(this.year, month - 1, time.day);
    }
    return this.midnight + time.ofDay - (time.offset ?? 0) * 60_000;
  }

  private firstYear({ month, day }: LineTime): number {
    const { changed } = this;
    // A day of grace: the log's clock and the file's may be of two zones.
    const isLater = month > changed.month || (month === changed.month && day > changed.day + 1);
    return isLater ? changed.year - 1 : changed.year;
  }
}
