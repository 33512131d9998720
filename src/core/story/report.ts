import type { FileStory } from './collect';
import { mergeEpisodes, type Failover } from './failover';
import { identify, type FileIdentity } from './identities';
import type { Sync } from './syncs';

/** All files together as one story. The shape is that of `redis-ha-lab report --json`, a stable contract. */
export interface Report {
  readonly nodes: readonly FileIdentity[];
  readonly failovers: readonly Failover[];
  readonly syncs: readonly Sync[];
}

export function makeReport(stories: readonly FileStory[]): Report {
  const identities = identify(stories.map(story => story.identity));
  return {
    nodes: identities.files,
    failovers: mergeEpisodes(
      stories.flatMap(story => story.episodes),
      identities,
    ),
    syncs: stories.flatMap((story, index) => {
      const replica = identities.files[index]?.address ?? story.file;
      return story.syncs.map(sync => ({ replica, ...sync }));
    }),
  };
}
