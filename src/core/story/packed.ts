import type { LineTime } from '../log/logLine';

/**
 * Rows of numbers, all of the same width, kept one behind the other: a log of millions of lines has so many syncs that objects would
 * take five times the memory, and the garbage collector's time.
 */
export class NumberRows {
  private readonly blocks: Float64Array[] = [];
  private count = 0;

  constructor(private readonly width: number) {}

  get length(): number {
    return this.count;
  }

  push(row: readonly number[]): void {
    const place = this.count % rowsInBlock;
    if (place === 0) this.blocks.push(new Float64Array(rowsInBlock * this.width));
    this.blocks.at(-1)?.set(row, place * this.width);
    this.count++;
  }

  at(index: number): readonly number[] {
    const start = (index % rowsInBlock) * this.width;
    return [...(this.blocks[Math.floor(index / rowsInBlock)]?.subarray(start, start + this.width) ?? [])];
  }
}

const rowsInBlock = 512;

/** Gives numbers for texts that come again and again; 0 stands for undefined. */
export class Words {
  private readonly words: (string | undefined)[] = [undefined];
  private readonly numbers = new Map<string | undefined, number>([[undefined, 0]]);

  numberOf(word: string | undefined): number {
    let number = this.numbers.get(word);
    if (number === undefined) {
      number = this.words.push(word) - 1;
      this.numbers.set(word, number);
    }
    return number;
  }

  at(number: number): string | undefined {
    return this.words[number];
  }
}

/** Keeps times as numbers; those that have a zone, or are no real times, as they are. NaN stands for undefined. */
export class Times {
  private readonly others: LineTime[] = [];

  numberOf(time: LineTime | undefined): number {
    if (time === undefined) return Number.NaN;
    const { year = noYear, month, day, ofDay, offset } = time;
    const isUsual =
      offset === undefined &&
      fits(year, noYear + 1) &&
      time.year !== noYear &&
      fits(month, months) &&
      fits(day, days) &&
      fits(ofDay, millisecondsOfDay);
    return isUsual
      ? ((year * months + month) * days + day) * millisecondsOfDay + ofDay
      : -this.others.push(time);
  }

  at(number: number): LineTime | undefined {
    if (Number.isNaN(number)) return undefined;
    if (number < 0) return this.others[-number - 1];
    const date = Math.floor(number / millisecondsOfDay);
    const year = Math.floor(date / (months * days));
    return {
      year: year === noYear ? undefined : year,
      month: Math.floor(date / days) % months,
      day: date % days,
      ofDay: number % millisecondsOfDay,
      offset: undefined,
    };
  }
}

const noYear = 10_000;
const months = 13;
const days = 32;
const millisecondsOfDay = 86_400_000;

function fits(value: number, limit: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < limit && !Object.is(value, -0);
}
