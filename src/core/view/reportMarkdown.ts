import * as l10n from '@vscode/l10n';
import type { Failover } from '../story/failover';
import type { DataNode } from '../story/dataNodes';
import type { Report } from '../story/report';
import { adviceNotes, benignNotes } from './failoverAdvice';
import { failoverSentence } from './failoverSentence';
import { lineLink, markdownTable, markdownText, plainLinks, type LineLinks } from './markdown';
import { phaseOwner, phaseWord } from './phaseWords';
import { syncOutcome, syncReason } from './syncText';
import { addressText, clockText, durationText, leaderName, sentinelName, writerName } from './storyNames';

export interface MarkdownOptions {
  /** The address of a picture of the failover at this place, for a Markdown viewer; none: a bar of characters. */
  readonly picture?: (index: number) => string | undefined;
  readonly links?: LineLinks;
}

/** A report for people, as Markdown: one section a failover, then roles and syncs. */
export function reportMarkdown(report: Report, options: MarkdownOptions = {}): string {
  const { links = plainLinks } = options;
  const parts = report.failovers.flatMap((failover, index) =>
    failoverSection(failover, report, links, options.picture?.(index)),
  );
  if (parts.length === 0) parts.push(l10n.t('No failover is in these logs.'));
  return [...parts, ...roleSection(report), ...syncSection(report, links)].join('\n\n');
}

function failoverSection(
  failover: Failover,
  report: Report,
  links: LineLinks,
  picture: string | undefined,
): readonly string[] {
  return [
    `## ${markdownText(failoverSentence(failover, report))}`,
    ...beginning(failover, links),
    ...(picture === undefined ? phaseBar(failover) : [`![${l10n.t('Timeline')}](<${picture}>)`]),
    ...phaseTable(failover),
    ...choiceText(failover),
    ...voteTable(failover, report, links),
    ...observerTable(failover, report),
    ...oldMasterText(failover),
    ...bullets(l10n.t('What was normal'), benignNotes(failover, report)),
    ...bullets(l10n.t('What to change'), adviceOrNothing(failover, report)),
  ];
}

function beginning({ startedAt, evidence }: Failover, links: LineLinks): readonly string[] {
  const [first] = evidence;
  if (startedAt === null || !first) return [];
  return [
    l10n.t('Began at {0} ({1}).', startedAt.replace('T', ' ').replace(/^--/, ''), lineLink(first, links)),
  ];
}

const barWidth = 60;

/** The phases as one bar of characters, each with its number in the table. */
function phaseBar({ phases }: Failover): readonly string[] {
  const all = phases.reduce((sum, phase) => sum + phase.ms, 0);
  if (all === 0) return [];
  const bar = phases.map((phase, index) => {
    const size = Math.max(1, Math.round((phase.ms / all) * barWidth));
    return `${index + 1}${'━'.repeat(size - 1)}`;
  });
  return [`\`\`\`text\n${bar.join('')}\n\`\`\``];
}

function phaseTable({ phases }: Failover): readonly string[] {
  if (phases.length === 0) return [];
  return [
    markdownTable(
      ['', l10n.t('Phase'), l10n.t('Took'), l10n.t('Decided by')],
      phases.map(({ name, ms }, index) => [
        String(index + 1),
        phaseWord(name),
        durationText(ms),
        phaseOwner(name),
      ]),
      [0, 2],
    ),
  ];
}

function choiceText({ choice, candidates, outcome }: Failover): readonly string[] {
  if (!choice) return [];
  const address = addressText(choice.replica);
  const others = (candidates ?? [])
    .filter(candidate => candidate.address !== address)
    .map(({ address: other, offset, isDown }) =>
      isDown
        ? l10n.t('{0}: down', other)
        : offset === null
          ? other
          : l10n.t('{0}: offset {1}', other, offset),
    )
    .join(', ');
  const offset = candidates?.find(candidate => candidate.address === address)?.offset ?? null;
  const sentences: string[] = [];
  switch (choice.reason) {
    case 'only-one':
      sentences.push(l10n.t('{0} was chosen: no other replica was up.', address));
      break;
    case 'offset':
      sentences.push(
        l10n.t('{0} was chosen: it had the most data (offset {1}; {2}).', address, offset ?? '?', others),
      );
      break;
    case 'same-offset':
      sentences.push(
        l10n.t(
          '{0} was chosen: all replicas had the same data (offset {1}), so `replica-priority` or, where that is equal, the smaller run id decided.',
          address,
          offset ?? '?',
        ),
      );
      break;
    case 'priority':
      sentences.push(
        l10n.t(
          '{0} was chosen although another replica had more data ({1}): its `replica-priority` is lower, and that counts first.',
          address,
          others,
        ),
      );
      break;
    case null:
      sentences.push(
        l10n.t(
          '{0} was chosen. The order is: lowest `replica-priority`, most data, smallest run id; these logs do not tell which one decided.',
          address,
        ),
      );
  }
  if (outcome !== 'succeeded') sentences.push(l10n.t('It did not become the master.'));
  return [sentences.join(' ')];
}

