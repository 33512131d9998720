import * as l10n from '@vscode/l10n';
import { momentOf } from '../log/lineTime';
import type { Failover, Outcome, PhaseName } from '../story/failover';
import type { Report } from '../story/report';
import { failoverDifferences, type FailoverDifference } from './failoverDifferences';
import { failoverSentence } from './failoverSentence';
import { choiceWord, comparedPhaseWord, leaderText, outcomeWord, votesText } from './failoverWords';
import { addressText } from './storyNames';

/** A failover with the report that tells it. */
export interface ToldFailover {
  readonly failover: Failover;
  readonly report: Report;
  /** The settings it ran with, where somebody knows them: logs do not tell. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** `waiting`: from the agreement until the leader asks for votes, which no phase covers. */
export type ComparedPhaseName = PhaseName | 'waiting';

/** In milliseconds since the first sign: the first +sdown or, on request, the request. */
export interface PhaseSpan {
  readonly from: number;
  readonly to: number;
}

/** A phase of two failovers; undefined: one of them did not come so far, or its logs do not tell. */
export interface ComparedPhase {
  readonly name: ComparedPhaseName;
  readonly label: string;
  readonly first: PhaseSpan | undefined;
  readonly second: PhaseSpan | undefined;
  /** How much longer the second one took, in milliseconds. */
  readonly difference: number | undefined;
}

/** A fact of both failovers, in words. */
export interface ComparedFact {
  readonly label: string;
  readonly first: string;
  readonly second: string;
}

/** Two failovers beside each other, from the same moment on. */
export interface FailoverComparison {
  /** Each in one sentence. */
  readonly sentences: readonly [string, string];
  readonly outcomes: readonly [Outcome, Outcome];
  /** From the first sign to the last switch, or until it was given up. */
  readonly totals: readonly [number | null, number | null];
  readonly phases: readonly ComparedPhase[];
  readonly facts: readonly ComparedFact[];
  /** What differs, in words: the most important first; never empty. */
  readonly differences: readonly FailoverDifference[];
}

/** In the order in which they follow each other. */
const phaseOrder: readonly ComparedPhaseName[] = [
  'detection',
  'agreement',
  'waiting',
  'election',
  'promotion',
  'reconfiguration',
  'completion',
];

/** Both begin at their first +sdown. They can be of the same report. */
export function failoverComparison(first: ToldFailover, second: ToldFailover): FailoverComparison {
  const phases = comparedPhases(spansOf(first.failover), spansOf(second.failover));
  return {
    sentences: [
      failoverSentence(first.failover, first.report),
      failoverSentence(second.failover, second.report),
    ],
    outcomes: [first.failover.outcome, second.failover.outcome],
    totals: [first.failover.durationMs, second.failover.durationMs],
    phases,
    facts: factsOf(first, second),
    differences: failoverDifferences(first, second, phases),
  };
}

type Spans = ReadonlyMap<ComparedPhaseName, PhaseSpan>;

function spansOf({ phases, startedAt, observers, forced }: Failover): Spans {
  const near = startedAt === null ? undefined : momentOf(startedAt);
  const notices = forced
    ? []
    : observers.flatMap(({ sdownAt }) => (sdownAt === null ? [] : (momentOf(sdownAt, near) ?? [])));
  const zero = notices.length > 0 ? Math.min(...notices) : near;
  if (zero === undefined) return new Map();
  const spans = new Map<ComparedPhaseName, PhaseSpan>();
  for (const { name, startedAt: begin, ms } of phases) {
    const from = momentOf(begin, zero);
    if (from !== undefined) spans.set(name, { from: from - zero, to: from - zero + ms });
  }
  const agreed = spans.get('agreement')?.to;
  const asked = spans.get('election')?.from;
  if (agreed !== undefined && asked !== undefined)
    spans.set('waiting', { from: agreed, to: Math.max(agreed, asked) });
  return spans;
}

function comparedPhases(first: Spans, second: Spans): readonly ComparedPhase[] {
  return phaseOrder.flatMap(name => {
    const [a, b] = [first.get(name), second.get(name)];
    if (!a && !b) return [];
    // Usually the leader asks for votes at once.
    if (name === 'waiting' && ![a, b].some(span => span && lengthOf(span) > 0)) return [];
    const difference = a && b ? lengthOf(b) - lengthOf(a) : undefined;
    return [{ name, label: comparedPhaseWord(name), first: a, second: b, difference }];
  });
}

/** In milliseconds. */
export function lengthOf({ from, to }: PhaseSpan): number {
  return to - from;
}

function factsOf(first: ToldFailover, second: ToldFailover): readonly ComparedFact[] {
  const fact = (label: string, say: (told: ToldFailover) => string): ComparedFact => ({
    label,
    first: say(first),
    second: say(second),
  });
  const names = [...new Set([first, second].flatMap(({ settings }) => Object.keys(settings ?? {})))];
  return [
    fact(l10n.t('Outcome'), ({ failover }) => outcomeWord(failover.outcome)),
    fact(l10n.t('Begun by'), ({ failover }) =>
      failover.forced
        ? l10n.t('a request (SENTINEL FAILOVER)')
        : l10n.t('Sentinels that took the master for down'),
    ),
    fact(l10n.t('Old master'), ({ failover }) => addressText(failover.from)),
    fact(l10n.t('Chosen replica'), ({ failover }) => addressText(failover.to ?? failover.selected)),
    fact(l10n.t('Chosen because'), ({ failover }) => choiceWord(failover)),
    fact(l10n.t('Epoch'), ({ failover }) => String(failover.epoch ?? '?')),
    fact(l10n.t('Leader'), leaderText),
    fact(l10n.t('Votes'), votesText),
    ...names.map(name => ({
      label: `\`${name}\``,
      first: first.settings?.[name] ?? '–',
      second: second.settings?.[name] ?? '–',
    })),
  ];
}
