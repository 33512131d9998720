import * as l10n from '@vscode/l10n';
import type { NodeKind } from '../model/lab';
import { isAnswering, nodesOf, type LabState, type NodeState } from '../model/labState';
import { nodeFacts, sentinelFacts, type SaidFacts } from './opinions/opinionFacts';
import { silenceWord } from './nodeWords';
import { helloPeriodSeconds } from '../model/readiness';
import { meantMaster } from './opinions/opinions';
import { opinionSentences, type OpinionSentence } from './opinions/opinionSentences';

/** `odd`: it differs from what most say; `wrong`: it is a problem by itself; `unknown`: nobody answers. */
export type OpinionTone = 'normal' | 'odd' | 'wrong' | 'unknown';

export interface OpinionCell {
  readonly text: string;
  readonly tone: OpinionTone;
  /** What a screen reader says in place of the text: in full, with the tone as words. */
  readonly spoken: string;
}

/** In the order of the rows. Some are facts of Sentinels, some of data nodes, some of both. */
export const opinionFacts = [
  'master',
  'role',
  'state',
  'epoch',
  'replicas',
  'sentinels',
  'hello',
  'quorum',
  'ckquorum',
  'tilt',
  'answer',
  'link',
  'offset',
] as const;

export type OpinionFact = (typeof opinionFacts)[number];

/** A node that has an opinion. */
export interface OpinionColumn {
  /** Its name in the lab. */
  readonly node: string;
  /** As people call it: its port. */
  readonly label: string;
  readonly kind: NodeKind;
  /** Why it says nothing, as a word; empty where it answers. */
  readonly silence: string;
  readonly spoken: string;
}

export interface OpinionRow {
  readonly fact: OpinionFact;
  readonly label: string;
  /** What the fact is, in one sentence. */
  readonly help: string;
  /** It counts on by itself: another value is no news. */
  readonly isCounter: boolean;
  /** One for each column; undefined: not a fact of such a node. */
  readonly cells: readonly (OpinionCell | undefined)[];
}

/** What every node believes, beside each other, and what it means where they disagree. Plain data. */
export interface OpinionMatrix {
  /** The Sentinels by port, then the data nodes by port. */
  readonly columns: readonly OpinionColumn[];
  readonly rows: readonly OpinionRow[];
  /** The most important first; never empty. */
  readonly sentences: readonly OpinionSentence[];
}

/** Who does not answer has no opinion, whatever it last said. `now` is in milliseconds since 1970. */
export function opinionMatrix(state: LabState, now: number): OpinionMatrix {
  const nodes = nodesOf(state).toSorted(
    (a, b) =>
      Number(a.spec.kind === 'server') - Number(b.spec.kind === 'server') || a.spec.port - b.spec.port,
  );
  const said = nodes.map(node => {
    if (!isAnswering(node)) return undefined;
    return node.spec.kind === 'sentinel' ? sentinelFacts(state, node) : nodeFacts(state, node);
  });
  const meant = meantMaster(state);
  return {
    columns: nodes.map(column),
    rows: opinionFacts.flatMap(fact => {
      const concerned = nodes.filter(({ spec }) => concerns(fact, spec.kind));
      // No log tells of hellos: in a replay there is nothing to say.
      const isUntold = fact === 'hello' && said.every(facts => facts?.hello === undefined);
      if (concerned.length === 0 || isUntold) return [];
      const usual = fact === 'master' && meant !== undefined ? String(meant) : mostSaid(said, fact);
      const cells = nodes.map((node, index) =>
        concerns(fact, node.spec.kind) ? cell(fact, said[index], node, usual) : undefined,
      );
      return [{ fact, ...factWords(fact), isCounter: fact === 'offset', cells }];
    }),
    sentences: opinionSentences(state, now),
  };
}

function column(node: NodeState): OpinionColumn {
  const { name, port, kind } = node.spec;
  const silence = isAnswering(node) ? '' : silenceWord(node);
  const who = kind === 'sentinel' ? l10n.t('Sentinel {0}', port) : l10n.t('data node {0}', port);
  return {
    node: name,
    label: String(port),
    kind,
    silence,
    spoken: silence === '' ? who : `${who}, ${silence}`,
  };
}

