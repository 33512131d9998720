import * as vscode from 'vscode';
import { viewId } from '../contributions';
import { conditionOf } from '../core/model/readiness';
import { statusBarText } from '../core/view/statusBar';
import type { LabCatalog } from './labs/labCatalog';

/** Shows where the master is and whether the lab is ready; of several labs the first that runs. A click focuses the view. */
export class LabStatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'redisHaLab.status',
    vscode.StatusBarAlignment.Left,
    10,
  );
  private readonly listening: readonly vscode.Disposable[];

  constructor(private readonly catalog: LabCatalog) {
    this.item.name = 'Redis HA';
    this.item.command = `${viewId}.focus`;
    const update = (): void => this.update();
    this.listening = [catalog.onDidChangeLab(update), catalog.onDidChangeList(update)];
  }

  private update(): void {
    const states = this.catalog.labs.flatMap(({ opened }) => (opened ? [opened.session.store.state] : []));
    const running = states.filter(state => conditionOf(state) !== 'stopped');
    const [first] = running;
    const shown = first && statusBarText(first);
    if (!shown) {
      this.item.hide();
      return;
    }
    this.item.text = shown.text;
    this.item.tooltip = running.flatMap(state => statusBarText(state)?.tooltip ?? []).join('\n\n');
    this.item.accessibilityInformation = { label: shown.spoken };
    this.item.backgroundColor = shown.alarm
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.item.show();
  }

  dispose(): void {
    for (const listener of this.listening) listener.dispose();
    this.item.dispose();
  }
}
