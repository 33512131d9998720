import type { Lab } from '../core/model/lab';
import type { LabEvent } from '../core/model/labEvent';
import { emptyState, type LabState } from '../core/model/labState';
import { reduce } from '../core/model/reduce';
import { Emitter, type Disposable } from './emitter';

/** Changes that come within this time are told as one, in milliseconds: one frame of a screen. */
const batchTime = 16;

/**
 * Owns the state of one lab. `dispatch` is the only way to change it; `onDidChange` tells of changes in batches, `onDidDispatch` of
 * every single event at once (for recorders and for those who wait for something).
 */
export class LabStore implements Disposable {
  private readonly changed = new Emitter<LabState>();
  private readonly dispatched = new Emitter<LabEvent>();
  private timer: NodeJS.Timeout | undefined;
  private current: LabState;

  constructor(lab: Lab) {
    this.current = emptyState(lab);
  }

  readonly onDidChange = this.changed.event;
  readonly onDidDispatch = this.dispatched.event;

  get state(): LabState {
    return this.current;
  }

  readonly dispatch = (event: LabEvent): void => {
    const next = reduce(this.current, event);
    const isChange = next !== this.current;
    this.current = next;
    this.dispatched.fire(event);
    if (isChange) this.timer ??= setTimeout(() => this.flush(), batchTime);
  };

  private flush(): void {
    this.timer = undefined;
    this.changed.fire(this.current);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
    this.dispatched.dispose();
  }
}
