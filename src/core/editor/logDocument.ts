import { LineContext, type LeaderOfEpoch } from '../explain/lineContext';
import { Names } from '../explain/names';
import type { TextVariant } from '../explain/explainTexts';
import type { Recogniser } from '../log/logRecord';
import { RecordReader, type LogRecord } from '../log/recordReader';
import type { FileStory, StoryReader } from '../story/collect';
import { mergeEpisodes, type Failover } from '../story/failover';
import { identify, type Identities } from '../story/identities';
import { makeReport, type Report } from '../story/report';
import { OutlineReader, failoverEntry, type OutlineEntry } from './outline';
import type { LineRange, TextLines } from './textLines';

/** What an editor shows of one log, as far as the whole text is needed for it. */
export interface LogDocument {
  readonly report: Report;
  readonly names: Names;
  /** Failovers, syncs, starts and ends, in the order of the file. */
  readonly outline: readonly OutlineEntry[];
  /** Records of several lines, in the order of the file. */
  readonly folded: readonly LineRange[];
  /** In which situation a record was written, by its first line, where that changes its explanation. */
  readonly variants: ReadonlyMap<number, readonly TextVariant[]>;
  /** The part of the outline that a line is evidence for. */
  readonly failoverAt: ReadonlyMap<number, OutlineEntry>;
}

/** What all documents share: built once, because the tables are large. */
export interface LogTools {
  readonly recogniser: Recogniser;
  readonly story: StoryReader;
}

/** Between two pauses so many lines are read: some milliseconds. */
const linesAtOnce = 500;
const episodesAtOnce = 50;

/**
 * Reads a log for an editor. A generator, so that whoever drives it can do other work at each `yield`: half a million lines take
 * seconds. Two passes: who is who and who won an election may stand far behind the line that needs it.
 */
export function* buildLogDocument(
  lines: TextLines,
  { recogniser, story }: LogTools,
  { file, year }: { readonly file: string; readonly year: number },
): Generator<void, LogDocument, void> {
  const { count } = lines;
  const collector = story.collector(file, year);
  for (let number = 1; number <= count; number++) {
    collector.read(lines.at(number));
    if (number % linesAtOnce === 0) yield;
  }
  const fileStory = collector.finish();
  const identities = identify([fileStory.identity]);
  const report = yield* reportOfOne(fileStory, identities);
  const context = new LineContext(identities.files[0]?.id, leaderOfEpoch(report));
  const outline = new OutlineReader();
  const records = new RecordReader(recogniser);
  const folded: LineRange[] = [];
  const variants = new Map<number, readonly TextVariant[]>();
  const take = (record: LogRecord | undefined): void => {
    if (!record) return;
    outline.read(record);
    const { line, more, said } = record;
    const last = line + more.findLastIndex(text => text.trim() !== '') + 1;
    if (last > line) folded.push({ first: line, last });
    const found = said ? context.read(said) : [];
    if (found.length > 0) variants.set(line, found);
  };
  for (let number = 1; number <= count; number++) {
    take(records.read(lines.at(number)));
    if (number % linesAtOnce === 0) yield;
  }
  take(records.end());
  const failovers = report.failovers.map(failoverEntry);
  return {
    report,
    names: new Names(withLeaders(identities, report)),
    outline: outline.finish(failovers, report.syncs),
    folded,
    variants,
    failoverAt: evidenceLines(report, failovers),
  };
}

/** As `makeReport`: in one file there are no other views to put together, so it can be done one by one. */
function* reportOfOne(story: FileStory, identities: Identities): Generator<void, Report, void> {
  const failovers: Failover[] = [];
  for (const [index, episode] of story.episodes.entries()) {
    failovers.push(...mergeEpisodes([episode], identities));
    if (index % episodesAtOnce === 0) yield;
  }
  return { ...makeReport([{ ...story, episodes: [] }]), failovers };
}

/** Who won the election of an epoch, as far as the report tells it. */
export function leaderOfEpoch({ failovers }: Report): LeaderOfEpoch {
  const leaders = new Map(failovers.map(({ epoch, leader }) => [epoch, leader?.id ?? undefined]));
  return epoch => leaders.get(epoch);
}

/** A leader's id stands in votes, its address in +config-update-from: only the failover as a whole links the two. */
export function withLeaders(identities: Identities, { failovers }: Report): Identities {
  const addressOfId = new Map(identities.addressOfId);
  const idOfAddress = new Map(identities.idOfAddress);
  for (const { leader } of failovers) {
    if (!leader || leader.id === null || leader.address === null) continue;
    if (addressOfId.has(leader.id) || idOfAddress.has(leader.address)) continue;
    addressOfId.set(leader.id, leader.address);
    idOfAddress.set(leader.address, leader.id);
  }
  return { ...identities, addressOfId, idOfAddress };
}

function evidenceLines(
  { failovers }: Report,
  entries: readonly OutlineEntry[],
): ReadonlyMap<number, OutlineEntry> {
  return new Map(
    failovers.flatMap(({ evidence }, index) => {
      const entry = entries[index];
      return entry ? evidence.map(({ line }) => [line, entry] as const) : [];
    }),
  );
}
