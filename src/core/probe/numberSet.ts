/** Whole numbers from 1 up to a known one, a bit each: which writes are present on a server. */
export class NumberSet {
  private readonly bits: Uint8Array;
  private members = 0;

  constructor(readonly highest: number) {
    this.bits = new Uint8Array(Math.ceil((highest + 1) / 8));
  }

  get size(): number {
    return this.members;
  }

  add(number: number): void {
    if (!Number.isInteger(number) || number < 1 || number > this.highest)
      throw new RangeError(`${number} is not between 1 and ${this.highest}`);
    if (this.has(number)) return;
    this.bits[number >> 3] = (this.bits[number >> 3] ?? 0) | (1 << (number & 7));
    this.members++;
  }

  has(number: number): boolean {
    return ((this.bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }
}
