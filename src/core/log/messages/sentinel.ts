import type { MessageSpec } from './messageSpec';

/** Messages about sentinel. */
export const sentinelMessages: readonly MessageSpec[] = [
  {
    id: 'sentinel-id',
    source: 'sentinel.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['Sentinel ID is {id}', 'Sentinel runid is {id}'],
  },
  {
    id: 'waitpid-returned-pid-we-cant-find-our',
    source: 'sentinel.c',
    versions: '2.8.24-, valkey all',
    wordings: [
      "waitpid() returned a pid ({number:int}) we can't find in our scripts execution queue!",
      "wait3() returned a pid ({number:int}) we can't find in our scripts execution queue!",
    ],
  },
  {
    id: 'warning-sentinel-was-not-able-save-new',
    source: 'sentinel.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['WARNING: Sentinel was not able to save the new configuration on disk!!!: {error}'],
  },
  {
    id: 'executing-user-requested-failover',
    source: 'sentinel.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ["Executing user requested FAILOVER of '{masterName}'"],
  },
  {
    id: 'voted',
    source: 'sentinel.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['{voter:word} voted for {candidate:word} {epoch:int}'],
  },
  {
    id: 'next-failover-delay-i-will-not-start',
    source: 'sentinel.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['Next failover delay: I will not start a failover before {text}'],
  },
  {
    id: 'failure-simulation-sentinel-will-crash-after-being',
    source: 'sentinel.c',
    versions: '3.2.13-, valkey all, windows 5.0.14',
    wordings: [
      'Failure simulation: this Sentinel will crash after being successfully elected as failover leader',
    ],
  },
  {
    id: 'failure-simulation-sentinel-will-crash-after-promoting',
    source: 'sentinel.c',
    versions: '3.2.13-, valkey all, windows 5.0.14',
    wordings: [
      'Failure simulation: this Sentinel will crash after promoting the selected replica to master',
      'Failure simulation: this Sentinel will crash after promoting the selected slave to master',
    ],
  },
  {
    id: 'sentinel-crash-because-sentinel-simulate-failure',
    source: 'sentinel.c',
    versions: '3.2.13-, valkey all, windows 5.0.14',
    wordings: ['Sentinel CRASH because of SENTINEL simulate-failure'],
  },
  {
    id: 'failed-resolve-hostname',
    source: 'sentinel.c',
    versions: '6.2.16-, valkey all',
    wordings: ["Failed to resolve hostname '{text}'"],
  },
  {
    id: 'sentinel-new-configuration-saved-disk',
    source: 'sentinel.c',
    versions: '7.0.15-, valkey all',
    wordings: ['Sentinel new configuration saved on disk'],
  },
  {
    id: 'writing-socket',
    source: 'sentinel.c',
    versions: 'windows all',
    wordings: ['Writing to socket {text} ({number:int})'],
  },
];
