import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { Failover } from '../../core/story/failover';
import type { Report } from '../../core/story/report';
import { failoverComparison } from '../../core/view/failoverComparison';
import { failoverComparisonMarkdown } from '../../core/view/failoverComparisonMarkdown';
import { failoverComparisonSvg } from '../../core/view/failoverComparisonSvg';
import { failoverSentence } from '../../core/view/failoverSentence';
import { clockText } from '../../core/view/storyNames';
import { readReport } from '../../node/files/readReport';
import { listRecordings } from '../../node/recording/recordings';
import type { CommandContext } from '../commands/commandContext';
import { pictureBackground } from '../editor/pictureBackground';
import { Cancelled } from '../errors';
import { logsOf } from './openSource';

/** A failover that can be chosen, and where it is told. */
interface Choice extends vscode.QuickPickItem {
  readonly failover: Failover;
  readonly report: Report;
}

const pictureName = 'comparison.svg';

/** Lets the person choose two failovers, of labs, timelines that are open or recordings, and shows them beside each other. */
export async function compareChosenFailovers(context: CommandContext): Promise<void> {
  const title = l10n.t('Looking for failovers');
  const choices = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title },
    async () => allChoices(context),
  );
  if (choices.length < 2)
    throw new HumanError(
      l10n.t(
        'There are no two failovers to compare yet. Run a drill, or open the timeline of logs that tell of one.',
      ),
    );
  const first = await choose(choices, l10n.t('Choose the first failover'));
  const second = await choose(
    choices.filter(choice => choice !== first),
    l10n.t('Choose the failover to compare it with'),
  );
  const comparison = failoverComparison(first, second);
  await context.explaining.pages.show({
    name: l10n.t('Two failovers'),
    key: `comparison\n${first.label}\n${first.description}\n${second.label}\n${second.description}`,
    markdown: () => failoverComparisonMarkdown(comparison, { picture: pictureName }),
    beside: new Map([[pictureName, failoverComparisonSvg(comparison, pictureBackground())]]),
  });
}

async function choose(choices: readonly Choice[], placeHolder: string): Promise<Choice> {
  const picked = await vscode.window.showQuickPick(choices, {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked) throw new Cancelled();
  return picked;
}

async function allChoices({ catalog, timelines }: CommandContext): Promise<readonly Choice[]> {
  const labs = catalog.labs.flatMap(({ opened }) => {
    if (!opened) return [];
    return [{ title: opened.session.lab.name, files: opened.folder.logs }];
  });
  const shown = timelines.sources.flatMap(({ title, source }) =>
    source.kind === 'files' ? [{ title, files: source.files }] : [],
  );
  const { places } = timelines;
  const recordings = await Promise.all(
    listRecordings(places.dist, places.texts, vscode.env.language).map(async ({ name, title }) => ({
      title,
      files: await logsOf({ kind: 'recording', name }, places),
    })),
  );
  const all = await Promise.all(
    [...labs, ...shown, ...recordings].map(async ({ title, files }) => {
      // Of logs that are gone since their timeline was opened, nothing can be compared.
      const report = await readReport(files).catch(() => undefined);
      return report ? [{ title, report }] : [];
    }),
  );
  // The newest of a lab is what a person has just seen.
  return all.flat().flatMap(({ title, report }) =>
    report.failovers.toReversed().map(failover => ({
      label: failoverSentence(failover, report),
      description: clockText(failover.startedAt),
      detail: title,
      failover,
      report,
    })),
  );
}
