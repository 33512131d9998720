import * as l10n from '@vscode/l10n';
import type { LogStory, ProblemGroup, Statement } from '../editor/logStory';
import { escapeMarkdown, labelledItem, proseMarkdown } from './escapeMarkdown';
import { failoverSentence } from './failoverSentence';
import { reportMarkdown } from './reportMarkdown';
import { timelineLink } from './timelineLink';

/** Why a file is not part of a story. */
export type LeftOut = 'empty' | 'notRedis' | 'unreadable';

export interface StoryPage {
  readonly title: string;
  readonly story: LogStory;
  readonly leftOut: readonly { readonly file: string; readonly why: LeftOut }[];
  /** Where folders have more files than are looked at: how many were looked at. */
  readonly cutAt?: number;
  /** How a file is called on this page. */
  readonly nameOf: (file: string) => string;
  /** Where a link to a line leads; undefined: the text is in no file. */
  readonly linkTo: (file: string, line: number) => string | undefined;
  /** Where the picture of a failover lies, by its index; undefined: there is none. */
  readonly picture?: (index: number) => string | undefined;
  /** What opens the timeline of these logs; none: nothing does. */
  readonly timeline?: string;
}

/** More kinds of problems or files nobody reads; the rest is counted. */
const mostProblems = 40;
const mostLeftOut = 50;
/** Lines of one failover: one that goes on for hours repeats itself. */
const mostLines = 300;

/** The story of logs as a Markdown page: what happened, the lines it stands on, what was wrong, which files were read. */
export function storyMarkdown(page: StoryPage): string {
  const { story } = page;
  return `${[
    `# ${escapeMarkdown(page.title)}`,
    ...timelineLink(page.timeline),
    ...shortened(story),
    ...(hasReport(story)
      ? [reportMarkdown(story.report, { links: page, ...(page.picture ? { picture: page.picture } : {}) })]
      : []),
    ...failoverLines(page),
    ...problemSection(page),
    ...statementSection(page),
    ...fileSection(page),
    ...leftOutSection(page),
  ].join('\n\n')}\n`;
}

/** Of a few pasted lines nobody expects a failover. */
function hasReport({ report, statements }: LogStory): boolean {
  return statements.length === 0 || report.failovers.length > 0 || report.syncs.length > 0;
}

function shortened({ report, failoverCount, syncCount }: LogStory): string[] {
  const { failovers, syncs } = report;
  return [
    ...(failoverCount > failovers.length
      ? [
          l10n.t(
            'These logs tell of {0} failovers; this page shows the last {1}.',
            failoverCount,
            failovers.length,
          ),
        ]
      : []),
    ...(syncCount > syncs.length
      ? [l10n.t('They tell of {0} syncs; this page shows the last {1}.', syncCount, syncs.length)]
      : []),
  ];
}

function failoverLines(page: StoryPage): string[] {
  const { report, failoverLines: all } = page.story;
  const parts = report.failovers.flatMap((failover, index) => {
    const lines = all[index] ?? [];
    if (lines.length === 0) return [];
    const heading = all.length > 1 ? [`### ${escapeMarkdown(failoverSentence(failover, report))}`] : [];
    return [...heading, statementTable(lines.slice(0, mostLines), page), ...more(lines.length - mostLines)];
  });
  return parts.length === 0 ? [] : [`## ${l10n.t('Line by line')}`, ...parts];
}