function concerns(fact: OpinionFact, kind: NodeKind): boolean {
  switch (fact) {
    case 'master':
    case 'replicas':
    case 'answer':
      return true;
    case 'role':
    case 'link':
    case 'offset':
      return kind === 'server';
    case 'state':
    case 'epoch':
    case 'sentinels':
    case 'hello':
    case 'quorum':
    case 'ckquorum':
    case 'tilt':
      return kind === 'sentinel';
  }
}

/** What more say than anything else; undefined where nothing leads. */
function mostSaid(said: readonly (SaidFacts | undefined)[], fact: OpinionFact): string | undefined {
  const counts = new Map<string, number>();
  for (const facts of said) {
    const opinion = facts?.[fact]?.opinion;
    if (opinion !== undefined) counts.set(opinion, (counts.get(opinion) ?? 0) + 1);
  }
  const [first, second] = [...counts].toSorted(([, a], [, b]) => b - a);
  return first && first[1] > (second?.[1] ?? 0) ? first[0] : undefined;
}

function cell(
  fact: OpinionFact,
  said: SaidFacts | undefined,
  node: NodeState,
  usual: string | undefined,
): OpinionCell {
  if (!said) {
    const word = silenceWord(node);
    return { text: word, tone: 'unknown', spoken: word };
  }
  const value = said[fact];
  if (!value) return { text: '–', tone: 'unknown', spoken: l10n.t('not known') };
  const { text, spoken = text, opinion, isWrong = false } = value;
  if (opinion !== undefined && opinion !== usual)
    return { text, tone: 'odd', spoken: l10n.t('{0} (differs)', spoken) };
  return isWrong
    ? { text, tone: 'wrong', spoken: l10n.t('{0} (a problem)', spoken) }
    : { text, tone: 'normal', spoken };
}

function factWords(fact: OpinionFact): Pick<OpinionRow, 'label' | 'help'> {
  switch (fact) {
    case 'master':
      return {
        label: l10n.t('Master'),
        help: l10n.t('Whom a Sentinel takes for the master, and from whom a data node replicates.'),
      };
    case 'role':
      return { label: l10n.t('Role'), help: l10n.t('What a data node says it is (INFO).') };
    case 'state':
      return {
        label: l10n.t('State of the master'),
        help: l10n.t(
          'SDOWN: this Sentinel alone takes the master for down. ODOWN: it knows that enough others (the quorum) do, too.',
        ),
      };
    case 'epoch':
      return {
        label: l10n.t('Config epoch'),
        help: l10n.t(
          'Counts the failovers. Of two opinions about the master the one with the higher epoch wins.',
        ),
      };
    case 'replicas':
      return {
        label: l10n.t('Replicas'),
        help: l10n.t('How many a Sentinel knows, and how many are connected to a data node.'),
      };
    case 'sentinels':
      return {
        label: l10n.t('Other Sentinels'),
        help: l10n.t(
          'How many other Sentinels this one knows, running or not. All of them count for the majority.',
        ),
      };
    case 'hello':
      return {
        label: l10n.t('Last hello'),
        help: l10n.t(
          'How long ago the other Sentinel that was silent longest was heard. Each says hello every {0} s, over the master, over its replicas and directly.',
          helloPeriodSeconds,
        ),
      };
    case 'quorum':
      return {
        label: l10n.t('Quorum'),
        help: l10n.t('How many must take the master for down (ODOWN), of how many Sentinels in all.'),
      };
    case 'ckquorum':
      return {
        label: 'CKQUORUM',
        help: l10n.t(
          'Whether enough Sentinels can be reached for the quorum and for the majority that elects a leader.',
        ),
      };
    case 'tilt':
      return {
        label: 'TILT',
        help: l10n.t('In TILT a Sentinel only watches, because it cannot trust its clock.'),
      };
    case 'answer':
      return {
        label: l10n.t('Last answer of the master'),
        help: l10n.t(
          'How long ago: for a Sentinel a valid answer to PING, for a replica the last word from its master.',
        ),
      };
    case 'link':
      return {
        label: l10n.t('Link to the master'),
        help: l10n.t('Whether a replica is connected to its master, as the replica says.'),
      };
    case 'offset':
      return {
        label: l10n.t('Replication offset'),
        help: l10n.t(
          'How many bytes of the replication stream a node has. The replica with the most is promoted first.',
        ),
      };
  }
}
