import path from 'node:path';
import { labOfReport, type LoggedLab } from '../../src/core/replay/labOfReport';
import { Recogniser } from '../../src/core/log/logRecord';
import { makeReport } from '../../src/core/story/report';
import type { LogEntry } from '../../src/lab/logEntry';
import { RecordedLogs } from '../../src/lab/recordedLogs';
import { readExplainTexts } from '../../src/node/files/explainTexts';
import { storiesOf } from './corpus';
import { repoRoot } from './repoRoot';

/** What explaining needs. */
export const logTools = {
  recogniser: new Recogniser(),
  texts: readExplainTexts(path.join(repoRoot, 'l10n'), 'en'),
};

/** When the logs of tests were written, at the latest. */
export const writtenAt = new Date(2026, 10, 24).getTime();

/** Logs by their names as one lab, with what is in them. */
export function recordedLab(
  logs: Readonly<Record<string, string>>,
  written = writtenAt,
): LoggedLab & { readonly entries: readonly LogEntry[] } {
  const report = makeReport(storiesOf(logs));
  const entriesIn = ({ lab }: LoggedLab): readonly LogEntry[] => {
    const recorded = new RecordedLogs('recording', lab, logTools, written);
    for (const spec of lab.nodes) {
      if (spec.log === '') continue;
      const reader = recorded.reader(
        spec,
        report.nodes.find(({ file }) => file === spec.log)?.id ?? undefined,
      );
      reader.take((logs[spec.log] ?? '').split('\n'));
      reader.end();
    }
    return recorded.finish();
  };
  const lines = entriesIn(labOfReport(report));
  const logged = labOfReport(report, { lines, name: 'recording' });
  return { ...logged, entries: lines };
}
