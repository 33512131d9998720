import { configurationMessages } from './messages/configuration';
import { memoryOsMessages } from './messages/memoryOs';
import type { MessageSpec } from './messages/messageSpec';
import { otherMessages } from './messages/other';
import { persistenceMessages } from './messages/persistence';
import { replicationMessages } from './messages/replication';
import { sentinelMessages } from './messages/sentinel';
import { startupShutdownMessages } from './messages/startupShutdown';

/** Every message that is not a Sentinel event. */
export const allMessages: readonly MessageSpec[] = [
  ...replicationMessages,
  ...sentinelMessages,
  ...persistenceMessages,
  ...startupShutdownMessages,
  ...configurationMessages,
  ...memoryOsMessages,
  ...otherMessages,
];
