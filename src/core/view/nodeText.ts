import * as l10n from '@vscode/l10n';
import { nodesOf, type LabState, type NodeState } from '../model/labState';
import { faultNote, faultsOfNode } from './faultText';
import { countText, ownerText, roleWord, statusWord, timeText } from './words';

/** How long a changed role is pointed out, in milliseconds: long enough for the eye to find the row that moved. */
const roleChangeNote = 60_000;

/** A part of a description that counts on by itself, such as an offset, and is no news when it does. */
interface Counter {
  readonly count: string;
}

/** The one line of a node's row that says what matters now. */
export interface NodeDescription {
  readonly text: string;
  /** The same without what counts on by itself: while this stays the same there is no news. */
  readonly steady: string;
}

/** `now` is in milliseconds since 1970. */
export function describeNode(state: LabState, node: NodeState, now: number): NodeDescription {
  const { name } = node.spec;
  const faults = faultsOfNode(state, name, now).flatMap(fault => faultNote(state, name, fault) ?? []);
  const parts = [...statusParts(state, node), ...faults, ...formerRoleParts(node, now)];
  return {
    text: parts.map(part => (typeof part === 'string' ? part : part.count)).join(' · '),
    steady: parts.filter(part => typeof part === 'string').join(' · '),
  };
}

/** Only the text of {@link describeNode}. */
export function nodeDescription(state: LabState, node: NodeState, now: number): string {
  return describeNode(state, node, now).text;
}

function statusParts(state: LabState, node: NodeState): (string | Counter)[] {
  if (node.portOwner && node.status === 'stopped')
    return [l10n.t('port in use by {0}', ownerText(node.portOwner))];
  switch (node.status) {
    case 'running':
      return node.failure ? [...runningParts(state, node), failureText(node)] : runningParts(state, node);
    case 'unmanaged':
      return node.info
        ? [l10n.t('{0}, not started by this lab', roleWord(node.info.role)), versionText(node)]
        : [statusWord('unmanaged')];
    case 'crashed':
      return [crashText(node)];
    case 'frozen':
      return node.role && node.role !== 'sentinel'
        ? [roleWord(node.role), statusWord('frozen')]
        : [statusWord('frozen')];
    case 'starting':
    case 'stopped':
      return [statusWord(node.status)];
  }
}

function runningParts(state: LabState, node: NodeState): (string | Counter)[] {
  if (node.spec.kind === 'sentinel') return sentinelParts(node);
  const { info } = node;
  if (!info) return [statusWord('running')];
  if (info.loading) return [roleWord(info.role), l10n.t('loading its data')];
  if (info.role !== 'replica')
    return [
      roleWord('master'),
      // What is read from a log has no offset, and sometimes no version.
      ...(info.offset === undefined ? [] : [{ count: l10n.t('offset {0}', countText(info.offset)) }]),
      ...(info.version === '' ? [] : [versionText(node)]),
    ];
  return [roleWord('replica'), ...linkParts(state, node)];
}

function linkParts(state: LabState, node: NodeState): (string | Counter)[] {
  const { info } = node;
  if (!info) return [];
  if (info.syncInProgress)
    return [
      info.syncPercent === undefined
        ? l10n.t('full sync')
        : l10n.t('full sync {0} %', Math.round(info.syncPercent)),
    ];
  if (info.linkStatus !== 'up') return [l10n.t('link to {0} is down', info.masterPort ?? '?')];
  const { lag, behind } = replicaLag(state, node);
  return [
    l10n.t('link up'),
    ...(lag === undefined ? [] : [{ count: l10n.t('lag {0} s', lag) }]),
    ...(behind === undefined ? [] : [{ count: l10n.t('{0} bytes behind', countText(behind)) }]),
  ];
}

/**
 * How far a replica is behind: seconds since the master heard of it, and bytes of the stream. The master hears of the offset only once
 * a second, so the replica's own word counts where it is newer.
 */
export function replicaLag(
  state: LabState,
  replica: NodeState,
): { readonly lag: number | undefined; readonly behind: number | undefined } {
  const master = nodesOf(state).find(
    node => node.spec.port === replica.info?.masterPort && node.status === 'running',
  );
  const line = master?.info?.replicas.find(attached => attached.port === replica.spec.port);
  if (!line || master?.info?.offset === undefined) return { lag: undefined, behind: undefined };
  return {
    lag: line.lag,
    behind: Math.max(0, master.info.offset - Math.max(line.offset, replica.info?.offset ?? 0)),
  };
}

function sentinelParts(node: NodeState): string[] {
  const { view } = node;
  if (!view) return [node.info ? l10n.t('watches no master') : statusWord('running')];
  const down = view.flags.includes('o_down')
    ? l10n.t('agreed down')
    : view.flags.includes('s_down')
      ? l10n.t('thinks it is down')
      : undefined;
  return [
    l10n.t('master {0}', view.masterPort),
    ...(down ? [down] : []),
    l10n.t('epoch {0}', view.configEpoch),
    view.knownSentinels === undefined
      ? l10n.t('sees {0} replicas', view.knownReplicas)
      : l10n.t('sees {0} replicas, {1} sentinels', view.knownReplicas, view.knownSentinels),
    ...(view.quorumOk === undefined ? [] : [view.quorumOk ? l10n.t('quorum ok') : l10n.t('no quorum')]),
  ];
}

function formerRoleParts(node: NodeState, now: number): string[] {
  const { formerRole } = node;
  if (!formerRole || formerRole.role === 'sentinel') return [];
  const isDown = node.status !== 'running' && node.status !== 'frozen';
  if (!isDown && now - formerRole.until > roleChangeNote) return [];
  const until = timeText(formerRole.until);
  return [
    formerRole.role === 'master'
      ? l10n.t('was master until {0}', until)
      : l10n.t('was replica until {0}', until),
  ];
}

/** Why a crashed node is gone, as far as anybody saw it. */
export function crashText(node: NodeState): string {
  const { exit } = node.process;
  if (exit?.signal === 'SIGKILL') return l10n.t('killed (SIGKILL)');
  if (exit?.reason) return l10n.t('crashed: {0}', exit.reason);
  if (exit?.signal) return l10n.t('ended by {0}', exit.signal);
  if (exit?.code !== undefined) return l10n.t('ended with exit code {0}', exit.code);
  return l10n.t('ended without being stopped');
}

function failureText(node: NodeState): string {
  switch (node.failure) {
    case 'auth':
      return l10n.t('refuses the password');
    case 'timeout':
      return l10n.t('does not answer');
    default:
      return l10n.t('connection lost');
  }
}

/** `Redis 7.0.15` as the running process says it. */
export function versionText(node: NodeState): string {
  if (!node.info) return '';
  return `${node.info.product === 'valkey' ? 'Valkey' : 'Redis'} ${node.info.version}`;
}
