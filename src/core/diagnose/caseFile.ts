import type { ServerVersion } from '../conf/serverVersion';
import { makeReport } from '../story/report';
import { identify, type Identities } from '../story/identities';
import type { Failover } from '../story/failover';
import type { ConfFacts } from './confFacts';
import type { Fact } from './fact';
import type { Finding } from './finding';
import type { LogFacts } from './logFacts';

/** Everything that is known: all logs and all confs together. */
export interface CaseFile {
  readonly logs: readonly LogFacts[];
  readonly confs: readonly ConfFacts[];
  readonly identities: Identities;
  readonly failovers: readonly Failover[];
  /** The version that conf rules measure by: the one asked for, else the one of the logs where they agree. */
  readonly version: ServerVersion | undefined;
}

/** A rule looks at everything and says what it found. */
export type Rule = (known: CaseFile) => readonly Finding[];

export function openCase(
  logs: readonly LogFacts[],
  confs: readonly ConfFacts[],
  version: ServerVersion | undefined,
): CaseFile {
  const identities = identify(logs.map(log => log.story.identity));
  const { failovers } = makeReport(logs.map(log => log.story));
  return { logs, confs, identities, failovers, version: version ?? commonVersion(logs) };
}

/** The occurrences of a message in a log, in their order; of very many only the first and the last. */
export function factsOf(log: LogFacts, ...ids: readonly string[]): readonly Fact[] {
  const all = ids.flatMap(id => log.occurrences.get(id)?.all ?? []);
  return ids.length > 1 ? all.toSorted((a, b) => a.line - b.line) : all;
}

/** How often a log has one of the messages. */
export function countOf(log: LogFacts, ...ids: readonly string[]): number {
  return ids.reduce((sum, id) => sum + (log.occurrences.get(id)?.count ?? 0), 0);
}

/** The address of the node that wrote a log where it is known, else the name of the file. */
export function nodeName(known: CaseFile, log: LogFacts): string {
  const identity = known.identities.files.find(other => other.file === log.file);
  return identity?.address ?? log.file.split(/[\\/]/).at(-1) ?? log.file;
}

/** The port of the node that wrote a log. */
export function portOf(known: CaseFile, log: LogFacts): number | undefined {
  return known.identities.files.find(other => other.file === log.file)?.port;
}

function commonVersion(logs: readonly LogFacts[]): ServerVersion | undefined {
  const versions = logs.flatMap(log => log.version ?? []);
  const [first] = versions;
  const isSame = versions.every(
    version =>
      version.major === first?.major && version.minor === first.minor && version.patch === first.patch,
  );
  return isSame ? first : undefined;
}
