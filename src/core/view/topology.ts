import * as l10n from '@vscode/l10n';
import { isLinkFault } from '../drill/fault';
import { rulesOf } from '../drill/linkRules';
import { findNode, type NodeKind, type NodeSpec } from '../model/lab';
import {
  isAnswering,
  nodeAtPort,
  nodesOf,
  type LabState,
  type NodeRole,
  type NodeState,
  type NodeStatus,
} from '../model/labState';
import { linkCondition, type LinkCondition, type LinkRule } from '../network/linkRule';
import { faultsNow, faultText } from './faultText';
import { nodeIcon, type RowIcon } from './nodeIcon';
import { nodeDescription, replicaLag } from './nodeText';
import { nodeContext, silenceWord, spokenNode } from './nodeWords';
import { edgeShape, topologyPlaces, type EdgeShape, type Place } from './topologyLayout';
import { countText, roleWord } from './words';

/** A node as it is drawn. Its place never changes with its role. */
export interface TopologyNode extends Place {
  readonly name: string;
  readonly port: number;
  readonly kind: NodeKind;
  readonly role: NodeRole | undefined;
  readonly status: NodeStatus;
  readonly icon: RowIcon;
  /** As people call it: its port. */
  readonly label: string;
  /** What it is, in a word or two that fit below the label. */
  readonly caption: string;
  /** What matters now, as in its row of the tree. */
  readonly detail: string;
  readonly spoken: string;
  /** Words for when-clauses, as in its row of the tree. */
  readonly context: string;
}

/**
 * `replicates`: a replica (from) has a master (to). `watches`: a Sentinel takes a node for the master. `link`: nothing runs over it
 * that is drawn otherwise, and a fault is on it.
 */
export type EdgeKind = 'replicates' | 'watches' | 'link';

/** The worst that is known of an edge. */
export type EdgeState = 'up' | 'syncing' | 'down' | 'cut' | 'delayed' | 'lossy';

export interface TopologyEdge {
  /** The same as long as it goes out from the same node for the same purpose. */
  readonly id: string;
  /** Names of nodes. */
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly state: EdgeState;
  /** Short; empty where there is nothing to say. */
  readonly label: string;
  readonly spoken: string;
  readonly shape: EdgeShape;
}

/** A lab as a drawing, as plain data. */
export interface Topology {
  /** The Sentinels by port, then the data nodes by port. */
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  readonly width: number;
  readonly height: number;
}

/** `now` is in milliseconds since 1970. */
export function topologyOf(state: LabState, now: number): Topology {
  const { places, width, height } = topologyPlaces(state.lab);
  const placed = [...places].flatMap(([name, place]) => {
    const node = state.nodes[name];
    return node ? [{ node, place }] : [];
  });
  return {
    nodes: placed.map(({ node, place }) => drawnNode(state, node, place, now)),
    edges: edgesOf(state, now).flatMap(edge => {
      const shape = shapeOf(edge, state, places);
      return shape ? [{ ...edge, shape }] : [];
    }),
    width,
    height,
  };
}

function drawnNode(state: LabState, node: NodeState, { x, y }: Place, now: number): TopologyNode {
  const { spec, role, status } = node;
  const detail = nodeDescription(state, node, now);
  return {
    name: spec.name,
    port: spec.port,
    kind: spec.kind,
    role,
    status,
    icon: nodeIcon(state, node),
    label: String(spec.port),
    caption: captionOf(node),
    detail,
    spoken: spokenNode(node, detail),
    context: nodeContext(state, node, now),
    x,
    y,
  };
}

function captionOf(node: NodeState): string {
  const { role, info } = node;
  if (!isAnswering(node)) {
    const silence = silenceWord(node);
    // A frozen master still is one, for everybody else.
    return node.status === 'frozen' && role ? `${roleWord(role)}, ${silence}` : silence;
  }
  if (info?.loading) return l10n.t('loading its data');
  if (node.spec.kind === 'sentinel' && info?.tilt) return `${roleWord('sentinel')}, TILT`;
  return role ? roleWord(role) : '';
}

type Edge = Omit<TopologyEdge, 'shape'>;

function shapeOf(
  { from, to }: Edge,
  { lab }: LabState,
  places: ReadonlyMap<string, Place>,
): EdgeShape | undefined {
  const [start, end, node] = [places.get(from), places.get(to), findNode(lab, from)];
  if (!start || !end || !node) return undefined;
  const turn = lab.nodes.filter(({ kind, port }) => kind === node.kind && port < node.port).length;
  return edgeShape(start, end, { isAbove: node.kind === 'sentinel', turn });
}

function edgesOf(state: LabState, now: number): readonly Edge[] {
  const rules = rulesOf(faultsNow(state, now));
  const nodes = nodesOf(state);
  const alive = nodes.flatMap(node =>
    node.spec.kind === 'sentinel' ? watching(state, node) : replication(state, node),
  );
  const faulty = alive.map(edge => withFaults(edge, state, rules, now));
  const drawn = new Set(alive.map(({ from, to }) => pairKey(from, to)));
  return [
    ...faulty,
    ...brokenLinks(state, rules, now).filter(({ from, to }) => !drawn.has(pairKey(from, to))),
  ];
}

