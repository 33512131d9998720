import type { Failover, PhaseName } from '../story/failover';
import type { PredictedOutcome } from './failoverCause';
import type { PredictedPhaseName } from './predictedPhases';
import type { FailoverPrediction } from './prediction';

/** What really happened, as the logs and the probe tell it. */
export interface MeasuredFailover {
  /** The failover that the fault led to; undefined: the logs have none. */
  readonly failover: Failover | undefined;
  /** The name of the node that was promoted. */
  readonly promoted: string | undefined;
  /** From the fault until the leader found the master down, in milliseconds. */
  readonly detectionMs: number | undefined;
  /** The longest time without an acknowledged write of the client that asks Sentinels, in milliseconds. */
  readonly outageMs: number | undefined;
}

/** A length that was foretold beside the one that was measured. */
export interface ComparedTime {
  readonly name: PredictedPhaseName | 'outage';
  /** The setting or constant that owns it; undefined for the whole. */
  readonly owner: string | undefined;
  readonly minMs: number;
  readonly maxMs: number;
  /** Undefined: not to be told from logs and probe. */
  readonly measuredMs: number | undefined;
  /** `late` on a busy machine is usual: Sentinels get their turn later. */
  readonly verdict: 'within' | 'early' | 'late' | undefined;
}

/** A prediction beside what came. */
export interface PredictionComparison {
  readonly outcome: {
    readonly predicted: PredictedOutcome;
    readonly measured: Failover['outcome'] | 'none';
    readonly isRight: boolean;
  };
  readonly promoted: {
    readonly predicted: string | undefined;
    /** What a person said before, where asked. */
    readonly guessed: string | undefined;
    readonly measured: string | undefined;
    readonly isRight: boolean;
    /** It was one of those that were said to be possible, too. */
    readonly isRival: boolean;
    readonly isGuessRight: boolean | undefined;
  };
  readonly times: readonly ComparedTime[];
}

const outcomeOf: Readonly<Record<PredictedOutcome, Failover['outcome'] | 'none'>> = {
  promotes: 'succeeded',
  'no-master': 'none',
  'no-sentinels': 'none',
  'no-quorum': 'none',
  'no-majority': 'aborted-not-elected',
  'no-good-replica': 'aborted-no-good-slave',
};

/** Puts a prediction beside what happened. `guessed` is the node that a person named before it happened. */
export function comparePrediction(
  prediction: FailoverPrediction,
  measured: MeasuredFailover,
  guessed?: string,
): PredictionComparison {
  const outcome = measured.failover?.outcome ?? 'none';
  const { promoted, rivals } = prediction;
  return {
    outcome: {
      predicted: prediction.outcome,
      measured: outcome,
      isRight: outcomeOf[prediction.outcome] === outcome,
    },
    promoted: {
      predicted: promoted,
      guessed,
      measured: measured.promoted,
      isRight: promoted === measured.promoted,
      isRival: measured.promoted !== undefined && rivals.includes(measured.promoted),
      isGuessRight: guessed === undefined ? undefined : guessed === measured.promoted,
    },
    times: [...phaseTimes(prediction, measured), ...outageTime(prediction, measured)],
  };
}

function phaseTimes({ phases }: FailoverPrediction, measured: MeasuredFailover): readonly ComparedTime[] {
  return phases.map(({ name, owner, minMs, maxMs }) =>
    compareTime({ name, owner, minMs, maxMs }, measuredPhase(name, measured)),
  );
}

function measuredPhase(name: PredictedPhaseName, measured: MeasuredFailover): number | undefined {
  const inLog = (phase: PhaseName): number | undefined =>
    measured.failover?.phases.find(candidate => candidate.name === phase)?.ms;
  switch (name) {
    case 'detection':
      return measured.detectionMs;
    case 'agreement':
    case 'election':
    case 'promotion':
    case 'reconfiguration':
      return inLog(name);
    case 'discovery': {
      // What is left of the outage once the Sentinels had done their work.
      const before = [measured.detectionMs, inLog('agreement'), inLog('election'), inLog('promotion')];
      const known = before.filter(ms => ms !== undefined);
      if (measured.outageMs === undefined || known.length < before.length) return undefined;
      return Math.max(0, measured.outageMs - known.reduce((sum, ms) => sum + ms, 0));
    }
    case 'delay':
    case 'conversion':
      return undefined;
  }
}

function outageTime({ outage }: FailoverPrediction, { outageMs }: MeasuredFailover): readonly ComparedTime[] {
  return outage ? [compareTime({ name: 'outage', owner: undefined, ...outage }, outageMs)] : [];
}

function compareTime(
  predicted: Pick<ComparedTime, 'name' | 'owner' | 'minMs' | 'maxMs'>,
  measuredMs: number | undefined,
): ComparedTime {
  return {
    ...predicted,
    measuredMs,
    verdict: measuredMs === undefined ? undefined : verdictOf(predicted, measuredMs),
  };
}

function verdictOf(
  { minMs, maxMs }: { readonly minMs: number; readonly maxMs: number },
  ms: number,
): NonNullable<ComparedTime['verdict']> {
  if (ms > maxMs) return 'late';
  return ms < minMs ? 'early' : 'within';
}