function voteTable({ votes }: Failover, report: Report, links: LineLinks): readonly string[] {
  if (votes.length === 0) return [];
  return [
    markdownTable(
      [l10n.t('Voter'), l10n.t('Voted for'), l10n.t('Line')],
      votes.map(vote => [
        markdownText(sentinelName(vote.voter, report)),
        markdownText(sentinelName(vote.candidate, report)),
        lineLink(vote, links),
      ]),
    ),
  ];
}

function observerTable(failover: Failover, report: Report): readonly string[] {
  const leader = leaderName(failover, report);
  return [
    markdownTable(
      ['Sentinel', '+sdown', '+odown', '+try-failover', '+switch-master'],
      failover.observers.map(({ file, sdownAt, odownAt, triedAt, switchedAt }) => {
        const name = writerName(file, report);
        const label = name === leader ? l10n.t('{0} (leader)', name) : name;
        return [
          markdownText(label),
          clockText(sdownAt),
          clockText(odownAt),
          clockText(triedAt),
          clockText(switchedAt),
        ];
      }),
    ),
  ];
}

function oldMasterText({ oldMaster, from, to }: Failover): readonly string[] {
  if (!oldMaster) return [];
  const old = addressText(from);
  if (oldMaster.convertedAt !== null)
    return [
      l10n.t(
        'The old master {0} came back as a master; at {1} a Sentinel made it a replica of {2}. Writes it took in between are lost.',
        old,
        clockText(oldMaster.convertedAt),
        addressText(to),
      ),
    ];
  if (oldMaster.backAt !== null)
    return [l10n.t('The old master {0} was back at {1}.', old, clockText(oldMaster.backAt))];
  if (oldMaster.downAt !== null) return [l10n.t('The old master {0} is not back in these logs.', old)];
  return [];
}

function adviceOrNothing(failover: Failover, report: Report): readonly string[] {
  const advice = adviceNotes(failover, report);
  return advice.length > 0 ? advice : [l10n.t('Nothing: this failover went as it should.')];
}

function bullets(title: string, notes: readonly string[]): readonly string[] {
  return notes.length === 0 ? [] : [[`**${title}**`, '', ...notes.map(note => `- ${note}`)].join('\n')];
}

function roleSection({ dataNodes }: Report): readonly string[] {
  const rows = dataNodes.flatMap(roleRows);
  if (rows.length === 0) return [];
  return [
    `## ${l10n.t('Roles')}`,
    markdownTable([l10n.t('Node'), l10n.t('Role'), l10n.t('From'), l10n.t('To')], rows),
  ];
}

function roleRows({ address, roles }: DataNode): readonly (readonly string[])[] {
  return roles.map(({ role, from, to }, index) => [
    index === 0 ? markdownText(address) : '',
    role === 'master' ? l10n.t('master') : l10n.t('replica'),
    clockText(from),
    clockText(to),
  ]);
}

function syncSection({ syncs }: Report, links: LineLinks): readonly string[] {
  if (syncs.length === 0) return [];
  return [
    `## ${l10n.t('Syncs')}`,
    markdownTable(
      [
        l10n.t('Replica'),
        l10n.t('Master'),
        l10n.t('Kind'),
        l10n.t('Outcome'),
        l10n.t('Took'),
        l10n.t('Why'),
        l10n.t('Line'),
      ],
      syncs.map(sync => [
        markdownText(sync.replica),
        markdownText(sync.master ?? '?'),
        sync.kind === 'full' ? l10n.t('full') : l10n.t('partial'),
        syncOutcome(sync),
        sync.durationMs === null ? '' : durationText(sync.durationMs),
        sync.outcome === 'failed' ? markdownText(syncReason(sync)) : syncReason(sync),
        lineLink(sync, links),
      ]),
      [4],
    ),
  ];
}
