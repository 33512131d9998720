/** How many of the first and of the last occurrences are kept. */
const kept = 60;

/**
 * Everything of one sort that a log has: all of few, the first and the last of many, and the count. So a log of any size takes
 * little memory.
 */
export class Occurrences<Item> {
  readonly first: Item[] = [];
  private readonly ring: Item[] = [];
  count = 0;

  add(item: Item): void {
    if (this.count < kept) this.first.push(item);
    else this.ring[(this.count - kept) % kept] = item;
    this.count++;
  }

  /** The last ones that are not among the first, in their order. */
  get last(): readonly Item[] {
    const start = this.count > 2 * kept ? this.count % kept : 0;
    return [...this.ring.slice(start), ...this.ring.slice(0, start)];
  }

  /** All that are kept, in their order. */
  get all(): readonly Item[] {
    return [...this.first, ...this.last];
  }
}
