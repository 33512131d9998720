import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ByteLines } from '../../src/core/log/byteLines';
import type { CalendarDay } from '../../src/core/log/lineTime';
import { StoryReader, type DecodeLine, type FileStory } from '../../src/core/story/collect';
import { repoRoot } from './repoRoot';

/** What really happened in a recorded scenario, from the servers' own answers. */
export interface Truth {
  readonly nodes: readonly { readonly name: string; readonly kind: string; readonly port: number | null }[];
  /** By node: `master`, `slave`, `sentinel` or `not running`, at the end. */
  readonly roles: Readonly<Record<string, string>>;
  /** Each new master as the Sentinels named it, with the epoch of its configuration. */
  readonly masters: readonly { readonly epoch: number; readonly port: number }[];
  /** Whom the Sentinels name at the end. */
  readonly lastMasters: readonly number[];
}

export interface RecordedScenario {
  readonly version: string;
  readonly name: string;
  readonly truth: Truth;
  readonly logs: Readonly<Record<string, string>>;
}

const folder = path.join(repoRoot, 'test/fixtures/corpus');

/** Logs of real servers with what really happened; made by scripts/make-corpus-fixtures.mjs. */
export function recordedScenarios(): readonly RecordedScenario[] {
  return readdirSync(folder).flatMap(version =>
    readdirSync(path.join(folder, version)).map(file => {
      const content = JSON.parse(
        gunzipSync(readFileSync(path.join(folder, version, file))).toString('utf8'),
      ) as Pick<RecordedScenario, 'truth' | 'logs'>;
      return { version, name: file.replace('.json.gz', ''), ...content };
    }),
  );
}

/** When the logs of the corpus were written. */
export const corpusDay: CalendarDay = { year: 2026, month: 11, day: 23 };

const reader = new StoryReader();

const decode: DecodeLine = (bytes, start, end) => Buffer.from(bytes).toString('utf8', start, end);

/** Reads a log as `report` does, cut into pieces of `size` bytes. */
export function readStory(file: string, log: Uint8Array, size = log.length, changed = corpusDay): FileStory {
  const collector = reader.collector(file, changed);
  const lines = new ByteLines();
  const take = (bytes: Uint8Array, start: number, end: number): void =>
    collector.readBytes(bytes, start, end, decode);
  for (let at = 0; at < log.length; at += Math.max(size, 1))
    lines.push(log.subarray(at, at + Math.max(size, 1)), take);
  lines.end(take);
  return collector.finish();
}

/** The logs of a scenario or of a folder as one story. */
export function storiesOf(logs: Readonly<Record<string, string>>): readonly FileStory[] {
  return Object.entries(logs).map(([file, text]) => readStory(file, Buffer.from(text, 'utf8')));
}

/** The folder of the whole corpus, uncut, where somebody names it: REDIS_HA_LAB_CORPUS. */
export function wholeCorpus(): string | undefined {
  return process.env['REDIS_HA_LAB_CORPUS'];
}
