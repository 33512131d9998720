import * as l10n from '@vscode/l10n';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { expectationPlaces } from '../../core/drill/expectationPlaces';
import { HumanError } from '../../core/humanError';
import { drillMisses, drillTestLines, type DrillMiss } from '../../core/view/drillTestText';
import type { ToldScenario } from '../../core/view/scenarioChoices';
import { Cancelled } from '../errors';
import type { DrillContext } from './drillContext';
import { drillPage } from './drillPage';
import { doOneDrill } from './oneDrill';

/** How often each drill is done, and what ends them all. */
export interface HowOften {
  readonly times: number;
  readonly token: vscode.CancellationToken;
}

/**
 * Does drills as tests, one after the other, each in a lab of its own: two at once would measure each other's load. The report of each is
 * kept as a page, of which `onPage` is told; of one that came to no end there is none.
 */
export async function runDrillTests(
  run: vscode.TestRun,
  tests: readonly (readonly [vscode.TestItem, ToldScenario | undefined])[],
  how: HowOften,
  context: DrillContext,
  onPage: (id: string, page: vscode.Uri | undefined) => Promise<void>,
): Promise<void> {
  for (const [item] of tests) run.enqueued(item);
  for (const [item, told] of tests) {
    if (how.token.isCancellationRequested) run.skipped(item);
    else if (told) await runTest(run, item, told, how, context, page => onPage(item.id, page));
    else run.errored(item, new vscode.TestMessage(errorText(item)));
  }
}

async function runTest(
  run: vscode.TestRun,
  item: vscode.TestItem,
  told: ToldScenario,
  how: HowOften,
  context: DrillContext,
  onPage: (page: vscode.Uri | undefined) => Promise<void>,
): Promise<void> {
  const { times, token } = how;
  const title = told.text.title ?? told.scenario.name;
  const print = (line: string): void => run.appendOutput(`${line}\r\n`, undefined, item);
  const began = performance.now();
  const messages: vscode.TestMessage[] = [];
  run.started(item);
  try {
    for (let turn = 1; turn <= times; turn++) {
      print(times > 1 ? `${title} (${l10n.t('Drill {0} of {1}', turn, times)})` : title);
      const report = await doOneDrill(told.scenario, context, {
        lab: undefined,
        token,
        asks: false,
        tell: text => print(`  … ${text}`),
        // Of many turns the first that went wrong is what a person wants to read, or else the last one.
        onReport: async finished => {
          if (messages.length > 0) return;
          const page = await drillPage(finished, told.text, { key: `drill test\n${item.id}` });
          await onPage(await context.pages.keep(page));
        },
      });
      for (const line of drillTestLines(report, title)) print(line);
      messages.push(...drillMisses(report).map(miss => messageOf(miss, item, told, turn, times)));
    }
  } catch (error) {
    await onPage(undefined);
    if (error instanceof Cancelled || token.isCancellationRequested) return run.skipped(item);
    const text = error instanceof Error ? error.message : String(error);
    if (!(error instanceof HumanError)) context.log.error(error instanceof Error ? error : text);
    print(text);
    return run.errored(item, new vscode.TestMessage(text), performance.now() - began);
  }
  if (messages.length === 0) run.passed(item, performance.now() - began);
  else run.failed(item, messages, performance.now() - began);
}

function messageOf(
  { message, expected, found, index }: DrillMiss,
  { uri }: vscode.TestItem,
  { scenario }: ToldScenario,
  turn: number,
  times: number,
): vscode.TestMessage {
  const text = times > 1 ? `${l10n.t('Drill {0} of {1}', turn, times)}: ${message}` : message;
  const shown =
    expected === undefined || found === undefined
      ? new vscode.TestMessage(text)
      : vscode.TestMessage.diff(text, expected, found);
  const place =
    uri && index !== undefined ? expectationPlaces(textOf(uri), scenario.expect.length)[index] : undefined;
  if (uri && place)
    shown.location = new vscode.Location(uri, new vscode.Position(place.line - 1, place.column - 1));
  return shown;
}

function textOf({ fsPath }: vscode.Uri): string {
  try {
    return readFileSync(fsPath, 'utf8');
  } catch {
    return '';
  }
}

function errorText({ error }: vscode.TestItem): string {
  return typeof error === 'string' ? error : (error?.value ?? '');
}
