import { readConfFacts } from '../../src/core/diagnose/confFacts';
import { diagnose } from '../../src/core/diagnose/diagnose';
import type { Finding } from '../../src/core/diagnose/finding';
import { LogFactsReader, type LogFacts } from '../../src/core/diagnose/logFacts';
import { parseVersion } from '../../src/core/conf/serverVersion';
import { FileClock } from '../../src/core/log/lineTime';
import { Recogniser } from '../../src/core/log/logRecord';

const recogniser = new Recogniser();

/** The facts of one log. */
export function logFacts(file: string, text: string): LogFacts {
  const reader = new LogFactsReader(file, recogniser, new FileClock(2026));
  for (const line of text.trim().split('\n')) reader.read(line);
  return reader.finish();
}

/** Findings of logs and confs by file name: what ends in `.conf` is a conf. */
export function findingsOf(files: Readonly<Record<string, string>>, redis?: string): readonly Finding[] {
  const entries = Object.entries(files);
  const isConf = (file: string): boolean => file.endsWith('.conf');
  return diagnose(
    entries.filter(([file]) => !isConf(file)).map(([file, text]) => logFacts(file, text)),
    entries
      .filter(([file]) => isConf(file))
      .map(([file, text]) => readConfFacts(file, { text, isUtf16: false })),
    redis === undefined ? undefined : parseVersion(redis),
  );
}

/** Findings in short: `error master-unreachable.refused replica.log:3 replica.log:9`. */
export function shortFindings(files: Readonly<Record<string, string>>, redis?: string): readonly string[] {
  return findingsOf(files, redis).map(({ severity, rule, variant, evidence }) =>
    [
      severity,
      variant === undefined ? rule : `${rule}.${variant}`,
      ...evidence.map(({ file, line }) => `${file}:${line}`),
    ].join(' '),
  );
}
