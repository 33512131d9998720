import type { LineTime } from './logLine';

/** `2026-11-23T06:47:41.584`, with the zone where the line tells it; `--11-23T06:47:41.584` without a year. */
export function isoText(time: LineTime): string {
  const seconds = Math.floor(time.ofDay / 1_000);
  const clock = `${pad(Math.floor(seconds / 3_600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  const date = `${pad(time.month)}-${pad(time.day)}T${clock}.${String(time.ofDay % 1_000).padStart(3, '0')}`;
  if (time.year === undefined) return `--${date}`;
  return `${String(time.year).padStart(4, '0')}-${date}${zoneText(time.offset)}`;
}

function zoneText(offset: number | undefined): string {
  if (offset === undefined) return '';
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/**
 * Puts the lines of one file on one scale: milliseconds since 1970 of the log's own clock, taken as if it were UTC. A year that is not
 * written is `year` at first and goes up where the months jump from the end of a year to its beginning.
 */
export class FileClock {
  private year: number;
  private lastMonth: number | undefined;
  private lastDay = -1;
  private midnight = 0;

  constructor(year: number) {
    this.year = year;
  }

  at(time: LineTime): number {
    const { year, month } = time;
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
}
