import * as l10n from '@vscode/l10n';
import type { Failover, Outcome } from '../story/failover';
import type { ComparedPhaseName, ToldFailover } from './failoverComparison';
import { phaseOwner, phaseWord } from './phaseWords';
import { leaderName, sentinelName } from './storyNames';

/** How a failover ended, in a few words. */
export function outcomeWord(outcome: Outcome): string {
  switch (outcome) {
    case 'succeeded':
      return l10n.t('succeeded');
    case 'aborted-not-elected':
      return l10n.t('given up: no Sentinel was elected');
    case 'aborted-no-good-slave':
      return l10n.t('given up: no replica was fit for promotion');
    case 'aborted-slave-timeout':
      return l10n.t('given up: the chosen replica did not become a master in time');
    case 'aborted-master-timeout':
      return l10n.t('given up: the master could not hand over in time');
    case 'unfinished':
      return l10n.t('the logs do not tell its end');
  }
}

/** The phase as a word for people. */
export function comparedPhaseWord(name: ComparedPhaseName): string {
  return name === 'waiting' ? l10n.t('Wait for the attempt') : phaseWord(name);
}

/** The setting, or the rule, that owns the length of a phase. */
export function comparedPhaseOwner(name: ComparedPhaseName): string {
  // sentinel.c: sentinelStartFailoverIfNeeded (twice failover-timeout), SENTINEL_MAX_DESYNC (1 s).
  return name === 'waiting'
    ? l10n.t('the next beat of the leader, or twice `failover-timeout` since the last attempt or vote')
    : phaseOwner(name);
}

/** Why the replica was chosen, in a few words. */
export function choiceWord({ choice }: Failover): string {
  if (!choice) return '–';
  switch (choice.reason) {
    case 'only-one':
      return l10n.t('no other replica was up');
    case 'offset':
      return l10n.t('it had the most data');
    case 'same-offset':
      return l10n.t('all had the same data: priority or run id decided');
    case 'priority':
      return l10n.t('its `replica-priority` was lower');
    case null:
      return l10n.t('the logs do not tell');
  }
}

export function leaderText({ failover, report }: ToldFailover): string {
  return failover.leader ? leaderName(failover, report) : l10n.t('none');
}

/** `sentinel-26379: 2, sentinel-26380: 1`. */
export function votesText({ failover, report }: ToldFailover): string {
  const counts = new Map<string, number>();
  for (const { candidate } of failover.votes) counts.set(candidate, (counts.get(candidate) ?? 0) + 1);
  if (counts.size === 0) return failover.forced ? l10n.t('not needed') : l10n.t('the logs do not tell');
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([candidate, count]) => `${sentinelName(candidate, report)}: ${count}`)
    .join(', ');
}
