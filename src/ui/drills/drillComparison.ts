import * as l10n from '@vscode/l10n';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../contributions';
import { compareDrills, type DrillFigures } from '../../core/drill/compareDrills';
import { comparisonMarkdown } from '../../core/view/comparisonMarkdown';
import { drillChoice, drillTime, earlierFirst } from '../../core/view/drillChoice';
import { readStoredDrill } from '../../node/drill/storedDrill';
import type { StoryPages } from '../editor/storyPages';
import { Cancelled } from '../errors';
import { comparisonName, reportName } from './reportName';

/** A finished drill with what the person calls it. */
interface StoredDrill {
  readonly file: string;
  readonly title: string;
  readonly drill: DrillFigures;
}

/** Lets the person choose two finished drills and shows them side by side as a page. */
export async function compareTwoDrills(pages: StoryPages): Promise<void> {
  const kept = await keptDrills(pages);
  const first = kept.length === 0 ? await askWithoutDrills() : await askForDrill(kept, undefined);
  const second = await askForDrill(
    kept.filter(({ file }) => file !== first.file),
    first,
  );
  const now = Date.now();
  const both = earlierFirst(first, second);
  const [a, b] = both;
  const names = both.map(stored => [stored.title, drillTime(stored.drill, now)].filter(Boolean).join(', '));
  const titles = [...new Set(both.map(({ title }) => title))].join(', ');
  const comparison = compareDrills(a.drill, b.drill);
  await pages.show({
    name: l10n.t('Comparison of {0}', titles),
    key: ['comparison', a.file, b.file].join('\n'),
    markdown: () => comparisonMarkdown(comparison, [names[0] ?? '', names[1] ?? '']),
    beside: new Map([[comparisonName, JSON.stringify(comparison)]]),
  });
}

/** The drills whose pages are still there, the newest first. */
async function keptDrills(pages: StoryPages): Promise<readonly StoredDrill[]> {
  const found = await Promise.all(
    (await pages.having(reportName)).map(async ({ page, file }) => {
      // One that cannot be read was written by another version, or is being removed.
      const drill = await readStoredDrill(file).catch(() => undefined);
      return drill ? [{ file, title: page, drill }] : [];
    }),
  );
  const timeOf = ({ drill }: StoredDrill): number => Date.parse(drill.startedAt ?? '') || 0;
  return found.flat().toSorted((a, b) => timeOf(b) - timeOf(a));
}

async function askForDrill(
  drills: readonly StoredDrill[],
  first: StoredDrill | undefined,
): Promise<StoredDrill> {
  const now = Date.now();
  const picked = await vscode.window.showQuickPick(
    [
      ...drills.map(stored => ({ ...drillChoice(stored.drill, stored.title, now), stored })),
      { label: '', kind: vscode.QuickPickItemKind.Separator, stored: undefined },
      {
        label: `$(folder-opened) ${l10n.t('Choose a File…')}`,
        detail: l10n.t('A report that "redis-ha-lab drill … --json" printed, or report.json of its --out'),
        stored: undefined,
      },
    ],
    {
      title: first ? l10n.t('Compare "{0}" with', first.title) : l10n.t('Compare two drills'),
      placeHolder: first
        ? l10n.t('The other drill; the earlier one will stand on the left')
        : l10n.t('Choose one of the two drills'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (!picked) throw new Cancelled();
  return picked.stored ?? (await chooseFile());
}

/** Nothing was done here yet: a drill can be done, or two files compared. */
async function askWithoutDrills(): Promise<StoredDrill> {
  const [run, choose] = [l10n.t('Run Drill…'), l10n.t('Choose a File…')];
  const answer = await vscode.window.showInformationMessage(
    l10n.t('There is no drill to compare yet. Reports of drills are kept when you run them.'),
    run,
    choose,
  );
  if (answer === choose) return chooseFile();
  if (answer === run) void vscode.commands.executeCommand(commandIds.runDrill);
  throw new Cancelled();
}

async function chooseFile(): Promise<StoredDrill> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: l10n.t('Choose the report of a drill'),
      filters: { JSON: ['json', 'ndjson', 'txt'] },
    })) ?? [];
  if (!uri) throw new Cancelled();
  const drill = await readStoredDrill(uri.fsPath);
  // Of a whole folder of reports each is called report.json: the folder tells them apart.
  const title = vscode.workspace.asRelativePath(uri, false);
  return { file: uri.fsPath, title: path.isAbsolute(title) ? shortName(title) : title, drill };
}

function shortName(file: string): string {
  return path.join(path.basename(path.dirname(file)), path.basename(file));
}
