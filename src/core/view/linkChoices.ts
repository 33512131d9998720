import * as l10n from '@vscode/l10n';
import type { LinkFault } from '../drill/fault';
import { nodesOf, type LabState } from '../model/labState';
import { clientEnd, type LinkEffect } from '../network/linkRule';
import { nodeDescription } from './nodeText';

/** What is done to a link; `none`: the lab has no network, so nothing can be done. */
export interface LinkChoice {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly link: LinkEffect['type'] | 'none';
}

/** What can be done to the links of a node. A lab without a network has one row that says so. */
export function linkChoices({ lab }: LabState): readonly LinkChoice[] {
  if (!lab.network)
    return [
      {
        label: l10n.t('Cut, Slow or Lossy Link…'),
        description: l10n.t('needs a lab with a network'),
        detail: l10n.t(
          'The nodes of this lab are connected directly. Choose this to see how to change that.',
        ),
        link: 'none',
      },
    ];
  return [
    {
      label: l10n.t('Cut Link…'),
      description: l10n.t('both directions or one'),
      detail: l10n.t('What is sent does not arrive; the connections stay.'),
      link: 'cut',
    },
    {
      label: l10n.t('Slow Link…'),
      description: l10n.t('both directions or one'),
      detail: l10n.t('Everything that is sent arrives later.'),
      link: 'delay',
    },
    {
      label: l10n.t('Lossy Link…'),
      description: l10n.t('both directions or one'),
      detail: l10n.t('Some of what is sent gets lost, and arrives when TCP sends it again.'),
      link: 'lossy',
    },
  ];
}

/** Who is at the other end of a link. */
export interface LinkEndChoice {
  readonly label: string;
  readonly description: string;
  /** The same inside a sentence. */
  readonly word: string;
  /** Names of nodes, or `client`. */
  readonly ends: readonly string[];
}

/** The other ends that a link of this node can have: all other nodes, one of them, or the clients. `now` is milliseconds since 1970. */
export function linkEndChoices(state: LabState, name: string, now: number): readonly LinkEndChoice[] {
  const others = nodesOf(state).filter(({ spec }) => spec.name !== name);
  const all = {
    label: l10n.t('All Other Nodes'),
    description: l10n.t('clients still reach it'),
    word: l10n.t('all other nodes'),
    ends: others.map(({ spec }) => spec.name),
  };
  return [
    ...(others.length > 1 ? [all] : []),
    ...others.map(node => ({
      label: node.spec.name,
      description: nodeDescription(state, node, now),
      word: node.spec.name,
      ends: [node.spec.name],
    })),
    {
      label: l10n.t('Clients'),
      description: l10n.t('all that are no node'),
      word: l10n.t('clients'),
      ends: [clientEnd],
    },
  ];
}

/** Which way what travels on a link is meant, seen from the node. */
export interface LinkWayChoice {
  readonly label: string;
  readonly way: 'both' | 'out' | 'in';
}

export function linkWayChoices(name: string, other: string): readonly LinkWayChoice[] {
  return [
    { label: l10n.t('Both Directions'), way: 'both' },
    { label: l10n.t('Only from {0} to {1}', name, other), way: 'out' },
    { label: l10n.t('Only from {0} to {1}', other, name), way: 'in' },
  ];
}

/** The faults of the links between a node and these other ends. */
export function linkFaults(
  name: string,
  ends: readonly string[],
  way: LinkWayChoice['way'],
  effect: LinkEffect,
): readonly LinkFault[] {
  return ends.map(end => ({
    ...effect,
    ...(way === 'in' ? { from: end, to: name } : { from: name, to: end }),
    bothWays: way === 'both',
  }));
}
