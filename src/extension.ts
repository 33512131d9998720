import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds, logViewId, viewId } from './contributions';
import { ServerFinder } from './node/serverFinder';
import { registerCommands } from './ui/commands/registerCommands';
import { tellWhetherServerIsThere } from './ui/commands/serverCommands';
import { offerAdoption } from './ui/adoptOffer';
import { ConfComparison } from './ui/conf/confComparison';
import { ConfLanguage } from './ui/conf/confLanguage';
import { BusyLabs } from './ui/drills/busyLabs';
import { DrillPageKey } from './ui/drills/drillPageKey';
import { DrillTests } from './ui/drills/drillTests';
import { LogLanguage } from './ui/editor/logLanguage';
import { StoryPages } from './ui/editor/storyPages';
import { ErrorReporter } from './ui/errors';
import { EventsChannel } from './ui/events/eventsChannel';
import { FailoverNewsTeller } from './ui/events/failoverNews';
import { LabCatalog } from './ui/labs/labCatalog';
import { LabLogs } from './ui/labs/labLogs';
import { LeftFaults } from './ui/leftFaults';
import { PasswordStore } from './ui/labs/passwordStore';
import { LogPanel } from './ui/logPanel/logPanel';
import { openLabs } from './ui/openLabs';
import { serverPathSetting } from './ui/settings';
import { LabStatusBar } from './ui/statusBar';
import { LabTerminals } from './ui/terminals/labTerminals';
import { Replays } from './ui/timeline/replays';
import { Timelines } from './ui/timeline/timelines';
import { LabTree } from './ui/tree/labTree';

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
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const log = vscode.window.createOutputChannel('Redis HA', { log: true });
  const errors = new ErrorReporter(log);
  const finder = new ServerFinder(serverPathSetting);
  const terminals = new LabTerminals(context.extensionUri);
  const passwords = new PasswordStore(context.secrets);
  const catalog = new LabCatalog({ finder, terminals, passwords, memory: context.globalState, log });
  const logs = new LabLogs(catalog);
  const events = new EventsChannel(logs);
  const news = new FailoverNewsTeller(catalog, logs, {
    openReport: files => vscode.commands.executeCommand(commandIds.explainLogs, files[0], files),
    openTimeline: lab => vscode.commands.executeCommand(commandIds.openTimeline, { lab }),
    fail: error => errors.report(error),
  });
  const replays = new Replays();
  const panel = new LogPanel(
    catalog,
    logs,
    replays,
    vscode.Uri.joinPath(context.extensionUri, 'dist'),
    errors,
  );
  const tree = new LabTree(catalog, replays);
  const view = vscode.window.createTreeView(viewId, { treeDataProvider: tree, showCollapseAll: true });
  const timelines = new Timelines({
    catalog,
    logs,
    replays,
    errors,
    dist: vscode.Uri.joinPath(context.extensionUri, 'dist'),
    l10nFolder: vscode.Uri.joinPath(context.extensionUri, 'l10n').fsPath,
    storage: context.globalStorageUri,
  });
  const explaining = {
    l10nFolder: vscode.Uri.joinPath(context.extensionUri, 'l10n').fsPath,
    pages: new StoryPages(context.globalStorageUri),
  };
  const programs = vscode.Uri.joinPath(context.extensionUri, 'dist').fsPath;
  const { globalState: memory, globalStorageUri: storage } = context;
  const drilling = { ...explaining, catalog, finder, memory, storage, log, programs, busy: new BusyLabs() };
  const drillTests = new DrillTests(drilling);
  const confs = new ConfLanguage({ catalog, finder, passwords, l10nFolder: explaining.l10nFolder });
  const commands = registerCommands({
    catalog,
    tree,
    view,
    terminals,
    passwords,
    finder,
    confs,
    explaining,
    drilling,
    errors,
    log,
    events: events.channel,
    panel,
    timelines,
  });
  const language = new LogLanguage(explaining.l10nFolder, file => catalog.isNodeLog(file));
  const begin = (): void =>
    void errors.guard(() =>
      openLabs(catalog, finder, errors).then(() => offerAdoption(catalog, context.workspaceState)),
    );
  context.subscriptions.push(
    log,
    catalog,
    logs,
    events,
    news,
    panel,
    replays,
    timelines,
    vscode.window.registerWebviewViewProvider(logViewId, panel),
    tree,
    view,
    new LabStatusBar(catalog),
    new LeftFaults(catalog, errors),
    language,
    confs,
    commands,
    drillTests,
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
  return {
    catalog,
    tree,
    logs,
    panel,
    timelines,
    replays,
    news,
    confs,
    pages: explaining.pages,
    drillTests,
    activationTime,
  };
}
