import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { ToldScenario } from '../../core/view/scenarioChoices';
import { scenarioIn } from '../../node/drill/findScenario';
import { readDrillFile } from '../../node/files/drillFiles';

/** Where the scenarios of a workspace are. */
export const scenarioPattern = '**/*.scenario.json';
const mostFiles = 200;

export async function findScenarioFiles(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(scenarioPattern, '**/node_modules/**', mostFiles);
  return found.toSorted((a, b) => (a.fsPath < b.fsPath ? -1 : 1));
}

/** The scenarios of the workspace that can be done; what is wrong with the others is shown in their files. */
export async function workspaceScenarios(): Promise<readonly ToldScenario[]> {
  return (await findScenarioFiles()).flatMap(({ fsPath }) => {
    try {
      const scenario = scenarioIn(readDrillFile(fsPath), fsPath);
      return [{ scenario, text: scenario.text }];
    } catch (error) {
      if (error instanceof HumanError) return [];
      throw error;
    }
  });
}
