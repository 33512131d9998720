import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Lab } from '../../core/model/lab';
import { localMoment } from '../../core/log/wallClock';
import { labOfReport } from '../../core/replay/labOfReport';
import { readRecordedDrill, type LineClock, type RecordedDrill } from '../../core/replay/recordedDrill';
import type { Report } from '../../core/story/report';
import type { LogTools } from '../../lab/labLog';
import type { LogEntry } from '../../lab/logEntry';
import { RecordedLogs } from '../../lab/recordedLogs';
import { readLines } from '../files/readLines';
import { readReport } from '../files/readReport';

/**
 * What happened to a lab, from files. All times of entries and of the drill are milliseconds since 1970 in which this machine's wall clock
 * shows what the logs show.
 */
export interface Recording {
  /** What entries have in place of a lab's folder: the same for the same files. */
  readonly id: string;
  /** The scenario of a drill, else the name of the folder. */
  readonly title: string;
  /** The nodes that the files speak of; `log` is the file, empty where there is none. */
  readonly lab: Lab;
  /** Hosts of nodes that are not on this machine, by their names. */
  readonly hosts: ReadonlyMap<string, string>;
  readonly report: Report;
  /** By time, causes before effects; the newest 100,000. */
  readonly entries: readonly LogEntry[];
  /** What a report of a drill beside the logs tells. */
  readonly drill: RecordedDrill | undefined;
}

/** The report of a drill for programs. */
const reportName = 'report.json';

/** Reads logs, and the report of a drill where it lies beside them or in the folder above (`logs/`), as a recording. */
export async function readRecording(
  files: readonly string[],
  tools: LogTools,
  signal?: AbortSignal,
): Promise<Recording> {
  const id = ['logs', ...files.map(file => path.resolve(file)).toSorted()].join(path.delimiter);
  const report = await readReport(files);
  signal?.throwIfAborted();
  const beside = await reportBeside(files);
  // Only for the names: the clock comes from the lines.
  const named = beside === undefined ? undefined : readRecordedDrill(beside, utc => utc);
  const facts = {
    name: named?.lab ?? titleOf(files),
    ...(named?.masterName === undefined ? {} : { masterName: named.masterName }),
    ...(named ? { settings: named.settings } : {}),
  };
  const entries = await readEntries(id, labOfReport(report, facts).lab, report, tools, signal);
  const drill = beside === undefined ? undefined : readRecordedDrill(beside, clockOf(entries));
  return {
    id,
    title: drill?.scenario ?? titleOf(files),
    ...labOfReport(report, { ...facts, lines: entries }),
    report,
    entries,
    drill,
  };
}

/** The logs in a folder, or in `logs` below it, in the order of their names. */
export async function logsOfRecording(directory: string): Promise<readonly string[]> {
  for (const folder of [path.join(directory, 'logs'), directory]) {
    const names = await readdir(folder).catch(() => []);
    const logs = names.filter(name => name.endsWith('.log')).toSorted();
    if (logs.length > 0) return logs.map(name => path.join(folder, name));
  }
  return [];
}

async function readEntries(
  id: string,
  lab: Lab,
  report: Report,
  tools: LogTools,
  signal: AbortSignal | undefined,
): Promise<readonly LogEntry[]> {
  const logged = lab.nodes.filter(({ log }) => log !== '');
  const written = await Promise.all(logged.map(async ({ log }) => (await stat(log)).mtimeMs));
  const logs = new RecordedLogs(id, lab, tools, Math.max(0, ...written));
  for (const spec of logged) {
    const reader = logs.reader(spec, report.nodes.find(({ file }) => file === spec.log)?.id ?? undefined);
    await readLines(spec.log, lines => {
      signal?.throwIfAborted();
      reader.take(lines);
    });
    reader.end();
  }
  return logs.finish();
}

async function reportBeside(files: readonly string[]): Promise<string | undefined> {
  const folders = new Set(files.map(file => path.dirname(path.resolve(file))));
  const [folder] = folders;
  // Logs of several folders are of no one drill.
  if (folder === undefined || folders.size > 1) return undefined;
  const above = path.basename(folder) === 'logs' ? [path.dirname(folder)] : [];
  for (const place of [folder, ...above]) {
    const text = await readFile(path.join(place, reportName), 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  return undefined;
}

function titleOf(files: readonly string[]): string {
  const folder = path.dirname(path.resolve(files[0] ?? ''));
  return path.basename(path.basename(folder) === 'logs' ? path.dirname(folder) : folder);
}

/** Lines that tell their zone are read as what they are; for all others counts what the clock on the wall showed. */
function clockOf(entries: readonly LogEntry[]): LineClock {
  // What a signal handler writes is in UTC in every log.
  const first = entries.find(({ record: { head } }) => head.time !== undefined && head.dialect !== 'signal');
  if (first?.record.head.time?.offset !== undefined) return utc => utc;
  return (utc, zoneMs) => (zoneMs === undefined ? utc : localMoment(utc + zoneMs));
}
