import * as l10n from '@vscode/l10n';
import { labHost, nodeAddress } from '../model/lab';
import { nodeOf, type LabState, type NodeState } from '../model/labState';
import { escapeMarkdown } from './escapeMarkdown';
import { faultsOfNode, faultText } from './faultText';
import { crashText, nodeDescription, replicaLag, versionText } from './nodeText';
import { countText, durationText, statusWord, timeText } from './words';

/** The rest about a node, as Markdown: a heading and a table of facts. There is never a secret in it. */
export function nodeTooltip(state: LabState, name: string, now: number): string {
  const node = nodeOf(state, name);
  if (!node) return '';
  const rows = [
    ...processFacts(node),
    ...replicationFacts(state, node),
    ...sentinelFacts(node),
    ...faultFacts(state, name, now),
  ];
  const table = rows.map(([fact, value]) => `| ${escapeMarkdown(fact)} | ${escapeMarkdown(value)} |`);
  return [
    `**${escapeMarkdown(node.spec.name)}** — ${escapeMarkdown(nodeDescription(state, node, now))}`,
    '',
    '| | |',
    '|:--|:--|',
    ...table,
  ].join('\n');
}

type Fact = readonly [fact: string, value: string];

function processFacts(node: NodeState): Fact[] {
  const { record } = node.process;
  const facts: Fact[] = [
    [l10n.t('Address'), nodeAddress(node.spec)],
    ...(node.spec.listenPort === node.spec.port
      ? []
      : [[l10n.t('Listens on'), `${labHost}:${node.spec.listenPort}`] as const]),
    [l10n.t('Status'), statusWord(node.status)],
  ];
  if (node.status === 'crashed')
    facts.push([
      l10n.t('End'),
      node.process.exit
        ? l10n.t('{0} at {1}', crashText(node), timeText(node.process.exit.at))
        : crashText(node),
    ]);
  if (node.info) {
    facts.push([l10n.t('Version'), versionText(node)]);
    if (node.info.processId !== undefined)
      facts.push([l10n.t('Process'), l10n.t('pid {0}', node.info.processId)]);
    if (node.info.uptimeSeconds !== undefined)
      facts.push([l10n.t('Up for'), durationText(node.info.uptimeSeconds)]);
    if (node.info.runId) facts.push([l10n.t('Run id'), node.info.runId]);
  } else if (record && node.process.life !== 'gone') {
    facts.push([l10n.t('Process'), l10n.t('pid {0}', record.pid)]);
  }
  if (record && node.process.life !== 'gone') {
    facts.push([
      l10n.t('Runs in'),
      record.runnerPid === undefined
        ? l10n.t('the background (started from the command line)')
        : l10n.t('an integrated terminal'),
    ]);
  }
  facts.push([l10n.t('Conf'), node.spec.conf], [l10n.t('Log'), node.spec.log]);
  return facts;
}

function replicationFacts(state: LabState, node: NodeState): Fact[] {
  const { info } = node;
  if (!info || info.role === 'sentinel') return [];
  const facts: Fact[] = [];
  if (info.replicationId) facts.push([l10n.t('Replication id'), info.replicationId]);
  if (info.offset !== undefined) facts.push([l10n.t('Replication offset'), countText(info.offset)]);
  if (info.role === 'replica') {
    facts.push([l10n.t('Replicates from'), `${info.masterHost ?? ''}:${info.masterPort ?? ''}`]);
    facts.push([l10n.t('Link'), info.linkStatus === 'up' ? l10n.t('up') : l10n.t('down')]);
    const { lag, behind } = replicaLag(state, node);
    if (lag !== undefined)
      facts.push([l10n.t('Lag'), l10n.t('{0} s, {1} bytes', lag, countText(behind ?? 0))]);
    if (info.priority !== undefined) facts.push([l10n.t('Replica priority'), String(info.priority)]);
  } else {
    const replicas = info.replicas.map(
      replica => `${replica.port} (${replica.state}, ${l10n.t('lag {0} s', replica.lag ?? '?')})`,
    );
    facts.push([l10n.t('Replicas'), replicas.length > 0 ? replicas.join(', ') : l10n.t('none')]);
  }
  if (info.lastSaveFailed)
    facts.push([l10n.t('Last save'), l10n.t('failed: writes may be refused with MISCONF; see the log')]);
  return facts;
}

function sentinelFacts(node: NodeState): Fact[] {
  const { view } = node;
  if (!view) return [];
  return [
    [l10n.t('Takes for the master'), `${view.masterHost}:${view.masterPort}`],
    [l10n.t('Thinks of it'), view.flags.filter(flag => flag !== 'master').join(', ') || l10n.t('up')],
    [l10n.t('Configuration epoch'), String(view.configEpoch)],
    [
      l10n.t('Knows'),
      view.knownSentinels === undefined
        ? l10n.t('{0} replicas', view.knownReplicas)
        : l10n.t('{0} replicas, {1} other Sentinels', view.knownReplicas, view.knownSentinels),
    ],
    [l10n.t('Quorum'), view.quorumText ?? String(view.quorum)],
  ];
}

function faultFacts(state: LabState, name: string, now: number): Fact[] {
  return faultsOfNode(state, name, now).map(active => [
    l10n.t('Fault {0}', active.id),
    l10n.t('{0} (since {1})', faultText(active), timeText(active.since)),
  ]);
}
