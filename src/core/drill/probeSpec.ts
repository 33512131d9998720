import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { errorClasses } from '../probe/errorClass';
import { highestRate, probeClientNames, probeDefaults, type ProbeClientName } from '../probe/probeConfig';
import { isTrue, object, wholeNumber } from './fileValues';

/** What a probe does while a drill runs. */
export interface ProbeSpec {
  /** Numbered writes a second, of each client. */
  readonly rate: number;
  readonly clients: readonly ProbeClientName[];
  /** Also reads from replicas, to see how stale they are. */
  readonly replicaReads: boolean;
}

export const probeClient = v.picklist(probeClientNames, () => l10n.t('must be "sentinel" or "fixed"'));
export const probeError = v.picklist(errorClasses, () =>
  l10n.t('must be one of {0}', errorClasses.join(', ')),
);

export const probeShape = object({
  rate: v.optional(wholeNumber(1, highestRate), probeDefaults.rate),
  clients: v.optional(
    v.pipe(
      v.array(probeClient),
      v.minLength(1, () => l10n.t('must not be empty')),
    ),
    [...probeClientNames],
  ),
  replicaReads: v.optional(isTrue, false),
});
