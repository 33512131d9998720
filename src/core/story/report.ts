import type { FileStory } from './collect';
import { dataNodesOf, type DataNode } from './dataNodes';
import { mergeEpisodes, type Failover } from './failover';
import { identify, type FileIdentity } from './identities';
import type { RoleSpan } from './roles';
import { mergeSyncs, type Sync } from './syncs';

/** The process that wrote a file. A data node has its roles, in order of time; a Sentinel has none. */
export interface ReportNode {
  readonly file: string;
  readonly kind: FileIdentity['kind'];
  readonly port: number | null;
  /** A Sentinel's id (run id before 3.2). */
  readonly id: string | null;
  readonly address: string | null;
  readonly roles: readonly RoleSpan[];
}

/** All files together as one story. The shape is that of `redis-ha-lab report --json`, a stable contract. */
export interface Report {
  readonly nodes: readonly ReportNode[];
  /** Every data node that the files speak of, with or without a log of its own. */
  readonly dataNodes: readonly DataNode[];
  readonly failovers: readonly Failover[];
  readonly syncs: readonly Sync[];
}

/** A report whose long parts are made while they are read, which can be done once: for printing, where nothing has to be kept. */
export interface PassingReport {
  readonly nodes: readonly ReportNode[];
  readonly dataNodes: readonly DataNode[];
  readonly failovers: Iterable<Failover>;
  readonly syncs: Iterable<Sync>;
}

export function makeReport(stories: readonly FileStory[]): Report {
  const { nodes, dataNodes, failovers, syncs } = passingReport(stories);
  return { nodes, dataNodes, failovers: [...failovers], syncs: [...syncs] };
}

export function passingReport(stories: readonly FileStory[]): PassingReport {
  const identities = identify(stories.map(story => story.identity));
  const addressOf = (index: number): string | undefined => identities.files[index]?.address;
  const isServer = (index: number): boolean => identities.files[index]?.kind === 'server';
  return {
    nodes: identities.files.map(({ file, kind, port, id, address }, index) => ({
      file,
      kind,
      port: port ?? null,
      id: id ?? null,
      address: address ?? null,
      roles: kind === 'server' ? (stories[index]?.roles ?? []) : [],
    })),
    dataNodes: dataNodesOf(
      stories.map(({ file, roles, marks }, index) => ({
        file,
        address: addressOf(index),
        isServer: isServer(index),
        roles,
        marks,
      })),
    ),
    failovers: mergeEpisodes(
      stories.flatMap(story => story.episodes),
      identities,
      new Map(stories.map((story, index) => [addressOf(index) ?? '', story.offsets])),
    ),
    syncs: mergeSyncs(stories.map(({ file, syncs }, index) => ({ file, address: addressOf(index), syncs }))),
  };
}
