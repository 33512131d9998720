import type { Disposable } from '../../lab/emitter';

/** How long it must be quiet before what came is worked on, in milliseconds. */
const quietTime = 200;

/** Collects values that come in bursts, such as the files of a copied folder, and hands each burst on as one. */
export class Batch<T> implements Disposable {
  private readonly values = new Set<T>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly work: (values: readonly T[]) => void) {}

  add(value: T): void {
    this.values.add(value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const values = [...this.values];
      this.values.clear();
      this.work(values);
    }, quietTime);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
