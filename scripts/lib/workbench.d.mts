import type { Browser, FrameLocator, LaunchOptions, Locator, Page } from 'playwright-core';
import type { ServerOptions, VscodeServer } from './vscodeServer.mjs';

/** A row of a tree as a screen reader gets it. */
export interface Row {
  /** The accessible name: `accessibilityInformation.label`, else the tooltip, else the label. */
  readonly label: string;
  /** Label and description. */
  readonly text: string;
  /** 1 for the roots. */
  readonly level: number;
  /** Undefined for rows without children. */
  readonly expanded: boolean | undefined;
}

/** What happened to the rows of a tree, by their labels. */
export interface RowChanges {
  /** Rows that were put in or taken out. */
  readonly replaced: readonly string[];
  /** Rows whose text was written anew. */
  readonly changed: readonly string[];
}

export interface OpenOptions {
  /** An absolute folder to open; without it an empty window. */
  readonly folder?: string;
  /** More entries for the workbench's payload. */
  readonly payload?: readonly (readonly [string, string])[];
  readonly viewport?: { width: number; height: number };
  /** The language of the extensions' texts, such as "ko"; VS Code's own stay English. */
  readonly language?: string;
  /** Called before the page is loaded. */
  readonly onPage?: (page: Page) => void | Promise<void>;
}

export type StartOptions = ServerOptions & OpenOptions;

export function launchBrowser(options?: LaunchOptions): Promise<Browser>;
export function workbenchUrl(port: number, options?: Pick<OpenOptions, 'folder' | 'payload'>): string;
export function openWorkbench(port: number, options?: OpenOptions): Promise<Workbench>;
/** Starts a server of its own as well; `close()` ends both. */
export function startWorkbench(options: StartOptions): Promise<Workbench & { readonly server: VscodeServer }>;

export class Workbench {
  constructor(page: Page);
  readonly page: Page;
  readonly browser: Browser;
  ready(): Promise<void>;
  close(): Promise<void>;
  reload(): Promise<void>;

  runCommand(title: string): Promise<void>;
  pick(label: string): Promise<void>;
  enterText(text: string): Promise<void>;

  openView(name: string | RegExp): Promise<void>;
  tree(name: string | RegExp): Locator;
  rows(tree: string | RegExp): Promise<Row[]>;
  waitForRow(tree: string | RegExp, pattern: RegExp, options?: { timeout?: number }): Promise<Locator>;
  waitForRows(
    tree: string | RegExp,
    wanted: (rows: Row[]) => boolean,
    options?: {
      timeout?: number;
      /** Named in the error of a timeout. */
      what?: string;
      onChange?: (rows: Row[]) => void;
      /** Opens closed rows while waiting. */
      expand?: boolean;
    },
  ): Promise<Row[]>;
  watchRows(tree: string | RegExp, milliseconds: number): Promise<RowChanges>;
  expandAll(tree: string | RegExp): Promise<void>;
  inlineAction(row: Locator, title: string | RegExp): Promise<void>;
  contextMenu(row: Locator, title: string | RegExp): Promise<void>;

  notification(text: string | RegExp): Locator;
  answerNotification(text: string | RegExp, button: string | RegExp): Promise<void>;
  answerDialog(button: string | RegExp): Promise<void>;
  clipboard(): Promise<string>;
  statusBarItem(text: string | RegExp): Locator;

  terminalText(): Promise<string>;
  waitForTerminalText(pattern: RegExp, options?: { timeout?: number }): Promise<string>;
  typeInTerminal(text: string): Promise<void>;
  editorText(): Promise<string>;
  webview(): FrameLocator;
  /** Saves out/NAME.png and gives its path. */
  screenshot(name: string): Promise<string>;
}
