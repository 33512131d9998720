import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { contextKeys, drillControllerId } from '../../contributions';
import { HumanError } from '../../core/humanError';
import type { ToldScenario } from '../../core/view/scenarioChoices';
import type { DrillContext } from './drillContext';
import { DrillTestItems } from './drillTestItems';
import { scenarioPattern } from './scenarioFiles';
import { ScenarioProblems } from './scenarioProblems';

const mostTimes = 1_000;

/** Scenarios in the Test Explorer: each is a test that does the drill in a lab of its own. */
export class DrillTests implements vscode.Disposable {
  readonly controller = vscode.tests.createTestController(drillControllerId, l10n.t('Redis HA Drills'));
  readonly once: vscode.TestRunProfile;
  private readonly problems = new ScenarioProblems();
  private readonly items: DrillTestItems;
  /** The page of the last report of a test, by its id. */
  private readonly reports = new Map<string, vscode.Uri>();
  private readonly listening: readonly vscode.Disposable[];

  constructor(private readonly context: DrillContext) {
    const { controller } = this;
    this.items = new DrillTestItems(controller, this.problems, context);
    controller.resolveHandler = async item => {
      if (!item) await this.items.fill();
    };
    controller.refreshHandler = async () => this.items.fill();
    const { Run } = vscode.TestRunProfileKind;
    this.once = controller.createRunProfile(
      l10n.t('Run'),
      Run,
      async (request, token) => this.run(request, 1, token),
      true,
    );
    const often = controller.createRunProfile(l10n.t('Run N Times…'), Run, async (request, token) => {
      const times = await askTimes(token);
      if (times !== undefined) await this.run(request, times, token);
    });
    const files = vscode.workspace.createFileSystemWatcher(scenarioPattern);
    this.listening = [
      often,
      this.once,
      files,
      files.onDidCreate(uri => this.items.read(uri)),
      files.onDidChange(uri => this.items.read(uri)),
      files.onDidDelete(uri => this.items.forget(uri)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.items.fill()),
    ];
    // What is wrong with a file is shown, whether somebody looks at the tests or not.
    void this.lookAtFiles();
  }

  private async lookAtFiles(): Promise<void> {
    const { findScenarioFiles } = await import('./scenarioFiles');
    for (const uri of await findScenarioFiles()) this.items.read(uri);
  }

  private async run(
    request: vscode.TestRunRequest,
    times: number,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const run = this.controller.createTestRun(request);
    const wanted = this.wanted(request);
    try {
      // A report of before must not stand beside a result of now.
      for (const [{ id }] of wanted) this.reports.delete(id);
      await this.tellReports();
      const { runDrillTests } = await import('./drillTestRun');
      await runDrillTests(run, wanted, { times, token }, this.context, async (id, page) => {
        if (page) this.reports.set(id, page);
        else this.reports.delete(id);
        await this.tellReports();
      });
    } finally {
      run.end();
    }
  }

  private async tellReports(): Promise<void> {
    await vscode.commands.executeCommand('setContext', contextKeys.reportedTests, [...this.reports.keys()]);
  }

  /** Shows the report of the last drill of a test. */
  async openReport(test: unknown): Promise<void> {
    const page = this.reports.get((test as Partial<vscode.TestItem> | undefined)?.id ?? '');
    if (!page) throw new HumanError(l10n.t('This test has no report yet. Run it first.'));
    if (!existsSync(page.fsPath))
      throw new HumanError(l10n.t('The report of this test was removed when newer ones came. Run it again.'));
    await this.context.pages.open(page);
  }

  /** The tests of a request: all where it names none, and those of a group in its place. */
  private wanted({
    include,
    exclude = [],
  }: vscode.TestRunRequest): readonly (readonly [vscode.TestItem, ToldScenario | undefined])[] {
    const below = (item: vscode.TestItem): readonly vscode.TestItem[] => {
      if (exclude.includes(item)) return [];
      const children = Array.from(item.children, ([, child]) => child);
      return children.length > 0 ? children.flatMap(below) : [item];
    };
    const roots = include ?? Array.from(this.controller.items, ([, item]) => item);
    return [...new Set(roots.flatMap(below))].map(item => [item, this.items.scenarioOf(item)]);
  }

  dispose(): void {
    for (const listener of this.listening) listener.dispose();
    this.problems.dispose();
    this.controller.dispose();
  }
}

async function askTimes(token: vscode.CancellationToken): Promise<number | undefined> {
  const answer = await vscode.window.showInputBox(
    {
      title: l10n.t('How often to do each drill'),
      value: '10',
      validateInput: text =>
        /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= mostTimes
          ? undefined
          : l10n.t('A number from 1 to {0}', mostTimes),
    },
    token,
  );
  return answer === undefined ? undefined : Number(answer);
}
