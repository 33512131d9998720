import * as l10n from '@vscode/l10n';
import type { PredictedPhaseName } from '../drill/predictedPhases';
import type { AbsentReason, FailoverPrediction } from '../drill/prediction';
import type { SelectionCheck, Verdict } from '../drill/selection';
import { phaseWord } from './phaseWords';

/** A prediction in words, one sentence each, for lists and reports. */
export interface PredictionText {
  /** What will happen, and why. */
  readonly outcome: readonly string[];
  /** Why each other replica is not promoted. */
  readonly others: readonly string[];
  /** Who agrees and votes, and who does not. */
  readonly votes: readonly string[];
  /** How long each phase takes, and what decides it. */
  readonly phases: readonly string[];
}

export function predictionText(prediction: FailoverPrediction): PredictionText {
  return {
    outcome: outcomeLines(prediction),
    others: otherLines(prediction),
    votes: voteLines(prediction),
    phases: phaseLines(prediction),
  };
}

/** Who is not chosen is of interest only where somebody chooses. */
function otherLines(prediction: FailoverPrediction): readonly string[] {
  if (prediction.outcome !== 'promotes' && prediction.outcome !== 'no-good-replica') return [];
  return [
    ...prediction.selection.verdicts.flatMap(verdict => verdictText(verdict, prediction) ?? []),
    ...prediction.unknown.map(name => l10n.t('{0}: no Sentinel knows it', name)),
  ];
}

function outcomeLines({
  outcome,
  promoted,
  rivals,
  selection,
  retryMs,
}: FailoverPrediction): readonly string[] {
  const retry = seconds(retryMs ?? 0);
  switch (outcome) {
    case 'promotes':
      return [
        l10n.t('{0} will be promoted.', promoted ?? ''),
        choiceText(selection),
        ...(rivals.length > 0
          ? [
              l10n.t(
                'It may also be {0}: what is written until then, or which Sentinel leads, can decide.',
                rivals.join(', '),
              ),
            ]
          : []),
      ];
    case 'no-master':
      return [l10n.t('No node is master now: there is nothing to fail over.')];
    case 'no-sentinels':
      return [l10n.t('No Sentinel watches the master: nothing happens until it is back.')];
    case 'no-quorum':
      return [
        l10n.t(
          'No failover: too few Sentinels can agree that the master is down. They log +sdown, never +odown.',
        ),
      ];
    case 'no-majority':
      return [
        l10n.t(
          'No failover: a Sentinel tries and is not elected (-failover-abort-not-elected). It tries again after {0} s.',
          retry,
        ),
      ];
    case 'no-good-replica':
      return [
        l10n.t(
          'No failover: no replica can be promoted (-failover-abort-no-good-slave). The next attempt comes after {0} s.',
          retry,
        ),
      ];
  }
}

function choiceText({ basis, chosen }: FailoverPrediction['selection']): string {
  switch (basis) {
    case 'priority':
      return l10n.t('It has the lowest priority number ({0}), which counts first.', chosen?.priority ?? 0);
    case 'offset':
      return l10n.t(
        'Among those of the lowest priority number it has the most data (offset {0}).',
        chosen?.offset ?? 0,
      );
    case 'run-id':
      return l10n.t('Priority and offset are the same, so the smallest run id decides.');
    case 'only-one':
    case undefined:
      return l10n.t('It is the only replica that can be promoted.');
  }
}

function verdictText(
  { candidate, leftOut, beatenBy }: Verdict,
  { selection: { chosen } }: FailoverPrediction,
): string | undefined {
  const { name } = candidate;
  if (leftOut) return checkText(leftOut, name);
  switch (beatenBy) {
    case 'priority':
      return l10n.t('{0}: higher priority number ({1})', name, candidate.priority);
    case 'offset':
      return l10n.t('{0}: less data ({1} bytes less)', name, (chosen?.offset ?? 0) - candidate.offset);
    case 'run-id':
      return l10n.t('{0}: same priority and data, larger run id', name);
    case undefined:
      return undefined;
  }
}

function checkText(check: SelectionCheck, name: string): string {
  switch (check) {
    case 'down':
      return l10n.t('{0}: counts as down', name);
    case 'disconnected':
      return l10n.t('{0}: the Sentinel has no connection to it', name);
    case 'silent':
      return l10n.t('{0}: no valid reply to PING for more than 5 s', name);
    case 'priority-0':
      return l10n.t('{0}: replica-priority 0 means never', name);
    case 'info-old':
      return l10n.t('{0}: no reply to INFO for too long', name);
    case 'link-down':
      return l10n.t('{0}: its link was down for more than 10 × down-after-milliseconds', name);
  }
}

function voteLines(prediction: FailoverPrediction): readonly string[] {
  const { cause, voters, agreeing, quorum, voting, majority } = prediction;
  if (voters.length === 0) return [];
  const absent = voters.flatMap(({ name, reason }) => (reason ? [absenceText(reason, name)] : []));
  if (cause === 'request')
    return [l10n.t('On request nobody votes: the Sentinel that is asked does it.'), ...absent];
  return [
    l10n.t(
      '{0} of {1} Sentinels can say that the master is down; the quorum is {2}.',
      agreeing,
      voters.length,
      quorum,
    ),
    l10n.t('{0} of {1} can vote; the majority is {2}.', voting, voters.length, majority),
    ...absent,
  ];
}

function absenceText(reason: AbsentReason, name: string): string {
  switch (reason) {
    case 'not-running':
      return l10n.t('{0}: does not run', name);
    case 'frozen':
      return l10n.t('{0}: is frozen', name);
    case 'silent':
      return l10n.t('{0}: does not answer', name);
    case 'other-master':
      return l10n.t('{0}: does not watch this master', name);
    case 'tilt':
      return l10n.t('{0}: is in TILT, votes but takes nobody for down', name);
  }
}

function phaseLines({ phases, outage }: FailoverPrediction): readonly string[] {
  return [
    ...phases.map(({ name, minMs, maxMs, owner }) =>
      l10n.t('{0}: {1} s ({2})', predictedPhaseWord(name), range(minMs, maxMs), owner),
    ),
    ...(outage ? [l10n.t('Expected outage: {0} s', range(outage.minMs, outage.maxMs))] : []),
  ];
}

/** The phase as a word for people. */
export function predictedPhaseWord(name: PredictedPhaseName): string {
  switch (name) {
    case 'delay':
      return l10n.t('Delay after a failed attempt');
    case 'discovery':
      return l10n.t('Discovery by clients');
    case 'conversion':
      return l10n.t('Old master still a master');
    default:
      return phaseWord(name);
  }
}

function range(minMs: number, maxMs: number): string {
  return minMs === maxMs ? seconds(minMs) : `${seconds(minMs)}–${seconds(maxMs)}`;
}

/** Tenths are as exact as Sentinel's timer is. */
function seconds(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}
