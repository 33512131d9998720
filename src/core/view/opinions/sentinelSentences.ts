import * as l10n from '@vscode/l10n';
import { majority } from '../../model/lab';
import { isAnswering, nodeAtPort, nodesOf } from '../../model/labState';
import { helloPeriodSeconds } from '../../model/readiness';
import { durationText, statusWord } from '../words';
import type { OpinionSentence } from './opinionSentences';
import { heardHellos, isLost } from './heardHellos';
import { groups, list, newestEpoch, who, type Opinions } from './opinions';

/** What there is to say about the Sentinels and what they know of each other: the most important first. */
export function sentinelSentences(known: Opinions): readonly OpinionSentence[] {
  return [
    ...silent(known),
    ...tilt(known),
    ...noQuorum(known),
    ...knownSentinels(known),
    ...lostHellos(known),
    ...notWatching(known),
    ...epochs(known),
    ...quorums(known),
  ];
}

/** Those that are gone still count for the majority. */
function silent({ silent: nodes, sentinelCount, watchers, state }: Opinions): OpinionSentence[] {
  if (nodes.length === 0) return [];
  const left = sentinelCount - nodes.length;
  const quorum = Math.max(
    ...watchers.map(({ view }) => view.quorum),
    watchers.length === 0 ? state.lab.quorum : 0,
  );
  const needed = Math.max(majority(sentinelCount), quorum);
  const silence = nodes.map(({ spec, status }) =>
    status === 'running' ? l10n.t('{0} (no answer)', spec.port) : `${spec.port} (${statusWord(status)})`,
  );
  if (left < needed)
    return [
      {
        id: 'no-majority',
        tone: 'wrong',
        text: l10n.t(
          'Only {0} of {1} Sentinels answer, and a failover needs {2}: a master that fails now is not replaced. Bring back {3}.',
          left,
          sentinelCount,
          needed,
          list(silence),
        ),
      },
    ];
  return [
    {
      id: 'silent',
      tone: 'odd',
      text: l10n.t(
        'Not to be heard: {0}. {1} of {2} Sentinels are left, and a failover needs {3}; those that are gone still count.',
        list(silence),
        left,
        sentinelCount,
        needed,
      ),
    },
  ];
}

/** TILT lasts as long as clock and pace stay odd, and this long afterwards (sentinel.c, `SENTINEL_TILT_PERIOD`). */
const tiltSeconds = 30;

function tilt({ watchers }: Opinions): OpinionSentence[] {
  const tilted = watchers.filter(watcher => watcher.tilt);
  if (tilted.length === 0) return [];
  const text = l10n.t(
    '{0}: in TILT, after a jump of the clock or a standstill. In TILT a Sentinel watches and votes for others, but takes nobody for down and starts no failover. It ends after {1} quiet seconds.',
    who(tilted),
    tiltSeconds,
  );
  return [{ id: 'tilt', tone: 'wrong', text }];
}

/** Where missing Sentinels do not explain it already. */
function noQuorum({ watchers, sentinelCount, silent: nodes }: Opinions): OpinionSentence[] {
  const without = watchers.filter(
    ({ view }) =>
      view.quorumOk === false && (view.knownSentinels ?? 0) + 1 >= sentinelCount && nodes.length === 0,
  );
  return groups(without, ({ view }) => view.quorumText ?? '').map(group => ({
    id: 'no-quorum',
    tone: 'wrong',
    text: l10n.t(
      '{0}: no failover can be authorised ({1}). More of the known Sentinels must be within reach.',
      who(group),
      group[0].view.quorumText ?? 'NOQUORUM',
    ),
  }));
}

