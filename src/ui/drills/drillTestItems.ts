import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ToldScenario } from '../../core/view/scenarioChoices';
import type { DrillContext } from './drillContext';
import { findScenarioFiles } from './scenarioFiles';
import type { ScenarioProblems } from './scenarioProblems';

const builtInId = 'builtIn';

/** The scenarios as the tests of the Test Explorer: those that are built in, and those of the workspace. */
export class DrillTestItems {
  private readonly told = new WeakMap<vscode.TestItem, ToldScenario>();

  constructor(
    private readonly controller: vscode.TestController,
    private readonly problems: ScenarioProblems,
    private readonly context: DrillContext,
  ) {}

  scenarioOf(item: vscode.TestItem): ToldScenario | undefined {
    return this.told.get(item);
  }

  /** Finds everything there is. */
  async fill(): Promise<void> {
    if (vscode.workspace.isTrusted) await this.addBuiltIn();
    for (const uri of await findScenarioFiles()) this.read(uri);
  }

  /** Takes up a file that is new or was changed. */
  read(uri: vscode.Uri): void {
    const { items } = this.controller;
    const result = this.problems.read(uri);
    if (!result || !vscode.workspace.isTrusted) return items.delete(uri.toString());
    const name = vscode.workspace.asRelativePath(uri);
    const scenario = 'scenario' in result ? result.scenario : undefined;
    const item = this.controller.createTestItem(uri.toString(), scenario?.text.title ?? name, uri);
    item.description = scenario?.text.title === undefined ? '' : name;
    item.range = new vscode.Range(0, 0, 0, 0);
    if (scenario) this.told.set(item, { scenario, text: scenario.text });
    else if ('problems' in result) {
      const [first] = result.problems;
      item.error = `${name}:${first?.line ?? 1}: ${first?.message ?? ''}`;
    }
    items.add(item);
  }

  forget(uri: vscode.Uri): void {
    this.problems.forget(uri);
    this.controller.items.delete(uri.toString());
  }

  private async addBuiltIn(): Promise<void> {
    const { programs, l10nFolder } = this.context;
    const { builtInScenarios } = await import('../../node/drill/allScenarios');
    const group = this.controller.createTestItem(builtInId, l10n.t('Built-in Drills'));
    for (const told of builtInScenarios(programs, l10nFolder, vscode.env.language)) {
      const { scenario, text } = told;
      const item = this.controller.createTestItem(
        `${builtInId}:${scenario.name}`,
        text.title ?? scenario.name,
      );
      item.description = scenario.name;
      this.told.set(item, told);
      group.children.add(item);
    }
    this.controller.items.add(group);
  }
}
