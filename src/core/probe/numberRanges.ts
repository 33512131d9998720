/** Ascending numbers as ranges, both ends included: lost writes come in rows. */
export class NumberRanges {
  private readonly list: [from: number, to: number][] = [];
  private members = 0;

  /** How many numbers there are. */
  get count(): number {
    return this.members;
  }

  get ranges(): readonly (readonly [from: number, to: number])[] {
    return this.list;
  }

  /** Numbers must come in ascending order. */
  add(number: number): void {
    const last = this.list.at(-1);
    if (last && number <= last[1]) throw new RangeError(`${number} after ${last[1]}`);
    this.members++;
    if (last && number === last[1] + 1) last[1] = number;
    else this.list.push([number, number]);
  }

  *[Symbol.iterator](): Generator<number> {
    for (const [from, to] of this.list) for (let number = from; number <= to; number++) yield number;
  }
}
