import * as vscode from 'vscode';
import { logViewId } from './contributions';
import { useProgramTexts } from './node/files/programTexts';
import { registerCommands } from './ui/commands/registerCommands';
import { tellWhetherServerIsThere } from './ui/commands/serverCommands';
import { offerAdoption } from './ui/adoptOffer';
import { buildParts } from './ui/buildParts';
import { ConfComparison } from './ui/conf/confComparison';
import type { ConfLanguage } from './ui/conf/confLanguage';
import { DrillPageKey } from './ui/drills/drillPageKey';
import type { DrillTests } from './ui/drills/drillTests';
import { LogLanguage } from './ui/editor/logLanguage';
import type { StoryPages } from './ui/editor/storyPages';
import type { FailoverNewsTeller } from './ui/events/failoverNews';
import type { LabCatalog } from './ui/labs/labCatalog';
import type { LabLogs } from './ui/labs/labLogs';
import { LeftFaults } from './ui/leftFaults';
import type { LogPanel } from './ui/logPanel/logPanel';
import { openLabs } from './ui/openLabs';
import { LabStatusBar } from './ui/statusBar';
import type { Replays } from './ui/timeline/replays';
import type { Timelines } from './ui/timeline/timelines';
import type { LabTree } from './ui/tree/labTree';

/** What other extensions, and the tests in the extension host, may look at. */
export interface RedisHaLabApi {
  readonly catalog: LabCatalog;
  readonly tree: LabTree;
  readonly logs: LabLogs;
  readonly panel: LogPanel;
  readonly timelines: Timelines;
  readonly replays: Replays;
  readonly news: FailoverNewsTeller;
  readonly confs: ConfLanguage;
  readonly pages: StoryPages;
  readonly drillTests: DrillTests;
  /** How long `activate` itself took, in milliseconds. */
  readonly activationTime: number;
}

/** Builds the parts and wires them; everything slow comes after. */
export function activate(context: vscode.ExtensionContext): RedisHaLabApi {
  const began = performance.now();
  useProgramTexts(vscode.Uri.joinPath(context.extensionUri, 'dist').fsPath, vscode.env.language);
  const parts = buildParts(context);
  const { log, errors, finder, catalog, tree, view, logs, panel, explaining, confs } = parts;
  const language = new LogLanguage(explaining.l10nFolder, file => catalog.isNodeLog(file));
  const begin = (): void =>
    void errors.guard(() =>
      openLabs(catalog, finder, errors).then(() => offerAdoption(catalog, context.workspaceState)),
    );
  context.subscriptions.push(
    log,
    catalog,
    logs,
    parts.events,
    parts.news,
    panel,
    parts.replays,
    parts.timelines,
    vscode.window.registerWebviewViewProvider(logViewId, panel),
    tree,
    view,
    new LabStatusBar(catalog),
    new LeftFaults(catalog, errors),
    language,
    confs,
    registerCommands({ ...parts, events: parts.events.channel }),
    parts.drillTests,
    new DrillPageKey(explaining.pages),
    new ConfComparison(catalog),
    catalog.onDidChangeList(() => language.recogniseAll()),
    view.onDidChangeVisibility(({ visible }) => catalog.setPace(visible ? 'steady' : 'quiet')),
    vscode.workspace.onDidGrantWorkspaceTrust(begin),
    vscode.workspace.onDidChangeConfiguration(() => void tellWhetherServerIsThere(finder)),
  );
  catalog.setPace(view.visible ? 'steady' : 'quiet');
  begin();
  const activationTime = performance.now() - began;
  log.info(`activated in ${activationTime.toFixed(1)} ms`);
  return { ...parts, pages: explaining.pages, activationTime };
}
