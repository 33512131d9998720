import type { Disposable } from '../../lab/emitter';
import type { Pace } from '../../lab/labSession';
import type { HumanError } from '../../core/humanError';
import type { OpenLab } from '../../node/openLab';

/** A lab that could be read and is watched. */
export type OpenedLab = OpenLab;

/** A folder with a lab.json, in the list: opened, or faulty with the reason. */
export class LabEntry implements Disposable {
  private hold: Disposable | undefined;
  private changes: Disposable | undefined;
  opened: OpenedLab | undefined;
  error: HumanError | undefined;

  /** `isAdded`: the person put it into the list; it does not belong to an open folder. */
  constructor(
    readonly directory: string,
    readonly isAdded: boolean,
    private readonly onChange: (entry: LabEntry) => void,
  ) {}

  show(opened: OpenedLab, pace: Pace): void {
    this.close();
    this.error = undefined;
    this.opened = opened;
    this.changes = opened.session.store.onDidChange(() => this.onChange(this));
    this.setPace(pace);
    void opened.session.refresh();
  }

  fail(error: HumanError): void {
    this.close();
    this.error = error;
  }

  setPace(pace: Pace): void {
    this.hold?.dispose();
    this.hold = this.opened?.session.hold(pace);
  }

  private close(): void {
    this.hold?.dispose();
    this.changes?.dispose();
    this.opened?.session.dispose();
    this.opened = undefined;
  }

  dispose(): void {
    this.close();
  }
}
