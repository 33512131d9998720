import * as vscode from 'vscode';
import type { ScenarioResult } from '../../core/drill/scenario';
import type { FileProblem } from '../../core/jsonText';
import { readKnownScenario } from '../../node/drill/findScenario';
import { readDrillFile } from '../../node/files/drillFiles';

/** Shows what is wrong with the scenarios of a workspace, at their lines. */
export class ScenarioProblems implements vscode.Disposable {
  private readonly shown = vscode.languages.createDiagnosticCollection('redis-ha-scenario');

  /** Reads a file anew, and shows its problems. Undefined: it cannot be read. */
  read(uri: vscode.Uri): ScenarioResult | undefined {
    const result = resultOf(uri);
    this.shown.set(uri, result && 'problems' in result ? result.problems.map(diagnostic) : []);
    return result;
  }

  forget(uri: vscode.Uri): void {
    this.shown.delete(uri);
  }

  dispose(): void {
    this.shown.dispose();
  }
}

function resultOf({ fsPath }: vscode.Uri): ScenarioResult | undefined {
  try {
    return readKnownScenario(readDrillFile(fsPath));
  } catch {
    return undefined;
  }
}

function diagnostic({ line, column, message }: FileProblem): vscode.Diagnostic {
  const found = new vscode.Diagnostic(
    new vscode.Range(line - 1, column - 1, line - 1, Number.MAX_SAFE_INTEGER),
    message,
    vscode.DiagnosticSeverity.Error,
  );
  found.source = 'Redis HA Lab';
  return found;
}
