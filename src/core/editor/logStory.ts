import { Explainer } from '../explain/explainer';
import type { ExplainTexts } from '../explain/explainTexts';
import { LineContext, type LeaderOfEpoch } from '../explain/lineContext';
import { Names } from '../explain/names';
import { FileClock, isoText } from '../log/lineTime';
import type { Recogniser } from '../log/logRecord';
import { RecordReader, type LogRecord } from '../log/recordReader';
import type { FileStory } from '../story/collect';
import { identify, type Identities } from '../story/identities';
import { makeReport, type Report } from '../story/report';
import { leaderOfEpoch, withLeaders } from './logDocument';

/** One line of a log in plain words. */
export interface Statement {
  readonly file: string;
  /** How people call the node that wrote it: `sentinel-26381`, `redis-6379`; undefined where the log does not tell. */
  readonly node: string | undefined;
  readonly line: number;
  /** Milliseconds on the file's own clock; what orders the lines of several files. */
  readonly at: number;
  /** As written, in ISO form; null where the line has none. */
  readonly time: string | null;
  /** Null for a message that is not known. */
  readonly text: string | null;
  readonly message: string;
}

/** All lines of one kind that tell of something wrong. */
export interface ProblemGroup {
  readonly first: Statement;
  last: Statement;
  count: number;
  readonly benign: string | undefined;
  readonly cause: string | undefined;
  readonly fix: string | undefined;
}

/** What one file says. */
export interface FileDigest {
  readonly file: string;
  readonly node: string | undefined;
  readonly lines: number;
  readonly firstTime: string | null;
  readonly lastTime: string | null;
}

/** The story of several logs with the lines it stands on. */
export interface LogStory {
  /** With the last failovers and syncs, where there are very many. */
  readonly report: Report;
  /** How many failovers and syncs the logs tell of. */
  readonly failoverCount: number;
  readonly syncCount: number;
  readonly digests: readonly FileDigest[];
  /** For each failover of the report, in its order: its lines of all files by time. */
  readonly failoverLines: readonly (readonly Statement[])[];
  readonly problems: readonly ProblemGroup[];
  /** Every record, where that was asked for: the first {@link mostStatements}, and how many there are. */
  readonly statements: readonly Statement[];
  readonly statementCount: number;
}

export interface StoryTools {
  readonly recogniser: Recogniser;
  readonly texts: ExplainTexts;
}

/** Of so many failovers and syncs the last are told: a page of thousands is no page. */
const mostFailovers = 40;
const mostSyncs = 200;
/** More lines than this nobody reads one by one. */
const mostStatements = 2_000;

/**
 * Puts the story together. First every file is read for its {@link FileStory}, then each once more, line by line, through
 * {@link reader}: only then is it known who is who.
 */
export class LogStoryBuilder {
  private readonly report: Report;
  private readonly counts: Pick<LogStory, 'failoverCount' | 'syncCount'>;
  private readonly leaderOf: LeaderOfEpoch;
  private readonly identities: Identities;
  private readonly names: Names;
  private readonly evidence = new Map<string, Set<number>>();
  private readonly found: Statement[] = [];
  private readonly problems = new Map<string, ProblemGroup>();
  private readonly statements: Statement[] = [];
  private statementCount = 0;
  private readonly digests: FileDigest[] = [];

  constructor(
    stories: readonly FileStory[],
    private readonly tools: StoryTools,
    /** Keep every record, not only those that a failover stands on. */
    private readonly keepsAll = false,
  ) {
    const whole = makeReport(stories);
    const { failovers, syncs } = whole;
    this.report = {
      ...whole,
      failovers: failovers.slice(-mostFailovers),
      syncs: syncs.slice(-mostSyncs),
    };
    this.counts = { failoverCount: failovers.length, syncCount: syncs.length };
    this.leaderOf = leaderOfEpoch(whole);
    this.identities = withLeaders(identify(stories.map(({ identity }) => identity)), whole);
    this.names = new Names(this.identities);
    for (const { evidence } of this.report.failovers)
      for (const { file, line } of evidence) {
        const known = this.evidence.get(file);
        if (known) known.add(line);
        else this.evidence.set(file, new Set([line]));
      }
  }

