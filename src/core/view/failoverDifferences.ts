import * as l10n from '@vscode/l10n';
import type { ComparedPhase, ComparedPhaseName, ToldFailover } from './failoverComparison';
import { choiceWord, comparedPhaseOwner, leaderText, outcomeWord, votesText } from './failoverWords';
import { addressText, durationText } from './storyNames';

/** One thing in which two failovers differ. Words in backticks are directives. */
export interface FailoverDifference {
  readonly id:
    | 'outcome'
    | 'forced'
    | 'total'
    | ComparedPhaseName
    | 'only-first'
    | 'only-second'
    | 'replica'
    | 'choice'
    | 'leader'
    | 'epoch'
    | 'votes'
    | 'voters'
    | 'timeout'
    | 'settings'
    | 'other-lab'
    | 'alike';
  readonly text: string;
}

/** Less than this, in milliseconds, is chance: timers of Sentinels run once in 100 ms. So is, of long times, less than this share. */
const smallest = 50;
const smallestShare = 0.2;
/** Half a second is felt, whatever share it is. */
const felt = 500;

/** What differs, the most important first. Names of nodes are compared where both are of the same nodes. */
export function failoverDifferences(
  first: ToldFailover,
  second: ToldFailover,
  phases: readonly ComparedPhase[],
): readonly FailoverDifference[] {
  const isSameLab = sharesNodes(first, second);
  const found = [
    ...outcome(first, second),
    ...forced(first, second),
    ...total(first, second),
    ...phases
      .toSorted((a, b) => Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0))
      .flatMap(phaseDifference),
    ...missingPhases(phases),
    ...choice(first, second),
    ...(isSameLab ? [...replica(first, second), ...leader(first, second), ...epoch(first, second)] : []),
    ...votes(first, second),
    ...timeout(first, second),
    ...settings(first, second),
  ];
  const all = found.length > 0 ? found : [alike()];
  return isSameLab ? all : [...all, otherLab()];
}

function sharesNodes(first: ToldFailover, second: ToldFailover): boolean {
  const addresses = ({ failover, report }: ToldFailover): ReadonlySet<string> =>
    new Set([addressText(failover.from), ...report.dataNodes.map(({ address }) => address)]);
  const known = addresses(second);
  return [...addresses(first)].some(address => address !== '?' && known.has(address));
}

function outcome({ failover: a }: ToldFailover, { failover: b }: ToldFailover): FailoverDifference[] {
  if (a.outcome === b.outcome) return [];
  const text = l10n.t(
    'They ended differently. The first: {0}. The second: {1}.',
    outcomeWord(a.outcome),
    outcomeWord(b.outcome),
  );
  return [{ id: 'outcome', text }];
}

function forced({ failover: a }: ToldFailover, { failover: b }: ToldFailover): FailoverDifference[] {
  if (a.forced === b.forced) return [];
  const text = a.forced
    ? l10n.t(
        'Only the first was asked for (SENTINEL FAILOVER): there nobody had to notice anything, to agree or to vote.',
      )
    : l10n.t(
        'Only the second was asked for (SENTINEL FAILOVER): there nobody had to notice anything, to agree or to vote.',
      );
  return [{ id: 'forced', text }];
}

function total({ failover: a }: ToldFailover, { failover: b }: ToldFailover): FailoverDifference[] {
  const [before, after] = [a.durationMs, b.durationMs];
  if (before === null || after === null || !isNoteworthy(before, after)) return [];
  const times = [durationText(Math.abs(after - before)), durationText(after), durationText(before)] as const;
  const text =
    after > before
      ? l10n.t('The second took {0} longer in all: {1} instead of {2}.', ...times)
      : l10n.t('The second took {0} less in all: {1} instead of {2}.', ...times);
  return [{ id: 'total', text }];
}

function isNoteworthy(a: number, b: number): boolean {
  const difference = Math.abs(a - b);
  return difference >= felt || (difference >= smallest && difference >= Math.max(a, b) * smallestShare);
}

function phaseDifference({ name, label, first, second }: ComparedPhase): FailoverDifference[] {
  if (!first || !second) return [];
  const [a, b] = [first.to - first.from, second.to - second.from];
  if (!isNoteworthy(a, b)) return [];
  const values = [
    label,
    durationText(Math.abs(b - a)),
    durationText(b),
    durationText(a),
    comparedPhaseOwner(name),
  ] as const;
  const text =
    b > a
      ? l10n.t('{0}: {1} longer in the second ({2} instead of {3}). Decided by: {4}.', ...values)
      : l10n.t('{0}: {1} shorter in the second ({2} instead of {3}). Decided by: {4}.', ...values);
  return [{ id: name, text }];
}

