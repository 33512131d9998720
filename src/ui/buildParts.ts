import * as vscode from 'vscode';
import { commandIds, viewId } from '../contributions';
import { ServerFinder } from '../node/serverFinder';
import { ConfLanguage } from './conf/confLanguage';
import { DrillTests } from './drills/drillTests';
import { StoryPages } from './editor/storyPages';
import { ErrorReporter } from './errors';
import { EventsChannel } from './events/eventsChannel';
import { FailoverNewsTeller } from './events/failoverNews';
import { LabCatalog } from './labs/labCatalog';
import { LabLogs } from './labs/labLogs';
import { PasswordStore } from './labs/passwordStore';
import { LogPanel } from './logPanel/logPanel';
import { serverPathSetting } from './settings';
import { LabTerminals } from './terminals/labTerminals';
import { Replays } from './timeline/replays';
import { Timelines } from './timeline/timelines';
import { LabTree } from './tree/labTree';

/** The parts of the extension that others work with, each with those it needs. */
export type Parts = ReturnType<typeof buildParts>;

/** Builds them; nothing of it reads, asks or waits. */
export function buildParts(context: vscode.ExtensionContext) {
  const { globalState: memory, globalStorageUri: storage } = context;
  const log = vscode.window.createOutputChannel('Redis HA', { log: true });
  const errors = new ErrorReporter(log);
  const finder = new ServerFinder(serverPathSetting);
  const terminals = new LabTerminals(context.extensionUri);
  const passwords = new PasswordStore(context.secrets);
  const catalog = new LabCatalog({ finder, terminals, passwords, memory, log });
  const logs = new LabLogs(catalog);
  const events = new EventsChannel(logs);
  const news = new FailoverNewsTeller(catalog, logs, {
    openReport: files => vscode.commands.executeCommand(commandIds.explainLogs, files[0], files),
    openTimeline: lab => vscode.commands.executeCommand(commandIds.openTimeline, { lab }),
    fail: error => errors.report(error),
  });
  const replays = new Replays();
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const panel = new LogPanel(catalog, logs, replays, dist, errors);
  const tree = new LabTree(catalog, replays);
  const view = vscode.window.createTreeView(viewId, { treeDataProvider: tree, showCollapseAll: true });
  const l10nFolder = vscode.Uri.joinPath(context.extensionUri, 'l10n').fsPath;
  const timelines = new Timelines({
    catalog,
    logs,
    replays,
    errors,
    dist,
    l10nFolder,
    storage,
  });
  const explaining = { l10nFolder, pages: new StoryPages(storage) };
  const programs = dist.fsPath;
  const drilling = { ...explaining, catalog, finder, memory, storage, log, programs };
  const drillTests = new DrillTests(drilling);
  const confs = new ConfLanguage({ catalog, finder, passwords, l10nFolder });
  return {
    log,
    errors,
    finder,
    terminals,
    passwords,
    catalog,
    logs,
    events,
    news,
    replays,
    panel,
    tree,
    view,
    timelines,
    explaining,
    drilling,
    drillTests,
    confs,
  };
}
