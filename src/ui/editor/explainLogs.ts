import * as l10n from '@vscode/l10n';
import path from 'node:path';
import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { largestPaste, pastedLines } from '../../core/editor/pastedLines';
import { textStory } from '../../core/editor/textStory';
import { looksLikeLog } from '../../core/log/looksLikeLog';
import { Recogniser } from '../../core/log/logRecord';
import { StoryReader } from '../../core/story/collect';
import { shortNames } from '../../core/view/shortNames';
import { storyMarkdown } from '../../core/view/storyMarkdown';
import { timelineSvg } from '../../core/view/timelineSvg';
import { readExplainTexts } from '../../node/files/explainTexts';
import { findLogs, mostFiles, type FoundLogs } from '../../node/files/findLogs';
import { readLogStory } from '../../node/files/readLogStory';
import { Cancelled } from '../errors';
import { timelineLinkName, timelineLinkText } from '../timeline/timelineLink';
import { pictureBackground } from './pictureBackground';
import type { StoryPages } from './storyPages';

/** Where explanations come from and where pages go. */
export interface ExplainContext {
  readonly l10nFolder: string;
  readonly pages: StoryPages;
}

/** Further failovers on one page have a bar of characters. */
const mostPictures = 20;

function pictureName(index: number): string {
  return `failover-${index + 1}.svg`;
}

/** Explains log files, and the logs in folders, as one story. */
export async function explainLogFiles(
  paths: readonly string[],
  { l10nFolder, pages }: ExplainContext,
): Promise<void> {
  const title = l10n.t('Explaining Redis logs');
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort(new Cancelled()));
      const { logs, leftOut, isCut } = await findLogs(paths);
      if (logs.length === 0) throw noLog(paths, leftOut);
      const tools = {
        recogniser: new Recogniser(),
        texts: readExplainTexts(l10nFolder, vscode.env.language),
      };
      let shown = 0;
      const story = await readLogStory(logs, tools, {
        signal: cancel.signal,
        report: (file, done, total) => {
          const now = (100 * done) / total;
          progress.report({ message: path.basename(file), increment: now - shown });
          shown = now;
        },
      });
      const nameOf = shortNames([...logs, ...leftOut.map(({ file }) => file)]);
      const name = pageName(paths);
      const { failovers } = story.report;
      const pictures = new Map(
        failovers
          .slice(0, mostPictures)
          .map((failover, index) => [
            pictureName(index),
            timelineSvg({ ...story.report, failovers: [failover] }, pictureBackground()),
          ]),
      );
      const link = new Map([[timelineLinkName, timelineLinkText(logs)]]);
      await pages.show({
        name,
        key: [...paths].toSorted().join('\n'),
        markdown: linkTo =>
          storyMarkdown({
            title: l10n.t('Redis logs: {0}', name),
            story,
            leftOut,
            ...(isCut ? { cutAt: mostFiles } : {}),
            nameOf,
            linkTo,
            timeline: timelineLinkName,
            picture: index => (pictures.has(pictureName(index)) ? pictureName(index) : undefined),
          }),
        beside: new Map([...pictures, ...link]),
      });
    },
  );
}

/** Explains what is in the clipboard, line by line. */
export async function explainClipboard({ l10nFolder, pages }: ExplainContext): Promise<void> {
  const text = await vscode.env.clipboard.readText();
  if (text.trim() === '')
    throw new HumanError(l10n.t('The clipboard has no text. Copy some lines of a Redis log first.'));
  if (text.length > largestPaste)
    throw new HumanError(
      l10n.t(
        'The clipboard has more than 4 MB of text. Save it as a file and use "Explain Redis Logs…", which reads logs of any size.',
      ),
    );
  const lines = pastedLines(text);
  if (!looksLikeLog(lines))
    throw new HumanError(
      l10n.t(
        'The text in the clipboard does not look like a Redis log. Copy whole lines, with pid and time in front.',
      ),
    );
  const name = l10n.t('Clipboard');
  const story = textStory(
    lines,
    {
      recogniser: new Recogniser(),
      story: new StoryReader(),
      texts: readExplainTexts(l10nFolder, vscode.env.language),
    },
    { name, year: new Date().getFullYear() },
  );
  await pages.show({
    name,
    key: 'clipboard',
    markdown: () =>
      storyMarkdown({
        title: l10n.t('Redis log lines from the clipboard'),
        story,
        leftOut: [],
        nameOf: () => name,
        linkTo: () => undefined,
      }),
  });
}

function noLog(paths: readonly string[], leftOut: FoundLogs['leftOut']): HumanError {
  const [first] = paths;
  const name = path.basename(first ?? '');
  const why = leftOut[0]?.why;
  if (paths.length === 1 && leftOut.length === 1 && leftOut[0]?.file === first) {
    if (why === 'empty')
      return new HumanError(l10n.t('{0} is empty: there is nothing to explain yet.', name));
    if (why === 'unreadable')
      return new HumanError(
        l10n.t('{0} cannot be read. Check that it exists and that you may read it.', name),
      );
    return new HumanError(
      l10n.t('No line of {0} looks like a log of Redis, Sentinel or Valkey. Choose their log files.', name),
    );
  }
  return new HumanError(
    l10n.t(
      'No log of Redis, Sentinel or Valkey was found in {0}. Choose log files, or the folder they are in.',
      paths.map(file => path.basename(file)).join(', '),
    ),
  );
}

function pageName(paths: readonly string[]): string {
  const [first, ...rest] = paths;
  const name = path.basename(first ?? '');
  return rest.length === 0 ? name : l10n.t('{0} and {1} more', name, rest.length);
}