function knownSentinels({ watchers, sentinelCount, state }: Opinions): OpinionSentence[] {
  const others = sentinelCount - 1;
  return groups(watchers, ({ view }) => String(view.knownSentinels)).flatMap((group): OpinionSentence[] => {
    const [{ view }] = group;
    const { knownSentinels: count = others } = view;
    if (count > others)
      return [
        {
          id: 'ghost-sentinels',
          tone: 'wrong',
          text: l10n.t(
            '{0}: {1} other Sentinels known, but the lab has {2}. Those that are gone count for the majority; `SENTINEL RESET {3}` forgets them.',
            who(group),
            count,
            others,
            state.lab.masterName,
          ),
        },
      ];
    if (count >= others) return [];
    const needed = Math.max(majority(count + 1), view.quorum);
    const meaning =
      needed > count + 1
        ? l10n.t('That way the quorum of {0} is never reached.', view.quorum)
        : needed < majority(sentinelCount)
          ? l10n.t(
              'There {0} are a majority already: two groups of Sentinels could each promote a master.',
              needed,
            )
          : l10n.t('Those that are not known are not asked.');
    return [
      {
        id: 'few-sentinels',
        tone: 'wrong',
        text: [
          l10n.t('{0}: {1} of {2} other Sentinels known.', who(group), count, others),
          meaning,
          l10n.t(
            'Sentinels find each other by hello messages over the master and its replicas, every {0} s: all must watch the same master and reach it.',
            helloPeriodSeconds,
          ),
        ].join(' '),
      },
    ];
  });
}

/** Of those that answer; who does not is told of already. */
function lostHellos({ watchers, state }: Opinions): OpinionSentence[] {
  return watchers.flatMap((watcher): OpinionSentence[] => {
    const lost = heardHellos(watcher.view.hellos ?? [], state).filter(hello => {
      const node = nodeAtPort(state, hello.port);
      return isLost(hello) && node !== undefined && isAnswering(node);
    });
    if (lost.length === 0) return [];
    const text = l10n.t(
      '{0}: nothing heard of {1} for {2}. Hello messages come over the master, over its replicas and directly: none of these ways works any more, so news of a new master would not come either.',
      who([watcher]),
      list(lost.map(({ port }) => port)),
      durationText(Math.floor(Math.min(...lost.map(({ heardBefore }) => heardBefore)) / 1_000)),
    );
    return [{ id: 'lost-hellos', tone: 'wrong', text }];
  });
}

function notWatching({ state }: Opinions): OpinionSentence[] {
  const idle = nodesOf(state).filter(
    node => node.spec.kind === 'sentinel' && isAnswering(node) && node.view === undefined,
  );
  if (idle.length === 0) return [];
  const text = l10n.t(
    '{0}: "{1}" is not watched there, so it does not help. `SENTINEL MONITOR` changes that.',
    who(idle.map(({ spec }) => spec)),
    state.lab.masterName,
  );
  return [{ id: 'not-watching', tone: 'wrong', text }];
}

function epochs({ agreeing }: Opinions): OpinionSentence[] {
  const newest = newestEpoch(agreeing);
  const behind = agreeing.filter(({ view }) => view.configEpoch < newest);
  return groups(behind, ({ view }) => String(view.configEpoch)).map(group => ({
    id: 'epochs',
    tone: 'odd',
    text: l10n.t(
      '{0}: config epoch {1}, while the newest is {2}. The next hello message of one that is ahead brings it, within {3} s. If it stays, the network between them is broken.',
      who(group),
      group[0].view.configEpoch,
      newest,
      helloPeriodSeconds,
    ),
  }));
}

function quorums({ watchers, state }: Opinions): OpinionSentence[] {
  if (new Set(watchers.map(({ view }) => view.quorum)).size < 2) return [];
  const text = l10n.t(
    'The quorum is not the same everywhere ({0}), and each Sentinel goes by its own. `SENTINEL SET {1} quorum` changes it.',
    list(watchers.map(({ port, view }) => `${port}: ${view.quorum}`)),
    state.lab.masterName,
  );
  return [{ id: 'quorums', tone: 'odd', text }];
}
