import type { LabEvent } from '../../core/model/labEvent';
import type { RunRecord } from '../../core/model/runRecord';
import type { NodeSource } from '../../lab/ports';
import type { LabPaths } from '../files/labPaths';
import { observeProcess } from '../files/runRecords';
import { networkName } from './networkRecord';

/** Watches the process of a lab's network. Its end changes no file, so every poll looks. */
export class NetworkWatcher implements NodeSource {
  private looks = 0;
  private lastLook = 0;
  private isDisposed = false;

  constructor(
    private readonly paths: LabPaths,
    private readonly dispatch: (event: LabEvent) => void,
  ) {}

  async poll(): Promise<void> {
    await this.observe();
  }

  /** Looks overlap: what an earlier one saw must not be told after what a later one saw. */
  async observe(): Promise<void> {
    const turn = ++this.looks;
    const process = await observeProcess(this.paths, networkName);
    if (turn < this.lastLook || this.isDisposed) return;
    this.lastLook = turn;
    const record = process.record && withoutToken(process.record);
    this.dispatch({ type: 'networkObserved', at: Date.now(), process: { ...process, record } });
  }

  dispose(): void {
    this.isDisposed = true;
  }
}

/** What is known of a lab may be shown and logged; the token may not. */
function withoutToken(record: RunRecord): RunRecord {
  const { node, port, pid, startTime, executable, startedAt, runnerPid } = record;
  return { node, port, pid, startTime, executable, startedAt, runnerPid };
}