function replication(state: LabState, node: NodeState): Edge[] {
  const { spec, info, role } = node;
  const master = nodeAtPort(state, info?.masterPort);
  if (role !== 'replica' || !info || !master || master.spec === spec || master.spec.kind !== 'server')
    return [];
  const ends = {
    id: `replicates ${spec.name}`,
    from: spec.name,
    to: master.spec.name,
    kind: 'replicates',
  } as const;
  const say = (what: string): string =>
    l10n.t('{0} replicates from {1}: {2}', spec.port, master.spec.port, what);
  if (!isAnswering(node)) {
    const silence = silenceWord(node);
    return [{ ...ends, state: 'down', label: '', spoken: say(silence) }];
  }
  if (info.syncInProgress) {
    const { syncPercent } = info;
    const what =
      syncPercent === undefined ? l10n.t('full sync') : l10n.t('full sync {0} %', Math.round(syncPercent));
    return [{ ...ends, state: 'syncing', label: what, spoken: say(what) }];
  }
  if (info.linkStatus !== 'up')
    return [{ ...ends, state: 'down', label: l10n.t('down'), spoken: say(l10n.t('link down')) }];
  const { lag, behind } = replicaLag(state, node);
  const label = [
    ...(lag === undefined ? [] : [l10n.t('{0} s', lag)]),
    ...(behind === undefined ? [] : [l10n.t('{0} B', countText(behind))]),
  ].join(' · ');
  const spoken = [
    l10n.t('link up'),
    ...(lag === undefined ? [] : [l10n.t('lag {0} s', lag)]),
    ...(behind === undefined ? [] : [l10n.t('{0} bytes behind', countText(behind))]),
  ].join(', ');
  return [{ ...ends, state: 'up', label, spoken: say(spoken) }];
}

function watching(state: LabState, node: NodeState): Edge[] {
  const { spec, view } = node;
  const master = nodeAtPort(state, view?.masterPort);
  if (!view || !master || master.spec.kind !== 'server') return [];
  const ends = {
    id: `watches ${spec.name}`,
    from: spec.name,
    to: master.spec.name,
    kind: 'watches',
  } as const;
  const say = (what: string): string =>
    l10n.t('Sentinel {0} watches {1}: {2}', spec.port, master.spec.port, what);
  if (!isAnswering(node)) {
    const silence = silenceWord(node);
    return [{ ...ends, state: 'down', label: '', spoken: say(silence) }];
  }
  const { flags } = view;
  const down = flags.includes('o_down')
    ? 'ODOWN'
    : flags.includes('s_down')
      ? 'SDOWN'
      : flags.includes('disconnected')
        ? l10n.t('not connected')
        : undefined;
  return [
    down === undefined
      ? { ...ends, state: 'up', label: '', spoken: say(l10n.t('up')) }
      : { ...ends, state: 'down', label: down, spoken: say(down) },
  ];
}

/** A fault on the way shows on the edge, whatever the ends have noticed of it yet. */
function withFaults(edge: Edge, state: LabState, rules: readonly LinkRule[], now: number): Edge {
  const broken = conditionOf(rules, edge.from, edge.to);
  if (!broken) return edge;
  const isWorse = edge.state === 'up' || broken.state === 'cut';
  return {
    ...edge,
    state: isWorse ? broken.state : edge.state,
    label:
      broken.state === 'cut' || edge.label === ''
        ? broken.labelOf(state)
        : `${edge.label} · ${broken.labelOf(state)}`,
    spoken: [edge.spoken, ...faultWords(state, edge, now)].join('; '),
  };
}

/** Links between nodes that have a fault. */
function brokenLinks(state: LabState, rules: readonly LinkRule[], now: number): readonly Edge[] {
  const byPair = new Map<string, Edge>();
  for (const { from, to } of rules) {
    const ends = [findNode(state.lab, from), findNode(state.lab, to)];
    const [first, second] = ends.flatMap(end => end ?? []).toSorted(byPlace);
    const broken = conditionOf(rules, from, to);
    if (!first || !second || !broken) continue;
    const pair = { from: first.name, to: second.name };
    byPair.set(pairKey(from, to), {
      ...pair,
      id: `link ${pairKey(from, to)}`,
      kind: 'link',
      state: broken.state,
      label: broken.labelOf(state),
      spoken: faultWords(state, pair, now).join('; '),
    });
  }
  return [...byPair.values()];
}

function byPlace(a: NodeSpec, b: NodeSpec): number {
  return Number(a.kind === 'server') - Number(b.kind === 'server') || a.port - b.port;
}

function pairKey(a: string, b: string): string {
  return [a, b].toSorted().join(' ');
}

interface BrokenLink {
  readonly state: 'cut' | 'delayed' | 'lossy';
  readonly labelOf: (state: LabState) => string;
}

/** What the rules do to a link, both directions together; undefined: nothing. */
function conditionOf(rules: readonly LinkRule[], a: string, b: string): BrokenLink | undefined {
  const there = linkCondition(rules, a, b);
  const back = linkCondition(rules, b, a);
  if (there.cut || back.cut)
    return {
      state: 'cut',
      labelOf: ({ lab }) =>
        there.cut && back.cut
          ? l10n.t('cut')
          : l10n.t('cut to {0}', findNode(lab, there.cut ? b : a)?.port ?? '?'),
    };
  const loss = Math.max(there.loss, back.loss);
  const delay = Math.max(there.delay, back.delay);
  if (loss === 0 && delay === 0) return undefined;
  return { state: loss > 0 ? 'lossy' : 'delayed', labelOf: () => slowText({ loss, delay }) };
}

function slowText({ loss, delay }: Pick<LinkCondition, 'loss' | 'delay'>): string {
  return [
    ...(delay > 0 ? [l10n.t('{0} ms late', Math.round(delay))] : []),
    ...(loss > 0 ? [l10n.t('{0} % lost', Math.round(loss * 1_000) / 10)] : []),
  ].join(' · ');
}

/** The faults on a link, as sentences without their ends. */
function faultWords(
  state: LabState,
  { from, to }: Pick<Edge, 'from' | 'to'>,
  now: number,
): readonly string[] {
  return faultsNow(state, now)
    .filter(({ fault }) => isLinkFault(fault) && pairKey(fault.from, fault.to) === pairKey(from, to))
    .map(faultText);
}
