import type { ReplayLine } from '../../core/replay/replayLine';
import type { LogEntry } from '../../lab/logEntry';

/** What a replay takes of log entries. */
export function replayLines(entries: readonly LogEntry[]): readonly ReplayLine[] {
  return entries.map(({ at, node, kind, role, record }) => ({ at, node, kind, role, said: record.said }));
}
