import type { MessageSpec } from './messageSpec';

/** Messages about sentinel. */
export const sentinelMessages: readonly MessageSpec[] = [
  {
    id: 'sentinel-id',
    source: 'sentinel.c, sentinelIsRunning()',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['Sentinel ID is {id:word}', 'Sentinel runid is {id:word}'],
  },
  {
    id: 'waitpid-returned-pid-we-cant-find-our',
    source: 'sentinel.c, sentinelCollectTerminatedScripts()',
    versions: '2.8.24-, valkey all',
    wordings: [
      "waitpid() returned a pid ({pid:int}) we can't find in our scripts execution queue!",
      "wait3() returned a pid ({pid:int}) we can't find in our scripts execution queue!",
    ],
    weight: 'detail',
  },
  {
    id: 'warning-sentinel-was-not-able-save-new',
    source: 'sentinel.c, sentinelFlushConfig()',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['WARNING: Sentinel was not able to save the new configuration on disk!!!: {error}'],
    weight: 'problem',
  },
  {
    id: 'executing-user-requested-failover',
    source: 'sentinel.c, sentinelCommand()',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ["Executing user requested FAILOVER of '{masterName}'"],
    weight: 'noteworthy',
  },
  {
    id: 'voted',
    source: 'sentinel.c, sentinelReceiveIsMasterDownReply()',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['{voter:word} voted for {candidate:word} {epoch:int}'],
  },
  {
    id: 'next-failover-delay-i-will-not-start',
    source: 'sentinel.c, sentinelStartFailoverIfNeeded()',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['Next failover delay: I will not start a failover before {delayUntil}'],
  },
  {
    id: 'failure-simulation-sentinel-will-crash-after-being',
    source: 'sentinel.c, sentinelCommand()',
    versions: '3.2.13-, valkey all, windows 5.0.14',
    wordings: [
      'Failure simulation: this Sentinel will crash after being successfully elected as failover leader',
    ],
    weight: 'noteworthy',
  },
  {
    id: 'failure-simulation-sentinel-will-crash-after-promoting',
    source: 'sentinel.c, sentinelCommand()',
    versions: '3.2.13-, valkey all, windows 5.0.14',
    wordings: [
      'Failure simulation: this Sentinel will crash after promoting the selected replica to master',
      'Failure simulation: this Sentinel will crash after promoting the selected slave to master',
    ],
    weight: 'noteworthy',
  },
  {
    id: 'sentinel-crash-because-sentinel-simulate-failure',
    source: 'sentinel.c, sentinelSimFailureCrash()',
    versions: '3.2.13-, valkey all, windows 5.0.14',
    wordings: ['Sentinel CRASH because of SENTINEL simulate-failure'],
    weight: 'noteworthy',
  },
  {
    id: 'failed-resolve-hostname',
    source: 'sentinel.c, createSentinelAddr()',
    versions: '6.2.16-, valkey all',
    wordings: ["Failed to resolve hostname '{host}'"],
    weight: 'problem',
  },
  {
    id: 'sentinel-new-configuration-saved-disk',
    source: 'sentinel.c, sentinelFlushConfig()',
    versions: '7.0.15-, valkey all',
    wordings: ['Sentinel new configuration saved on disk'],
    weight: 'detail',
  },
  {
    id: 'writing-socket',
    source: 'sentinel.c',
    versions: 'windows all',
    wordings: ['Writing to socket {error} ({errorCode:int})'],
    weight: 'detail',
  },
];
