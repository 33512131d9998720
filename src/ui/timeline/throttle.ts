import type { Disposable } from '../../lab/emitter';

/** Does something at once when it is asked for, and again at most every `pace` milliseconds while it is asked for. */
export class Throttle implements Disposable {
  private timer: NodeJS.Timeout | undefined;
  private isWanted = false;

  constructor(
    private readonly pace: number,
    private readonly work: () => void,
  ) {}

  ask(): void {
    if (this.timer) {
      this.isWanted = true;
      return;
    }
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.isWanted) this.ask();
    }, this.pace);
    this.isWanted = false;
    this.work();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
