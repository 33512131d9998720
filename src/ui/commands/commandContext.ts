import type * as vscode from 'vscode';
import type { ServerFinder } from '../../node/serverFinder';
import type { ConfLanguage } from '../conf/confLanguage';
import type { DrillContext } from '../drills/drillContext';
import type { DrillTests } from '../drills/drillTests';
import type { ExplainContext } from '../editor/explainLogs';
import type { ErrorReporter } from '../errors';
import type { LogPanel } from '../logPanel/logPanel';
import type { LabCatalog } from '../labs/labCatalog';
import type { PasswordStore } from '../labs/passwordStore';
import type { LabTerminals } from '../terminals/labTerminals';
import type { Timelines } from '../timeline/timelines';
import type { LabTree, TreeElement } from '../tree/labTree';

/** The parts of the extension that commands work with. */
export interface CommandContext {
  readonly catalog: LabCatalog;
  readonly tree: LabTree;
  readonly view: vscode.TreeView<TreeElement>;
  readonly terminals: LabTerminals;
  readonly passwords: PasswordStore;
  readonly finder: ServerFinder;
  readonly confs: ConfLanguage;
  readonly explaining: ExplainContext;
  readonly drilling: DrillContext;
  readonly drillTests: DrillTests;
  readonly errors: ErrorReporter;
  readonly log: vscode.LogOutputChannel;
  /** "Redis HA Events". */
  readonly events: vscode.LogOutputChannel;
  readonly panel: LogPanel;
  readonly timelines: Timelines;
}

/** What a command does; `target` is the row or reference it was called on, if any, `selected` all rows that are selected with it. */
export type CommandBody = (context: CommandContext, target: unknown, selected?: unknown) => Promise<void>;
