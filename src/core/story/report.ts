import { mergeEpisodes, type Failover } from './failover';
import { identify, type FileIdentity } from './identities';
import { readLocalEpisodes } from './localEpisode';
import { readSyncs, type Sync } from './syncs';
import type { StoryFile } from './storyLine';

/** All files together as one story. The shape is that of `redis-ha-lab report --json`, a stable contract. */
export interface Report {
  readonly nodes: readonly FileIdentity[];
  readonly failovers: readonly Failover[];
  readonly syncs: readonly Sync[];
}

export function makeReport(files: readonly StoryFile[]): Report {
  const identities = identify(files);
  return {
    nodes: identities.files,
    failovers: mergeEpisodes(files.flatMap(readLocalEpisodes), identities),
    syncs: files.flatMap((file, index) => readSyncs(file, identities.files[index])),
  };
}
