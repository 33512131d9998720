import * as l10n from '@vscode/l10n';
import { sentinelTimes } from '../../drill/sentinelTimes';
import { labHost, sentinelNodes, serverNodes } from '../../model/lab';
import type { HelloView } from '../../model/helloView';
import { nodesOf, type LabState, type NodeState } from '../../model/labState';
import { replicasToKnow } from '../../model/readiness';
import type { SentinelView } from '../../model/sentinelView';
import type { ServerInfo } from '../../model/serverInfo';
import type { OpinionFact } from '../opinionMatrix';
import { heardHellos, isLost } from './heardHellos';
import { meantMaster } from './opinions';
import { countText, durationText, roleWord } from '../words';

/** One fact as one node says it. */
export interface SaidFact {
  readonly text: string;
  /** In full, where the text is short. */
  readonly spoken?: string;
  /** What is held against the same fact of others; undefined: others may well say something else. */
  readonly opinion?: string;
  /** A problem by itself, whatever others say. */
  readonly isWrong?: boolean;
}

/** What one node says; what it does not tell is not there. */
export type SaidFacts = Readonly<Partial<Record<OpinionFact, SaidFact>>>;

/** Of a Sentinel that answers. */
export function sentinelFacts(state: LabState, { view, info }: NodeState): SaidFacts {
  const tilt = tiltFact(info);
  if (!view)
    return {
      master: { text: l10n.t('none'), spoken: l10n.t('watches no master'), opinion: 'none' },
      ...(tilt ? { tilt } : {}),
    };
  const others = sentinelNodes(state.lab).length - 1;
  const { knownSentinels, quorumOk } = view;
  const answer = answerFact(view, state);
  return {
    master: {
      text: view.masterHost === labHost ? String(view.masterPort) : `${view.masterHost}:${view.masterPort}`,
      spoken: `${view.masterHost}:${view.masterPort}`,
      opinion: String(view.masterPort),
    },
    state: stateFact(view),
    epoch: { text: String(view.configEpoch), opinion: String(view.configEpoch) },
    replicas: knownFact(view.knownReplicas, replicasToKnow(state), serverNodes(state.lab).length - 1),
    ...(knownSentinels === undefined ? {} : { sentinels: knownFact(knownSentinels, others, others) }),
    ...(view.hellos ? { hello: helloFact(view.hellos, state) } : {}),
    quorum: quorumFact(view),
    ...(quorumOk === undefined
      ? {}
      : {
          ckquorum: {
            text: quorumOk ? 'OK' : 'NOQUORUM',
            spoken:
              view.quorumText ??
              l10n.t('{0}, counted from the Sentinels it knows', quorumOk ? 'OK' : 'NOQUORUM'),
            isWrong: !quorumOk,
          },
        }),
    ...(tilt ? { tilt } : {}),
    ...(answer ? { answer } : {}),
  };
}

function quorumFact({ quorum, knownSentinels }: SentinelView): SaidFact {
  const opinion = String(quorum);
  if (knownSentinels === undefined) return { text: opinion, opinion };
  const all = knownSentinels + 1;
  return { text: l10n.t('{0} of {1}', quorum, all), opinion, isWrong: quorum > all };
}

/** Of a data node that answers. */
export function nodeFacts(state: LabState, { info, spec }: NodeState): SaidFacts {
  if (!info) return {};
  const bytes = info.offset === undefined ? undefined : countText(info.offset);
  const offset = bytes === undefined ? {} : { offset: { text: bytes, spoken: l10n.t('{0} bytes', bytes) } };
  const attached = info.replicas.length;
  const role: SaidFact = {
    text: info.loading ? l10n.t('{0}, loading', roleWord(info.role)) : roleWord(info.role),
    isWrong: contradictsSentinels(state, spec.port, info),
  };
  if (info.role !== 'replica') {
    // Of one that does not answer, what it last said of its master counts no more.
    const isLost = nodesOf(state).some(
      other =>
        other.status === 'running' &&
        other.failure === undefined &&
        other.info?.masterPort === spec.port &&
        !isAttached(info, other),
    );
    const none = { text: '–', spoken: l10n.t('is the master itself') };
    return {
      master: { text: l10n.t('itself'), opinion: String(spec.port) },
      role,
      replicas: { text: String(attached), spoken: l10n.t('{0} connected', attached), isWrong: isLost },
      answer: none,
      link: none,
      ...offset,
    };
  }
  const heard = info.secondsSinceMasterInteraction;
  return {
    master: {
      text: String(info.masterPort ?? '?'),
      spoken: `${info.masterHost ?? '?'}:${info.masterPort ?? '?'}`,
      opinion: String(info.masterPort),
    },
    role,
    replicas: { text: String(attached), spoken: l10n.t('{0} connected', attached) },
    ...(heard === undefined || heard < 0 ? {} : { answer: { text: ageText(heard * 1_000) } }),
    link: linkFact(info),
    ...offset,
  };
}

