import type { Recognition } from '../log/logRecord';
import {
  episodeMessageIds,
  identityMessageIds,
  offsetMessageIds,
  roleMessageIds,
  syncMessageIds,
} from './storyMessages';

/** A message that takes part in the story, and who has to read it: worked out once, however often it is said. */
export interface Meaning {
  readonly said: Recognition;
  readonly isEvent: boolean;
  readonly forIdentity: boolean;
  readonly forEpisodes: boolean;
  readonly forSyncs: boolean;
  readonly forRoles: boolean;
  readonly forOffsets: boolean;
}

/** Undefined for what says nothing that matters to the story. */
export function meaningOf(said: Recognition | undefined): Meaning | undefined {
  if (!said) return undefined;
  const isEvent = said.event !== undefined;
  if (isEvent && said.weight === 'detail') return undefined;
  const { id } = said;
  return {
    said,
    isEvent,
    forIdentity: isEvent || identityMessageIds.has(id),
    forEpisodes: isEvent || episodeMessageIds.has(id),
    forSyncs: !isEvent && syncMessageIds.has(id),
    forRoles: !isEvent && roleMessageIds.has(id),
    forOffsets: !isEvent && offsetMessageIds.has(id),
  };
}
