import * as l10n from '@vscode/l10n';
import type { PhaseName } from '../story/failover';

/** The phase as a word for people. */
export function phaseWord(name: PhaseName): string {
  switch (name) {
    case 'detection':
      return l10n.t('Detection');
    case 'agreement':
      return l10n.t('Agreement');
    case 'election':
      return l10n.t('Election');
    case 'promotion':
      return l10n.t('Promotion');
    case 'reconfiguration':
      return l10n.t('Reconfiguration');
    case 'completion':
      return l10n.t('Completion');
  }
}

/** The setting, or the rule, that owns the length of a phase. */
export function phaseOwner(name: PhaseName): string {
  switch (name) {
    case 'detection':
      return l10n.t('`down-after-milliseconds` of each Sentinel, counted from its own last valid reply');
    case 'agreement':
      return l10n.t('the `quorum`; Sentinels ask each other once a second');
    case 'election':
      return l10n.t('the majority; at most min(10 s, `failover-timeout`)');
    case 'promotion':
      return l10n.t('the chosen replica; seen at its next INFO, once a second; at most `failover-timeout`');
    case 'reconfiguration':
      return l10n.t('`parallel-syncs` and the time a sync takes; at most `failover-timeout`');
    case 'completion':
      return l10n.t('hello messages, every 2 s');
  }
}
