import * as l10n from '@vscode/l10n';
import { labHost } from '../../model/lab';
import { isAnswering, nodeAtPort } from '../../model/labState';
import { helloPeriodSeconds, infoPeriodSeconds } from '../../model/readiness';
import { failoverStage } from '../labRows';
import { durationText, statusWord } from '../words';
import type { OpinionSentence } from './opinionSentences';
import { groups, list, newestEpoch, who, type Opinions, type Watcher } from './opinions';
import { correctionSeconds } from './sentinelPace';

/** What there is to say about who is master, and whether it is up: the most important first. */
export function masterSentences(known: Opinions): readonly OpinionSentence[] {
  return [
    ...failover(known),
    ...leading(known),
    ...splitBrain(known),
    ...otherMaster(known),
    ...noMaster(known),
    ...notPromoted(known),
    ...unnoticed(known),
    ...down(known),
  ];
}

function failover({ state }: Opinions): OpinionSentence[] {
  if (!state.failover || state.failover.endedAt !== undefined) return [];
  const text = l10n.t(
    'A failover is in progress ({0}). Until it is over, opinions differ: the leader is ahead of the others.',
    failoverStage(state),
  );
  return [{ id: 'failover', tone: 'odd', text }];
}

/** The leader names the new master last: only when the replicas follow it (sentinel.c, `sentinelFailoverReconfNextSlave`). */
function leading({ watchers, meant }: Opinions): OpinionSentence[] {
  const leaders = watchers.filter(watcher => isLeading(watcher, meant));
  if (leaders.length === 0) return [];
  const text = l10n.t(
    '{0}: still leads the failover. It takes {1} for the master, as the others do, as soon as the replicas follow it.',
    who(leaders),
    meant ?? '?',
  );
  return [{ id: 'failover', tone: 'odd', text }];
}

function isLeading({ view }: Watcher, meant: number | undefined): boolean {
  return meant !== undefined && view.masterPort !== meant && view.flags.includes('failover_in_progress');
}

function splitBrain({ servers, watchers, meant }: Opinions): OpinionSentence[] {
  const masters = servers.filter(({ role }) => role === 'master').map(({ spec }) => spec.port);
  if (masters.length < 2) return [];
  const others = masters.filter(port => port !== meant);
  const both = l10n.t('{0} say that they are master, all at the same time (split brain).', list(masters));
  const text =
    watchers.length > 0 && meant !== undefined
      ? [
          both,
          l10n.t(
            'The Sentinels mean {0}: clients that ask them write there. What is written to {1} is lost as soon as a Sentinel makes it a replica (`+convert-to-slave`), some {2} s after it reaches it.',
            meant,
            list(others),
            correctionSeconds,
          ),
          l10n.t('`min-replicas-to-write` lets a master without replicas refuse writes.'),
        ]
      : [both, l10n.t('No Sentinel says which one is meant: decide, and send `REPLICAOF` to the others.')];
  return [{ id: 'split-brain', tone: 'wrong', text: text.join(' ') }];
}

function otherMaster({ state, watchers, agreeing, meant }: Opinions): OpinionSentence[] {
  const others = watchers.filter(watcher => !agreeing.includes(watcher) && !isLeading(watcher, meant));
  if (meant === undefined || agreeing.length === 0) return [];
  const newest = newestEpoch(agreeing);
  return groups(others, ({ view }) => String(view.masterPort)).map(group => {
    const [{ view }] = group;
    const epoch = newestEpoch(group);
    const passes =
      epoch === newest
        ? l10n.t(
            'Both have epoch {0}, so neither gives in: where it is wrong, use `SENTINEL REMOVE {1}` and `SENTINEL MONITOR`.',
            epoch,
            state.lab.masterName,
          )
        : l10n.t(
            'Epoch {0} is the newer one: the others take it over with the next hello message, within {1} s. If it stays, they do not hear each other.',
            Math.max(epoch, newest),
            helloPeriodSeconds,
          );
    return {
      id: 'other-master',
      tone: 'wrong',
      text: [
        l10n.t(
          '{0}: the master is {1}; for the others it is {2}.',
          who(group),
          view.masterHost === labHost ? view.masterPort : `${view.masterHost}:${view.masterPort}`,
          meant,
        ),
        l10n.t(
          'CKQUORUM can say OK all the same: it counts Sentinels, not opinions. Clients that ask there are sent to {0}, and nobody there helps when {1} fails.',
          view.masterPort,
          meant,
        ),
        passes,
      ].join(' '),
    };
  });
}