  /** Takes the lines of one file, the `index`th of the stories. `year` is for logs that do not write it. */
  reader(index: number, year: number): { readonly read: (line: string) => void; readonly end: () => void } {
    const identity = this.identities.files[index];
    const file = identity?.file ?? '';
    const node = this.nodeName(index);
    const evidence = this.evidence.get(file);
    const records = new RecordReader(this.tools.recogniser);
    const explainer = new Explainer(this.tools.texts, this.names);
    const context = new LineContext(identity?.id, this.leaderOf);
    const clock = new FileClock(year);
    let lines = 0;
    let at = 0;
    let firstTime: string | null = null;
    let lastTime: LogRecord['head']['time'];
    const take = (record: LogRecord | undefined): void => {
      if (!record) return;
      const { head, said, line } = record;
      if (head.time) {
        at = clock.at(head.time);
        firstTime ??= isoText(head.time);
        lastTime = head.time;
      }
      const variants = said ? context.read(said) : [];
      const isEvidence = evidence?.has(line) ?? false;
      const isProblem = said?.weight === 'problem';
      if (this.keepsAll) this.statementCount++;
      const isKept = this.keepsAll && this.statements.length < mostStatements;
      if (!isEvidence && !isProblem && !isKept) return;
      const group = isProblem ? this.problems.get(problemKey(record)) : undefined;
      const explained = said && explainer.explain(said, variants);
      const statement: Statement = {
        file,
        node,
        line,
        at,
        time: head.time ? isoText(head.time) : null,
        text: explained?.text ?? null,
        message:
          head.message.trim() === '' ? (record.more.find(text => text.trim() !== '') ?? '') : head.message,
      };
      if (isEvidence) this.found.push(statement);
      if (isKept) this.statements.push(statement);
      if (group) {
        group.count++;
        group.last = statement;
      } else if (isProblem) {
        this.problems.set(problemKey(record), {
          first: statement,
          last: statement,
          count: 1,
          benign: explained?.benign,
          cause: explained?.cause,
          fix: explained?.fix,
        });
      }
    };
    return {
      read: line => {
        lines++;
        take(records.read(line));
      },
      end: () => {
        take(records.end());
        this.digests.push({
          file,
          node,
          lines,
          firstTime,
          lastTime: lastTime ? isoText(lastTime) : null,
        });
      },
    };
  }

  finish(): LogStory {
    const byPlace = new Map(this.found.map(statement => [`${statement.line} ${statement.file}`, statement]));
    return {
      report: this.report,
      ...this.counts,
      digests: this.digests,
      failoverLines: this.report.failovers.map(({ evidence }) => {
        const places = new Set(evidence.map(({ file, line }) => `${line} ${file}`));
        return [...places]
          .flatMap(place => byPlace.get(place) ?? [])
          .toSorted((a, b) => a.at - b.at || (a.file === b.file ? a.line - b.line : 0));
      }),
      problems: [...this.problems.values()].toSorted((a, b) => a.first.at - b.first.at),
      statements: this.statements,
      statementCount: this.statementCount,
    };
  }

  private nodeName(index: number): string | undefined {
    const identity = this.identities.files[index];
    if (!identity) return undefined;
    const { address, port, kind } = identity;
    if (address !== undefined && kind === 'sentinel') return this.names.of(address);
    if (port !== undefined) return `${kind === 'sentinel' ? 'sentinel' : 'redis'}-${port}`;
    return address;
  }
}

/** The same trouble with another master, or of another node, is another problem. */
function problemKey({ said }: LogRecord): string {
  const { id = '', master, instance } = said ?? {};
  return [id, master?.name, instance?.type].join(' ');
}
