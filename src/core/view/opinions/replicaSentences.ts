import * as l10n from '@vscode/l10n';
import { serverNodes } from '../../model/lab';
import { nodeAtPort } from '../../model/labState';
import { infoPeriodSeconds, replicasToKnow } from '../../model/readiness';
import type { OpinionSentence } from './opinionSentences';
import { groups, list, who, type Opinions } from './opinions';
import { correctionSeconds } from './sentinelPace';

/** What there is to say about replicas: the most important first. */
export function replicaSentences(known: Opinions): readonly OpinionSentence[] {
  return [...replicaElsewhere(known), ...linkDown(known), ...knownReplicas(known)];
}

function replicaElsewhere({ servers, state, meant, agreeing }: Opinions): OpinionSentence[] {
  if (agreeing.length === 0 || meant === undefined) return [];
  return servers.flatMap((node): OpinionSentence[] => {
    const { spec, role, info } = node;
    const from = info?.masterPort;
    if (role !== 'replica' || spec.port === meant || from === meant || from === undefined) return [];
    const isUnknown = agreeing.every(({ view }) => view.knownReplicas < serverNodes(state.lab).length - 1);
    const isChained = isUnknown && nodeAtPort(state, from)?.role === 'replica';
    const text = isChained
      ? l10n.t(
          '{0} replicates from {1}, itself a replica: no Sentinel knows {0}, and it is never promoted.',
          spec.port,
          from,
        )
      : l10n.t(
          '{0} replicates from {1}, but the Sentinels mean {2}. One that knows it points it there after some {3} s (`+fix-slave-config`).',
          spec.port,
          from,
          meant,
          correctionSeconds,
        );
    return [{ id: 'replica-elsewhere', tone: 'odd', text }];
  });
}

/** A replica without its master for longer than this many times down-after-milliseconds is not promoted (sentinel.c, `sentinelSelectSlave`). */
const longestWithoutMaster = 10;

function linkDown({ servers }: Opinions): OpinionSentence[] {
  const without = servers.filter(
    ({ role, info }) =>
      role === 'replica' && info?.linkStatus !== 'up' && !info?.syncInProgress && !info?.loading,
  );
  if (without.length === 0) return [];
  const links = without.map(({ spec, info }) => `${spec.port} → ${info?.masterPort ?? '?'}`);
  const text = l10n.t(
    'No link to the master: {0}. What is written meanwhile is missing there, and after {1} times `down-after-milliseconds` no Sentinel promotes such a replica.',
    list(links),
    longestWithoutMaster,
  );
  return [{ id: 'link-down', tone: 'odd', text }];
}

function knownReplicas({ agreeing, state }: Opinions): OpinionSentence[] {
  const least = replicasToKnow(state);
  const most = serverNodes(state.lab).length - 1;
  return groups(agreeing, ({ view }) => String(view.knownReplicas)).flatMap((group): OpinionSentence[] => {
    const count = group[0].view.knownReplicas;
    if (count >= least && count <= most) return [];
    if (count > most)
      return [
        {
          id: 'ghost-replicas',
          tone: 'odd',
          text: l10n.t(
            '{0}: {1} replicas known, but the lab has {2}. `SENTINEL RESET {3}` forgets those that are gone.',
            who(group),
            count,
            most,
            state.lab.masterName,
          ),
        },
      ];
    return [
      {
        id: 'few-replicas',
        tone: 'odd',
        text: l10n.t(
          '{0}: {1} of {2} replicas known; one that is not known is never promoted. The master names them in INFO, which it is asked for every {3} s.',
          who(group),
          count,
          least,
          infoPeriodSeconds,
        ),
      },
    ];
  });
}
