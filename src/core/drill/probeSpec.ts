import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { isTrue, object, wholeNumber } from './fileValues';

/** `sentinel` asks Sentinels for the master, `fixed` keeps the address of the first one. */
export type ProbeClient = 'sentinel' | 'fixed';

/** What a probe does while a drill runs. */
export interface ProbeSpec {
  /** Numbered writes a second, of each client. */
  readonly rate: number;
  readonly clients: readonly ProbeClient[];
  /** Also reads from replicas, to see how stale they are. */
  readonly replicaReads: boolean;
}

export const probeClients = ['sentinel', 'fixed'] as const satisfies readonly ProbeClient[];

/** The classes that a failed write falls into: the first word of an error reply, or what became of the connection. */
export const probeErrors = [
  'READONLY',
  'NOREPLICAS',
  'MISCONF',
  'LOADING',
  'MASTERDOWN',
  'CLUSTERDOWN',
  'NOAUTH',
  'ECONNREFUSED',
  'ECONNRESET',
  'TIMEOUT',
  'other',
] as const;

export type ProbeError = (typeof probeErrors)[number];

export const probeClient = v.picklist(probeClients, () => l10n.t('must be "sentinel" or "fixed"'));
export const probeError = v.picklist(probeErrors, () => l10n.t('must be one of {0}', probeErrors.join(', ')));

export const probeShape = object({
  rate: v.optional(wholeNumber(1, 1_000), 100),
  clients: v.optional(
    v.pipe(
      v.array(probeClient),
      v.minLength(1, () => l10n.t('must not be empty')),
    ),
    ['sentinel', 'fixed'],
  ),
  replicaReads: v.optional(isTrue, false),
});