function missingPhases(phases: readonly ComparedPhase[]): FailoverDifference[] {
  const labels = (of: readonly ComparedPhase[]): string => of.map(({ label }) => label).join(', ');
  // A wait of no length is none.
  const real = phases.filter(({ name }) => name !== 'waiting');
  const onlyFirst = real.filter(({ second }) => !second);
  const onlySecond = real.filter(({ first }) => !first);
  return [
    ...(onlyFirst.length === 0
      ? []
      : [{ id: 'only-first', text: l10n.t('Only the first has: {0}.', labels(onlyFirst)) } as const]),
    ...(onlySecond.length === 0
      ? []
      : [{ id: 'only-second', text: l10n.t('Only the second has: {0}.', labels(onlySecond)) } as const]),
  ];
}

function choice({ failover: a }: ToldFailover, { failover: b }: ToldFailover): FailoverDifference[] {
  const [before, after] = [a.choice?.reason, b.choice?.reason];
  // What the logs do not tell may have been the same.
  if (!before || !after || before === after) return [];
  const text = l10n.t(
    'The replica was chosen for another reason. In the first: {0}. In the second: {1}.',
    choiceWord(a),
    choiceWord(b),
  );
  return [{ id: 'choice', text }];
}

function replica({ failover: a }: ToldFailover, { failover: b }: ToldFailover): FailoverDifference[] {
  const [before, after] = [a.to ?? a.selected, b.to ?? b.selected];
  if (!before || !after || addressText(before) === addressText(after)) return [];
  const text = l10n.t(
    'Another replica was chosen: {0} in the first, {1} in the second.',
    addressText(before),
    addressText(after),
  );
  return [{ id: 'replica', text }];
}

function leader(first: ToldFailover, second: ToldFailover): FailoverDifference[] {
  const [before, after] = [leaderText(first), leaderText(second)];
  if (before === after) return [];
  return [
    {
      id: 'leader',
      text: l10n.t('The leader was another one: {0} in the first, {1} in the second.', before, after),
    },
  ];
}

function epoch({ failover: a }: ToldFailover, { failover: b }: ToldFailover): FailoverDifference[] {
  if (a.epoch === null || b.epoch === null || a.epoch === b.epoch) return [];
  const text = l10n.t('The epoch was {0}, then {1}: each attempt takes a new one.', a.epoch, b.epoch);
  return [{ id: 'epoch', text }];
}

function votes(first: ToldFailover, second: ToldFailover): FailoverDifference[] {
  const [before, after] = [first.failover.votes, second.failover.votes];
  if (before.length === 0 || after.length === 0) return [];
  const wasSplit = isDivided(first);
  if (wasSplit !== isDivided(second)) {
    const values = [votesText(first), votesText(second)] as const;
    const text = wasSplit
      ? l10n.t(
          'Only in the first were the votes divided (in the first {0}; in the second {1}): several Sentinels asked at once.',
          ...values,
        )
      : l10n.t(
          'Only in the second were the votes divided (in the first {0}; in the second {1}): several Sentinels asked at once.',
          ...values,
        );
    return [{ id: 'votes', text }];
  }
  const count = (of: typeof before): number => new Set(of.map(({ voter }) => voter)).size;
  if (count(before) === count(after) || first.failover.forced !== second.failover.forced) return [];
  const text = l10n.t(
    'Sentinels that voted: {0} in the first, {1} in the second.',
    count(before),
    count(after),
  );
  return [{ id: 'voters', text }];
}

/** Not all votes went to one Sentinel. */
function isDivided({ failover }: ToldFailover): boolean {
  return new Set(failover.votes.map(({ candidate }) => candidate)).size > 1;
}

function timeout({ failover: a }: ToldFailover, { failover: b }: ToldFailover): FailoverDifference[] {
  if (a.endedByTimeout === b.endedByTimeout) return [];
  const text = a.endedByTimeout
    ? l10n.t('Only the first did not wait for its slowest replica any longer: `failover-timeout` was over.')
    : l10n.t('Only the second did not wait for its slowest replica any longer: `failover-timeout` was over.');
  return [{ id: 'timeout', text }];
}

function settings({ settings: a }: ToldFailover, { settings: b }: ToldFailover): FailoverDifference[] {
  if (!a || !b) return [];
  const changed = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(name => a[name] !== b[name]);
  if (changed.length === 0) return [];
  const list = changed.map(name => `\`${name}\` ${a[name] ?? '–'} → ${b[name] ?? '–'}`).join(', ');
  return [{ id: 'settings', text: l10n.t('Other settings: {0}.', list) }];
}

function alike(): FailoverDifference {
  return { id: 'alike', text: l10n.t('They went alike: no phase took noticeably longer in one of them.') };
}

function otherLab(): FailoverDifference {
  return {
    id: 'other-lab',
    text: l10n.t('They are of different nodes, so that other names and epochs mean nothing.'),
  };
}
