import { insertByTime } from '../log/insertByTime';
import { firstFilter, rowFilter, type LogFilter } from './logFilter';
import type { LogRow } from './logRow';

/** How a change moved the shown rows, for whoever keeps a place in them. */
export interface ListChange {
  /** The oldest shown rows that are gone. */
  readonly dropped: number;
  /** New shown rows. */
  readonly added: number;
  /** Of the new rows, how many stand before a row that was shown already. */
  readonly inserted: number;
}

/** The rows of the log panel by time, the newest `limit` of them, and those of them that the filter shows. */
export class LogList {
  private all: LogRow[] = [];
  private rows: LogRow[] = [];
  private current = firstFilter;
  private matches = rowFilter(firstFilter);

  constructor(private readonly limit: number) {}

  /** The rows that are shown. */
  get shown(): readonly LogRow[] {
    return this.rows;
  }

  /** How many there are, shown or not. */
  get total(): number {
    return this.all.length;
  }

  get filter(): LogFilter {
    return this.current;
  }

  set filter(filter: LogFilter) {
    this.current = filter;
    this.matches = rowFilter(filter);
    this.rows = this.all.filter(this.matches);
  }

  /** Takes rows that are in order among themselves. */
  add(added: readonly LogRow[]): ListChange {
    const fitting = added.filter(this.matches);
    insertByTime(this.all, added);
    const newest = this.rows.at(-1)?.at ?? -Infinity;
    insertByTime(this.rows, fitting);
    const inserted = fitting.filter(row => row.at < newest).length;
    return { dropped: this.trim(), added: fitting.length, inserted };
  }

  /** Other texts for rows that are there already. */
  reword(texts: ReadonlyMap<number, string>): void {
    this.all = this.all.map(row => {
      const text = texts.get(row.id);
      return text === undefined ? row : { ...row, text };
    });
    this.rows = this.all.filter(this.matches);
  }

  /** Without the rows of one lab. */
  remove(lab: string): void {
    this.all = this.all.filter(row => row.lab !== lab);
    this.rows = this.all.filter(this.matches);
  }

  clear(): void {
    this.all = [];
    this.rows = [];
  }

  /** The place of a row among the shown ones; -1 when it is not shown. */
  indexOf({ id, at }: Pick<LogRow, 'id' | 'at'>): number {
    let low = 0;
    for (let high = this.rows.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((this.rows[middle]?.at ?? Infinity) < at) low = middle + 1;
      else high = middle;
    }
    for (let index = low; (this.rows[index]?.at ?? Infinity) <= at; index++)
      if (this.rows[index]?.id === id) return index;
    return -1;
  }

  /** Drops the oldest rows, some at a time. Gives how many of them were shown. */
  private trim(): number {
    if (this.all.length <= this.limit * 1.02) return 0;
    const gone = new Set(this.all.slice(0, this.all.length - this.limit));
    this.all = this.all.slice(-this.limit);
    const dropped = this.rows.findIndex(row => !gone.has(row));
    const count = dropped < 0 ? this.rows.length : dropped;
    this.rows = this.rows.slice(count);
    return count;
  }
}
