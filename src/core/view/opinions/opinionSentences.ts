import * as l10n from '@vscode/l10n';
import { isLinkFault } from '../../drill/fault';
import { isAlive, isAnswering, nodesOf, type LabState } from '../../model/labState';
import { faultsNow, faultText } from '../faultText';
import { masterSentences } from './masterSentences';
import { newestEpoch, opinionsOf, type Opinions } from './opinions';
import { replicaSentences } from './replicaSentences';
import { sentinelSentences } from './sentinelSentences';

/** What one disagreement means, what to expect and what to do. Words in backticks are commands, directives and events. */
export interface OpinionSentence {
  readonly id:
    | 'stopped'
    | 'failover'
    | 'split-brain'
    | 'other-master'
    | 'no-master'
    | 'not-promoted'
    | 'no-majority'
    | 'unnoticed'
    | 'down'
    | 'agreed-down'
    | 'tilt'
    | 'no-quorum'
    | 'few-sentinels'
    | 'ghost-sentinels'
    | 'lost-hellos'
    | 'not-watching'
    | 'silent'
    | 'epochs'
    | 'replica-elsewhere'
    | 'link-down'
    | 'few-replicas'
    | 'ghost-replicas'
    | 'quorums'
    | 'faults'
    | 'no-sentinels'
    | 'agree';
  readonly tone: 'normal' | 'odd' | 'wrong';
  readonly text: string;
}

/** The most important first; what is no disagreement is said only when there is none. `now` is in milliseconds since 1970. */
export function opinionSentences(state: LabState, now: number): readonly OpinionSentence[] {
  if (!nodesOf(state).some(node => isAlive(node) || isAnswering(node)))
    return [{ id: 'stopped', tone: 'normal', text: l10n.t('No node runs, so nobody has an opinion.') }];
  const known = opinionsOf(state);
  const found = [...masterSentences(known), ...sentinelSentences(known), ...replicaSentences(known)];
  const sentences = [...found, ...(found.length > 0 ? faults(state, now) : [])];
  return sentences.length > 0 ? sentences : [agreement(known)];
}

/** What is done on purpose explains much of the above. */
function faults(state: LabState, now: number): OpinionSentence[] {
  const links = faultsNow(state, now).filter(({ fault }) => isLinkFault(fault));
  if (links.length === 0) return [];
  const text = l10n.t('Done to this lab on purpose, and still on: {0}.', links.map(faultText).join('; '));
  return [{ id: 'faults', tone: 'normal', text }];
}

function agreement({ watchers, meant, sentinelCount }: Opinions): OpinionSentence {
  if (sentinelCount === 0)
    return {
      id: 'no-sentinels',
      tone: 'normal',
      text: l10n.t('No Sentinel watches this lab: a master that fails is not replaced.'),
    };
  const epoch = newestEpoch(watchers);
  // Logs of some Sentinels do not tell how many there are.
  const isPart = watchers.some(({ view }) => view.knownSentinels === undefined);
  const text = isPart
    ? watchers.length === 1
      ? l10n.t(
          'The Sentinel whose log is here takes {0} for the master, in epoch {1}. Whether there are enough others, its log does not tell.',
          meant ?? '?',
          epoch,
        )
      : l10n.t(
          'The {0} Sentinels whose logs are here agree: {1} is the master, in epoch {2}. Whether there are enough others, their logs do not tell.',
          watchers.length,
          meant ?? '?',
          epoch,
        )
    : watchers.length === 1
      ? l10n.t(
          'The only Sentinel takes {0} for the master, in epoch {1}. When it fails itself, nobody watches.',
          meant ?? '?',
          epoch,
        )
      : l10n.t(
          'All {0} Sentinels agree: {1} is the master, in epoch {2}, and a failover would find its majority.',
          watchers.length,
          meant ?? '?',
          epoch,
        );
  return { id: 'agree', tone: 'normal', text };
}
