import * as l10n from '@vscode/l10n';
import type { Failover } from '../story/failover';
import type { Report } from '../story/report';
import { addressText, durationText, writerName } from './storyNames';

/** What looks bad in the logs of this failover and is not. */
export function benignNotes(failover: Failover, report: Report): readonly string[] {
  const names = (files: readonly string[]): string => files.map(file => writerName(file, report)).join(', ');
  const delayed = failover.observers
    .filter(observer => observer.announcedDelay)
    .map(observer => observer.file);
  const late = failover.observers.filter(
    ({ odownAt }) => odownAt !== null && isAfterElection(odownAt, failover),
  );
  const notes: string[] = [];
  if (failover.tried.length > 1)
    notes.push(
      l10n.t(
        '{0} tried at the same time. Each voted for itself first; one majority is enough, and the others follow.',
        names(failover.tried),
      ),
    );
  if (delayed.length > 0)
    notes.push(
      l10n.t(
        '{0} wrote "Next failover delay": after a vote a Sentinel does not try by itself for a while. It means nothing more.',
        names(delayed),
      ),
    );
  if (late.length > 0)
    notes.push(
      l10n.t(
        '{0} saw +odown only after the vote. A vote does not need it: agreement is asked for once a second.',
        names(late.map(({ file }) => file)),
      ),
    );
  if (failover.oldMaster?.downAt != null)
    notes.push(
      l10n.t(
        '+sdown of {0} after the switch: the old master is now watched as a replica, and it is still down.',
        addressText(failover.from),
      ),
    );
  if (failover.forced)
    notes.push(
      l10n.t('There is no +sdown and no +odown, and no majority is needed: SENTINEL FAILOVER asks nobody.'),
    );
  return notes;
}

function isAfterElection(time: string, { phases }: Failover): boolean {
  const election = phases.find(phase => phase.name === 'election');
  return election !== undefined && time > election.endedAt;
}

/** Why no replica was fit, as far as the leader's log tells it. */
function noGoodReplica({ candidates }: Failover): string {
  if (candidates?.length === 0)
    return l10n.t(
      'The leader knew of no replica. It asks the master for them: look whether `sentinel auth-pass` fits and whether the master has replicas at all.',
    );
  if (candidates?.every(candidate => candidate.isDown) === true)
    return l10n.t(
      'Bring a replica back: {0} did not answer.',
      candidates.map(candidate => candidate.address).join(', '),
    );
  return l10n.t(
    'Bring a replica back. It must be up, have been in touch with its master not too long ago, and `replica-priority` must not be 0.',
  );
}

/** A phase that takes longer than this, in milliseconds, is worth a word. */
const longElection = 2_000;
const longReconfiguration = 10_000;

/** What to change or to look at; empty where nothing is to be done. */
export function adviceNotes(failover: Failover, report: Report): readonly string[] {
  const notes: string[] = [];
  const took = (name: string): number => failover.phases.find(phase => phase.name === name)?.ms ?? 0;
  switch (failover.outcome) {
    case 'aborted-not-elected':
      notes.push(
        l10n.t(
          'Start the Sentinels that are missing: a leader needs the votes of more than half of all known Sentinels, and at least `quorum`. `SENTINEL CKQUORUM {0}` tells whether there are enough.',
          failover.masterName,
        ),
      );
      break;
    case 'aborted-no-good-slave':
      notes.push(noGoodReplica(failover));
      break;
    case 'aborted-slave-timeout':
      notes.push(
        l10n.t(
          'Look at {0}: it did not turn into a master within `failover-timeout`. Was it reachable, was it busy with a slow command?',
          addressText(failover.selected),
        ),
      );
      break;
    case 'aborted-master-timeout':
      notes.push(
        l10n.t(
          'Use `SENTINEL FAILOVER {0}` without COORDINATED when the master cannot be reached.',
          failover.masterName,
        ),
      );
      break;
    case 'unfinished':
      notes.push(
        l10n.t('Add the logs of the other Sentinels, and what they wrote later: the end is told there.'),
      );
      break;
    case 'succeeded':
  }
  if (failover.choice?.reason === 'only-one' && failover.outcome === 'succeeded')
    notes.push(
      l10n.t('There was only one replica to choose. With two, one can fail and there is still one left.'),
    );
  if (took('election') > longElection)
    notes.push(
      l10n.t(
        'The election took {0}. Sentinels that do not answer cost time: start them, or remove them with SENTINEL RESET.',
        durationText(took('election')),
      ),
    );
  if (failover.endedByTimeout)
    notes.push(
      l10n.t(
        'A replica did not follow the new master within `failover-timeout`. Look at its log, or give it more time.',
      ),
    );
  else if (took('reconfiguration') > longReconfiguration)
    notes.push(
      l10n.t(
        'The replicas took {0} to follow. A larger `repl-backlog-size` saves full syncs; a higher `parallel-syncs` moves more of them at once.',
        durationText(took('reconfiguration')),
      ),
    );
  if (
    failover.outcome === 'succeeded' &&
    failover.oldMaster?.downAt != null &&
    failover.oldMaster.backAt === null
  )
    notes.push(
      l10n.t(
        'Start {0} again: it comes back as a replica of {1} by itself. Until then there is one replica fewer.',
        addressText(failover.from),
        addressText(failover.to),
      ),
    );
  const full = report.syncs.filter(
    sync => sync.kind === 'full' && sync.whyFull === 'backlog' && sync.master === addressText(failover.to),
  );
  if (full.length > 0)
    notes.push(
      l10n.t(
        'What {0} had missed was not in the backlog any more, so all data was sent again. Raise `repl-backlog-size`.',
        [...new Set(full.map(sync => sync.replica))].join(', '),
      ),
    );
  return notes;
}
