import { join } from 'node:path';
import * as vscode from 'vscode';
import type { NodeSpec } from '../../core/model/lab';
import { runnerArguments } from '../../node/runner/arguments';

/** Makes and finds the integrated terminals of nodes. A terminal is recognised by its process alone: after a reload nothing else is left of it. */
export class LabTerminals {
  /** The folder with the bundled programs. */
  readonly programs: string;

  constructor(extension: vscode.Uri) {
    this.programs = join(extension.fsPath, 'dist');
  }

  /** A terminal whose process is the node runner for this node. It does not take the focus. */
  create(directory: string, node: NodeSpec, server: string): vscode.Terminal {
    const terminal = vscode.window.createTerminal({
      // Port first, as in the tree: the list of terminals is narrow and cuts the end off.
      name: `${node.port} ${node.kind === 'sentinel' ? 'sentinel' : 'redis'}`,
      iconPath: new vscode.ThemeIcon(node.kind === 'sentinel' ? 'eye' : 'database'),
      shellPath: process.execPath,
      shellArgs: [
        join(this.programs, 'nodeRunner.js'),
        ...runnerArguments({
          lab: directory,
          node: node.name,
          server,
          language: vscode.env.language.split('-')[0] ?? 'en',
        }),
      ],
      // On the desktop VS Code's executable is Electron; on a server it is Node, which does not mind.
      env: { ELECTRON_RUN_AS_NODE: '1' },
      cwd: directory,
    });
    if (vscode.window.terminals.length <= 1) terminal.show(true);
    return terminal;
  }

  /** The open terminal whose process has this pid. */
  async find(pid: number | undefined): Promise<vscode.Terminal | undefined> {
    if (pid === undefined) return undefined;
    for (const terminal of vscode.window.terminals) {
      if ((await terminal.processId) === pid) return terminal;
    }
    return undefined;
  }
}
