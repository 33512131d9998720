import * as l10n from '@vscode/l10n';
import type { Failover } from '../story/failover';
import type { Report } from '../story/report';
import { addressText, durationText, leaderName } from './storyNames';

/** The whole failover in one sentence. */
export function failoverSentence(failover: Failover, report: Report): string {
  const { masterName } = failover;
  const epoch = failover.epoch ?? '?';
  const from = addressText(failover.from);
  const leader = leaderName(failover, report);
  const took = failover.durationMs === null ? '?' : durationText(failover.durationMs);
  switch (failover.outcome) {
    case 'succeeded': {
      const values = [masterName, from, addressText(failover.to), took, epoch, leader] as const;
      return failover.forced
        ? l10n.t('{0} was moved on request from {1} to {2} in {3} (epoch {4}, leader {5}).', ...values)
        : l10n.t('{0} moved from {1} to {2} in {3} (epoch {4}, leader {5}).', ...values);
    }
    case 'aborted-not-elected':
      if (isSplit(failover))
        return l10n.t(
          '{0} stayed at {1} for now: the votes of epoch {2} were split. The Sentinels try again after twice failover-timeout.',
          masterName,
          from,
          epoch,
        );
      return l10n.t(
        '{0} stayed at {1}: no Sentinel won the vote of epoch {2}. Too few Sentinels answered.',
        masterName,
        from,
        epoch,
      );
    case 'aborted-no-good-slave':
      return l10n.t(
        '{0} stayed at {1}: the leader {2} found no replica that is fit for promotion (epoch {3}).',
        masterName,
        from,
        leader,
        epoch,
      );
    case 'aborted-slave-timeout':
      return l10n.t(
        '{0} stayed at {1}: the chosen replica did not become a master in time (epoch {2}, leader {3}).',
        masterName,
        from,
        epoch,
        leader,
      );
    case 'aborted-master-timeout':
      return l10n.t(
        '{0} stayed at {1}: the master could not be told in time to hand over (epoch {2}, leader {3}).',
        masterName,
        from,
        epoch,
        leader,
      );
    case 'unfinished':
      return l10n.t(
        '{0}: a failover from {1} was begun in epoch {2}, and these logs do not tell its end.',
        masterName,
        from,
        epoch,
      );
  }
}

/** Several asked at the same moment, and each got only its own vote or little more: nobody is missing. */
function isSplit({ votes }: Failover): boolean {
  const candidates = new Set(votes.map(({ candidate }) => candidate));
  const voters = new Set(votes.map(({ voter }) => voter));
  return candidates.size > 1 && voters.size > 2;
}
