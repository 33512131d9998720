import * as l10n from '@vscode/l10n';
import { conditionOf, notReady } from '../model/readiness';
import { isAlive, masterPort, nodesOf, type LabState, type NodeState } from '../model/labState';
import { faultsNow } from './faultText';
import { networkStatus } from '../network/networkStatus';
import { describeNode } from './nodeText';
import { attentionColor, nodeIcon, type RowIcon } from './nodeIcon';
import { nodeContext, spokenNode } from './nodeWords';
import { statusWord } from './words';

/** One row of the tree as plain data. Ids stay the same for as long as the thing they stand for is there. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** The description without what counts on by itself: while this stays the same there is no news. */
  readonly steady: string;
  readonly icon: RowIcon | undefined;
  /** Words for when-clauses, such as `node server running`. */
  readonly context: string;
  /** What a screen reader says in place of label and description. */
  readonly spoken: string;
  readonly children: readonly Row[];
  /** The nodes a command on this row acts on. */
  readonly nodes: readonly string[];
}

/** The groups of a lab's tree: a node stands under the role it has now. */
type Group = 'masters' | 'replicas' | 'idle' | 'sentinels';

const groupOrder: readonly Group[] = ['masters', 'replicas', 'idle', 'sentinels'];

/** The row of a lab with everything under it. `id` is the lab's own, such as its folder; `now` in milliseconds since 1970. */
export function labRow(id: string, state: LabState, now: number): Row {
  const faults = faultsNow(state, now).length;
  const description = [labDescription(state), ...(faults > 0 ? [faultCount(faults)] : [])].join(' · ');
  const alive = nodesOf(state).filter(isAlive).length;
  const activity = alive === 0 ? 'stopped' : alive === state.lab.nodes.length ? 'running' : 'partial';
  return {
    id,
    label: state.lab.name,
    description,
    steady: description,
    icon: labIcon(state),
    context: [
      'lab',
      activity,
      ...(state.lab.nodes.some(node => node.kind === 'sentinel') ? ['sentinels'] : []),
      ...(faults > 0 ? ['broken'] : []),
    ].join(' '),
    spoken: l10n.t('lab {0}, {1}', state.lab.name, description),
    children: groupOrder.flatMap(group => groupRow(id, group, state, now) ?? []),
    nodes: state.lab.nodes.map(node => node.name),
  };
}

function faultCount(count: number): string {
  return count === 1 ? l10n.t('1 fault is on') : l10n.t('{0} faults are on', count);
}

/** The lab in one line: ready, or the first thing that is missing. */
export function labDescription(state: LabState): string {
  const port = masterPort(state);
  switch (conditionOf(state)) {
    case 'stopped':
      return statusWord('stopped');
    case 'ready':
      return [
        l10n.t('ready'),
        ...(port === undefined ? [] : [l10n.t('master {0}', port)]),
        ...epochPart(state),
      ].join(' · ');
    case 'failover':
      return l10n.t('failover: {0}', failoverStage(state));
    case 'waiting':
    case 'no-master':
      return missingText(state);
  }
}

/** What is missing: on its way, or broken until somebody does something about it. */
function missingText(state: LabState): string {
  const [first = '', ...rest] = notReady(state);
  const text = waitsForPerson(state) ? l10n.t('degraded: {0}', first) : l10n.t('waiting: {0}', first);
  return rest.length === 0 ? text : l10n.t('{0} (and {1} more)', text, rest.length);
}

/** How far the running failover is, in one word. */
export function failoverStage(state: LabState): string {
  switch (state.failover?.stage) {
    case 'agreeing':
      return l10n.t('the Sentinels agree that the master is down');
    case 'electing':
      return l10n.t('electing');
    case 'promoting':
      return l10n.t('promoting');
    case 'reconfiguring':
      return l10n.t('pointing replicas to the new master');
    default:
      return l10n.t('over');
  }
}

function epochPart(state: LabState): string[] {
  const epochs = nodesOf(state).flatMap(node => (node.view ? [node.view.configEpoch] : []));
  return epochs.length === 0 ? [] : [l10n.t('epoch {0}', Math.max(...epochs))];
}

/** Whether nothing goes on by itself any more: a node is down, and none is on its way. Then nothing turns, either. */
export function waitsForPerson(state: LabState): boolean {
  const nodes = nodesOf(state);
  const isOnItsWay = nodes.some(node => node.status === 'starting' || node.requested !== undefined);
  return !isOnItsWay && (networkIsDown(state) || nodes.some(node => node.status !== 'running'));
}

function networkIsDown(state: LabState): boolean {
  const status = networkStatus(state);
  return status !== 'none' && status !== 'running';
}

function labIcon(state: LabState): RowIcon {
  switch (conditionOf(state)) {
    case 'stopped':
      return { id: 'circle-outline', color: 'disabledForeground' };
    case 'ready':
      return { id: 'pass', color: 'charts.green' };
    case 'failover':
      return { id: 'sync~spin', color: attentionColor };
    case 'waiting':
      return waitsForPerson(state)
        ? { id: 'warning', color: attentionColor }
        : { id: 'loading~spin', color: undefined };
    case 'no-master':
      return { id: 'warning', color: attentionColor };
  }
}

function groupRow(labId: string, group: Group, state: LabState, now: number): Row | undefined {
  const nodes = nodesOf(state).filter(node => groupOf(node) === group);
  if (nodes.length === 0) return undefined;
  const label = groupLabel(group, nodes.length);
  return {
    id: `${labId}#${group}`,
    label,
    description: '',
    steady: '',
    icon: undefined,
    context: `group ${nodes.some(isAlive) ? 'running' : 'stopped'}`,
    spoken: label,
    children: nodes.map(node => nodeRow(labId, state, node, now)),
    nodes: nodes.map(node => node.spec.name),
  };
}

function groupOf(node: NodeState): Group {
  if (node.spec.kind === 'sentinel') return 'sentinels';
  if (node.role === 'master') return 'masters';
  return node.role === 'replica' ? 'replicas' : 'idle';
}

function groupLabel(group: Group, count: number): string {
  switch (group) {
    case 'masters':
      return count === 1 ? l10n.t('Master') : l10n.t('Masters ({0})', count);
    case 'replicas':
      return l10n.t('Replicas ({0})', count);
    case 'idle':
      return l10n.t('Not Running ({0})', count);
    case 'sentinels':
      return l10n.t('Sentinels ({0})', count);
  }
}

function nodeRow(labId: string, state: LabState, node: NodeState, now: number): Row {
  const { text: description, steady } = describeNode(state, node, now);
  return {
    id: `${labId}#${node.spec.name}`,
    label: String(node.spec.port),
    description,
    steady,
    icon: nodeIcon(state, node),
    context: nodeContext(state, node, now),
    spoken: spokenNode(node, description),
    children: [],
    nodes: [node.spec.name],
  };
}