function isAttached(info: ServerInfo, replica: NodeState): boolean {
  return info.replicas.some(({ port }) => port === replica.spec.port);
}

/** It says another role than the Sentinels give it. */
function contradictsSentinels(state: LabState, port: number, { role }: ServerInfo): boolean {
  const hasView = nodesOf(state).some(({ status, view }) => status === 'running' && view !== undefined);
  return hasView && (role === 'master') !== (meantMaster(state) === port);
}

function stateFact({ flags }: SentinelView): SaidFact {
  const isDown = flags.includes('s_down') || flags.includes('o_down');
  const words = [
    ...(flags.includes('o_down') ? ['ODOWN'] : flags.includes('s_down') ? ['SDOWN'] : []),
    ...(flags.includes('disconnected') && !isDown ? [l10n.t('not connected')] : []),
    ...(flags.includes('failover_in_progress') ? [l10n.t('failover')] : []),
  ];
  return {
    text: words.length === 0 ? 'ok' : words.join(', '),
    spoken: words.length === 0 ? l10n.t('up') : words.join(', '),
    opinion: isDown ? 'down' : 'up',
    isWrong: isDown || flags.includes('disconnected'),
  };
}

/** Fewer than there are, or more (some that are gone): both are worth a look. */
function knownFact(known: number, least: number, most: number): SaidFact {
  const isWrong = known < least || known > most;
  return {
    text: isWrong ? l10n.t('{0} of {1}', known, known > most ? most : least) : String(known),
    opinion: String(known),
    isWrong,
  };
}

function helloFact(hellos: readonly HelloView[], state: LabState): SaidFact {
  const heard = heardHellos(hellos, state);
  const [last] = heard;
  if (!last) return { text: l10n.t('none'), spoken: l10n.t('no other Sentinel runs that it knows') };
  return {
    text: helloText(last),
    spoken: heard.map(hello => `${hello.port}: ${helloText(hello)}`).join(', '),
    isWrong: isLost(last),
  };
}

/** Up to two of them is the usual: a table that counts along with them would never rest. */
function helloText({ heardBefore }: HelloView): string {
  return heardBefore < 2 * sentinelTimes.hello ? l10n.t('just now') : agoText(heardBefore);
}

function tiltFact(info: ServerInfo | undefined): SaidFact | undefined {
  if (!info) return undefined;
  if (!info.tilt) return { text: l10n.t('no') };
  const text =
    info.tiltSeconds === undefined ? l10n.t('yes') : l10n.t('for {0}', durationText(info.tiltSeconds));
  return { text, isWrong: true };
}

function answerFact(
  { answeredBefore, downAfterMilliseconds }: SentinelView,
  { lab }: LabState,
): SaidFact | undefined {
  if (answeredBefore === undefined) return undefined;
  const limit = downAfterMilliseconds ?? lab.downAfterMilliseconds;
  return {
    text: ageText(answeredBefore),
    spoken: l10n.t(
      '{0}; SDOWN comes after {1} without an answer',
      ageText(answeredBefore),
      durationText(limit / 1_000),
    ),
    isWrong: answeredBefore >= limit,
  };
}

/** Sentinels ping once a second: anything up to two seconds is the same, and a table that counts along with it would never rest. */
function ageText(milliseconds: number): string {
  return milliseconds < 2_000 ? l10n.t('just now') : agoText(milliseconds);
}

function agoText(milliseconds: number): string {
  return l10n.t('{0} ago', durationText(Math.floor(milliseconds / 1_000)));
}

function linkFact({ linkStatus, syncInProgress, syncPercent, linkDownSeconds }: ServerInfo): SaidFact {
  if (syncInProgress)
    return {
      text:
        syncPercent === undefined ? l10n.t('full sync') : l10n.t('full sync {0} %', Math.round(syncPercent)),
    };
  if (linkStatus === 'up') return { text: l10n.t('up') };
  // One that never was up has a time without meaning.
  const isTimed = linkDownSeconds !== undefined && linkDownSeconds >= 0 && linkDownSeconds < longestDowntime;
  return {
    text: isTimed ? l10n.t('down for {0}', durationText(linkDownSeconds)) : l10n.t('down'),
    isWrong: true,
  };
}

/** Older versions say the seconds since 1970 for a link that never was up. */
const longestDowntime = 1_000_000_000;