/** Where Sentinels name a master, what is wrong with it is said by them. */
function noMaster({ servers, agreeing }: Opinions): OpinionSentence[] {
  if (servers.length === 0 || agreeing.length > 0 || servers.some(({ role }) => role === 'master')) return [];
  return [
    {
      id: 'no-master',
      tone: 'wrong',
      text: l10n.t('No data node says that it is master: nobody takes writes.'),
    },
  ];
}

/** The master is gone, and the Sentinels give it its time. */
function unnoticed({ state, agreeing, meant }: Opinions): OpinionSentence[] {
  const master = nodeAtPort(state, meant);
  if (!master || isAnswering(master) || master.status === 'starting' || meant === undefined) return [];
  if (agreeing.length === 0 || agreeing.some(isDown)) return [];
  const waits = agreeing.map(({ view }) => view.downAfterMilliseconds ?? state.lab.downAfterMilliseconds);
  const text = l10n.t(
    'The master {0} does not answer ({1}), and no Sentinel has said so yet: each waits {2} for an answer (`down-after-milliseconds`).',
    meant,
    statusWord(master.status),
    durationText(Math.max(...waits) / 1_000),
  );
  return [{ id: 'unnoticed', tone: 'odd', text }];
}

function notPromoted({ state, meant, agreeing }: Opinions): OpinionSentence[] {
  const node = nodeAtPort(state, meant);
  if (agreeing.length === 0 || meant === undefined || !node || !isAnswering(node) || node.role !== 'replica')
    return [];
  const text = [
    l10n.t(
      'The Sentinels take {0} for the master, but it says that it is a replica of {1}: writes to it fail with READONLY.',
      meant,
      node.info?.masterPort ?? '?',
    ),
    l10n.t(
      'Right after a failover this passes at once. If it stays for `down-after-milliseconds` and {0} s more, the Sentinels take {1} for down.',
      2 * infoPeriodSeconds,
      meant,
    ),
  ];
  return [{ id: 'not-promoted', tone: 'wrong', text: text.join(' ') }];
}

function isDown({ view: { flags } }: Watcher): boolean {
  return flags.includes('s_down') || flags.includes('o_down');
}

function down({ state, watchers, agreeing, meant }: Opinions): OpinionSentence[] {
  // Others are ahead already: what these say is about to be forgotten.
  if (newestEpoch(watchers) > newestEpoch(agreeing)) return [];
  const takeDown = agreeing.filter(isDown);
  if (takeDown.length === 0 || meant === undefined) return [];
  const quorum = Math.min(...takeDown.map(({ view }) => view.quorum));
  const agreed = takeDown.filter(({ view }) => view.flags.includes('o_down'));
  if (agreed.length > 0) {
    if (state.failover && state.failover.endedAt === undefined) return [];
    const next =
      state.failover?.stage === 'aborted'
        ? l10n.t('The last attempt was given up; the next one comes after twice `failover-timeout`.')
        : l10n.t('A failover begins when one of them asks for votes.');
    return [
      {
        id: 'agreed-down',
        tone: 'wrong',
        text: `${l10n.t('{0}: the master {1} is down, and enough others agree (ODOWN).', who(agreed), meant)} ${next}`,
      },
    ];
  }
  if (takeDown.length >= quorum)
    return [
      {
        id: 'agreed-down',
        tone: 'wrong',
        text: l10n.t(
          '{0}: the master {1} is down (SDOWN), and these are enough for the quorum of {2}. They ask each other once a second, and ODOWN follows.',
          who(takeDown),
          meant,
          quorum,
        ),
      },
    ];
  return [
    {
      id: 'down',
      tone: 'odd',
      text: [
        l10n.t('{0}: the master {1} is down (SDOWN); for the others it is up.', who(takeDown), meant),
        l10n.t(
          'That is not ODOWN: {0} must agree, and until then nothing happens. If it stays, look at the network from there to {1}.',
          quorum,
          meant,
        ),
      ].join(' '),
    },
  ];
}
