import { buildLogDocument, type LogDocument } from '../../../src/core/editor/logDocument';
import type { TextLines } from '../../../src/core/editor/textLines';
import { Recogniser } from '../../../src/core/log/logRecord';
import { StoryReader } from '../../../src/core/story/collect';
import { readExplainTexts } from '../../../src/node/files/explainTexts';
import path from 'node:path';
import { repoRoot } from '../../support/repoRoot';
import type { TestLanguage } from '../../support/language';

export const logTools = { recogniser: new Recogniser(), story: new StoryReader() };

export function explainTools(language: TestLanguage = 'en'): typeof logTools & {
  readonly texts: ReturnType<typeof readExplainTexts>;
} {
  return { ...logTools, texts: readExplainTexts(path.join(repoRoot, 'l10n'), language) };
}

/** Lines that are in memory already. */
export function linesOf(lines: readonly string[]): TextLines {
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  return { count, at: number => lines[number - 1] ?? '' };
}

/** Reads a whole log at once. */
export function documentOf(text: string, file = 'a.log'): LogDocument {
  const steps = buildLogDocument(linesOf(text.split(/\r?\n/)), logTools, { file, year: 2026 });
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The first line of a server in every layout that there is. */
export const everyDialect: Readonly<Record<string, string>> = {
  '2.8': '[4711] 24 Oct 10:00:00.123 * Background saving terminated with success',
  'Windows in Korean': '[4711] 24 10월 10:00:00.123 # +sdown master mymaster 127.0.0.1 6379',
  '2.8 signal handler': '[4711 | signal handler] (1766000000) Received SIGTERM scheduling shutdown...',
  '3.0': '4711:M 24 Oct 10:00:00.123 * Background saving terminated with success',
  '5.0': '4711:X 24 Oct 2024 10:00:00.123 # +sdown master mymaster 127.0.0.1 6379',
  'an empty message': '4711:M 24 Oct 2024 10:00:00.123 # ',
  'signal handler': '4711:signal-handler (1766000000) Received SIGTERM scheduling shutdown...',
  'Valkey, ISO 8601': '4711:M 2024-10-24T10:00:00.123+02:00 * Ready to accept connections tcp',
  'Valkey, milliseconds': '4711:M 1729764000123 * Ready to accept connections tcp',
  'Valkey, logfmt':
    'pid=4711 role=RDB/AOF timestamp="2024-10-24T10:00:00.123+02:00" level=warning message="+sdown master mymaster 127.0.0.1 6379"',
  'Valkey, json':
    '{"pid":4711,"role":"sentinel","timestamp":"2024-10-24T10:00:00.123+02:00","level":"warning","message":"+sdown master mymaster 127.0.0.1 6379"}',
  'a config error': '*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***',
  'a logo': '                _._                                                  ',
};

/** First lines of other programs' logs. */
export const otherLogs: readonly string[] = [
  '',
  'hello',
  '2026-11-23 06:47:41 INFO started',
  '[2026-11-23 06:47:41] local.ERROR: failed',
  '[info] 23 Nov 06:47:41 started',
  '{"pid":4711,"level":30,"time":1766000000000,"msg":"hello","message":"x"}',
  '127.0.0.1 - - [23/Nov/2026:06:47:41 +0000] "GET / HTTP/1.1" 200 612',
  'Nov 23 06:47:41 host redis[4711]: started',
];