function statementTable(statements: readonly Statement[], page: StoryPage): string {
  const rows = statements.map(
    statement => `| ${clock(statement.time)} | ${placeLink(statement, page)} | ${meaningOf(statement)} |`,
  );
  return [
    `| ${l10n.t('Time')} | ${l10n.t('Line')} | ${l10n.t('What it means')} |`,
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function problemSection(page: StoryPage): string[] {
  const { problems } = page.story;
  if (problems.length === 0) return [];
  return [
    `## ${l10n.t('Messages that tell of a problem')}`,
    ...problems.slice(0, mostProblems).map(problem => problemItem(problem, page)),
    ...more(problems.length - mostProblems),
  ];
}

function problemItem({ first, last, count, benign, cause, fix }: ProblemGroup, page: StoryPage): string {
  const where =
    count === 1
      ? l10n.t('Once: {0}', placeLink(first, page))
      : l10n.t('{0} times, from {1} to {2}', count, placeLink(first, page), placeLink(last, page));
  return [
    `**${meaningOf(first)}**`,
    '',
    `- ${where}`,
    ...(benign === undefined ? [] : [labelledItem(l10n.t('Normal: {0}', benign))]),
    ...(cause === undefined ? [] : [labelledItem(l10n.t('Cause: {0}', cause))]),
    ...(fix === undefined ? [] : [labelledItem(l10n.t('What to do: {0}', fix))]),
  ].join('\n');
}

function statementSection(page: StoryPage): string[] {
  const { statements } = page.story;
  if (statements.length === 0) return [];
  const rows = statements.map(
    statement =>
      `| ${statement.line} | ${code(statement.message)} | ${proseMarkdown(statement.text ?? l10n.t('No Redis message known here.'))} |`,
  );
  return [
    `## ${l10n.t('Every line')}`,
    [
      `| ${l10n.t('Line')} | ${l10n.t('Message')} | ${l10n.t('What it means')} |`,
      '| ---: | --- | --- |',
      ...rows,
    ].join('\n'),
    ...more(page.story.statementCount - statements.length),
  ];
}

function fileSection(page: StoryPage): string[] {
  const rows = page.story.digests.flatMap(digest => {
    const link = page.linkTo(digest.file, 1);
    if (link === undefined) return [];
    const name = `[${escapeMarkdown(page.nameOf(digest.file))}](<${link}>)`;
    return [
      `| ${name} | ${escapeMarkdown(digest.node ?? '')} | ${digest.lines} | ${dateText(digest.firstTime)} | ${dateText(digest.lastTime)} |`,
    ];
  });
  if (rows.length === 0) return [];
  return [
    `## ${l10n.t('Files')}`,
    [
      `| ${l10n.t('File')} | ${l10n.t('Node')} | ${l10n.t('Lines')} | ${l10n.t('From')} | ${l10n.t('To')} |`,
      '| --- | --- | ---: | --- | --- |',
      ...rows,
    ].join('\n'),
  ];
}

function leftOutSection({ leftOut, nameOf, cutAt }: StoryPage): string[] {
  const cut =
    cutAt === undefined
      ? []
      : [l10n.t('Only the first {0} files were looked at. Choose a folder with fewer files.', cutAt)];
  if (leftOut.length === 0) return cut;
  return [
    ...cut,
    l10n.t('Left out:'),
    [
      ...leftOut
        .slice(0, mostLeftOut)
        .map(({ file, why }) => `- ${escapeMarkdown(`${nameOf(file)}: ${leftOutText(why)}`)}`),
      ...more(leftOut.length - mostLeftOut).map(text => `- ${text}`),
    ].join('\n'),
  ];
}

/** The reason in words for people. */
function leftOutText(why: LeftOut): string {
  switch (why) {
    case 'empty':
      return l10n.t('it is empty');
    case 'notRedis':
      return l10n.t('no line of it looks like a Redis log');
    case 'unreadable':
      return l10n.t('it cannot be read');
  }
}

function more(count: number): string[] {
  return count > 0 ? [l10n.t('… and {0} more.', count)] : [];
}

function placeLink({ file, line, node }: Statement, { nameOf, linkTo, story }: StoryPage): string {
  const link = linkTo(file, line);
  if (link === undefined) return l10n.t('line {0}', line);
  // People think in nodes; but one node may have written several files.
  const isAlone = story.digests.every(digest => digest.file === file || digest.node !== node);
  const name = node !== undefined && isAlone ? node : nameOf(file);
  return `[${escapeMarkdown(`${name}:${line}`)}](<${link}>)`;
}

function meaningOf({ text, message }: Statement): string {
  return text === null ? escapeMarkdown(message) : proseMarkdown(text);
}

/** A log's own words: as they are, in a font of one width. A table's cell ends at a bar, even inside. */
function code(text: string): string {
  const short = text.length > 300 ? `${text.slice(0, 300)}…` : text;
  const safe = short
    .replace(/[\r\n\0\t]+/g, ' ')
    .replaceAll('`', "'")
    .trim();
  return safe === '' ? '' : `\`${safe.replaceAll('|', '\\|')}\``;
}

function clock(time: string | null): string {
  return time?.slice(time.indexOf('T') + 1) ?? '';
}

function dateText(time: string | null): string {
  return time?.replace('T', ' ').replace(/^--/, '') ?? '';
}
