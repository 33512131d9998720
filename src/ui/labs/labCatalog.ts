import { stat } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import * as vscode from 'vscode';
import { contextKeys } from '../../contributions';
import { HumanError } from '../../core/humanError';
import { labFileName } from '../../core/model/labFile';
import type { Pace } from '../../lab/labSession';
import { readLab } from '../../node/files/readLab';
import { openLab } from '../../node/openLab';
import type { ServerFinder } from '../../node/serverFinder';
import { TerminalControl } from '../terminals/terminalControl';
import type { LabTerminals } from '../terminals/labTerminals';
import { Batch } from './batch';
import { LabEntry } from './labEntry';
import type { PasswordStore } from './passwordStore';

const addedKey = 'redisHaLab.added';

/** What the catalog needs from the rest of the extension. */
export interface CatalogContext {
  readonly finder: ServerFinder;
  readonly terminals: LabTerminals;
  readonly passwords: PasswordStore;
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

/** Every lab there is to see: those in the open folders and those that were added. In a workspace that is not trusted there are none. */
export class LabCatalog implements vscode.Disposable {
  private readonly entries = new Map<string, LabEntry>();
  private readonly changedList = new vscode.EventEmitter<void>();
  private readonly changedLab = new vscode.EventEmitter<LabEntry>();
  private readonly watchers: readonly vscode.FileSystemWatcher[];
  private readonly newFolders = new Batch<string>(paths => void this.discoverIn(paths));
  private readonly outside = new Map<string, vscode.Disposable>();
  private pace: Pace = 'quiet';

  constructor(private readonly context: CatalogContext) {
    const files = vscode.workspace.createFileSystemWatcher(`**/${labFileName}`);
    files.onDidCreate(uri => void this.onCreated(dirname(uri.fsPath)));
    files.onDidChange(uri => void this.reload(dirname(uri.fsPath)));
    files.onDidDelete(uri => this.close(dirname(uri.fsPath)));
    // Of a folder that is moved in, moved away or removed, only the folder itself is told.
    const folders = vscode.workspace.createFileSystemWatcher('**', false, true, false);
    folders.onDidCreate(uri => this.newFolders.add(uri.fsPath));
    folders.onDidDelete(uri => this.closeBelow(uri.fsPath));
    this.watchers = [files, folders];
  }

  /** Labs came or went, or one became readable or faulty. */
  readonly onDidChangeList = this.changedList.event;
  /** The state of one lab changed. */
  readonly onDidChangeLab = this.changedLab.event;

  /** By folder, so that their order does not depend on when they were found. */
  get labs(): readonly LabEntry[] {
    return [...this.entries.values()].toSorted((a, b) => (a.directory < b.directory ? -1 : 1));
  }

  get(directory: string): LabEntry | undefined {
    return this.entries.get(directory);
  }

  /** Whether a file is the log of a node of one of the labs. */
  isNodeLog(file: string): boolean {
    return this.labs.some(({ opened }) =>
      opened?.session.lab.nodes.some(node => opened.folder.paths.log(node) === file),
    );
  }

  /** Finds the labs of the open folders and takes up the added ones. */
  async discover(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    const found = await vscode.workspace.findFiles(`**/${labFileName}`, '**/node_modules/**', 200);
    const added = this.context.memory.get<readonly string[]>(addedKey) ?? [];
    await Promise.all([
      ...found.map(uri => this.open(dirname(uri.fsPath), false)),
      ...added.map(directory => this.open(directory, true)),
    ]);
    this.tellList();
  }

  /** Puts a lab that lies outside of the open folders into the list, for this and later windows. */
  async add(directory: string): Promise<LabEntry> {
    const isInside = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(directory)) !== undefined;
    if (!isInside) {
      const added = new Set(this.context.memory.get<readonly string[]>(addedKey)).add(directory);
      await this.context.memory.update(addedKey, [...added]);
    }
    return this.open(directory, !isInside);
  }

  async remove(directory: string): Promise<void> {
    const added = this.context.memory.get<readonly string[]>(addedKey) ?? [];
    await this.context.memory.update(
      addedKey,
      added.filter(other => other !== directory),
    );
    this.close(directory);
  }

  /** How often the labs are asked: steadily while somebody looks at them. */
  setPace(pace: Pace): void {
    this.pace = pace;
    for (const entry of this.entries.values()) entry.setPace(pace);
  }

  async refresh(): Promise<void> {
    await Promise.all(
      this.labs.map(entry => entry.opened?.session.refresh() ?? this.reload(entry.directory)),
    );
  }

  private async onCreated(directory: string): Promise<void> {
    if (vscode.workspace.isTrusted) await this.open(directory, false);
  }

  private async open(directory: string, isAdded: boolean): Promise<LabEntry> {
    const known = this.entries.get(directory);
    if (known) return known;
    const entry = new LabEntry(directory, isAdded, changed => this.changedLab.fire(changed));
    this.entries.set(directory, entry);
    if (isAdded) this.watchOutside(directory);
    await this.load(entry);
    return entry;
  }

  private watchOutside(directory: string): void {
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(directory), labFileName),
    );
    watcher.onDidChange(() => void this.reload(directory));
    watcher.onDidDelete(() => void this.reload(directory));
    this.outside.set(directory, watcher);
  }

  private async reload(directory: string): Promise<void> {
    const entry = this.entries.get(directory);
    if (entry) await this.load(entry);
  }

  private async load(entry: LabEntry): Promise<void> {
    const { finder, passwords, terminals, log } = this.context;
    try {
      const lab = await readLab(entry.directory);
      if (entry.opened) {
        entry.opened.session.change(lab);
      } else {
        const opened = openLab(entry.directory, lab, {
          finder,
          control: folder => new TerminalControl(folder, terminals),
          askedPassword: node => passwords.get(entry.directory, node.name),
        });
        entry.show(opened, this.pace);
      }
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      // A lab that runs stays watched with its last good form; only what cannot be read at all is shown as faulty.
      if (entry.opened) log.warn(error.located);
      else entry.fail(error);
    }
    this.tellList();
  }

  private close(directory: string): void {
    this.outside.get(directory)?.dispose();
    this.outside.delete(directory);
    this.entries.get(directory)?.dispose();
    if (this.entries.delete(directory)) this.tellList();
  }

  /** Looks for labs in what has just been created. */
  private async discoverIn(paths: readonly string[]): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    const own = paths.filter(path => !path.includes(`${sep}node_modules${sep}`));
    const topmost = own.filter(path => !own.some(other => path.startsWith(other + sep)));
    for (const path of topmost) {
      const isFolder = await stat(path).then(
        info => info.isDirectory(),
        () => false,
      );
      if (!isFolder) continue;
      const inside = new vscode.RelativePattern(vscode.Uri.file(path), `**/${labFileName}`);
      const found = await vscode.workspace.findFiles(inside, '**/node_modules/**', 200);
      for (const uri of found) await this.open(dirname(uri.fsPath), false);
    }
  }

  private closeBelow(folder: string): void {
    for (const { directory, isAdded } of this.labs) {
      if (!isAdded && (directory === folder || directory.startsWith(folder + sep))) this.close(directory);
    }
  }

  private tellList(): void {
    void vscode.commands.executeCommand('setContext', contextKeys.hasLabs, this.entries.size > 0);
    this.changedList.fire();
  }

  dispose(): void {
    for (const watcher of this.watchers) watcher.dispose();
    this.newFolders.dispose();
    for (const watcher of this.outside.values()) watcher.dispose();
    for (const entry of this.entries.values()) entry.dispose();
    this.changedList.dispose();
    this.changedLab.dispose();
  }
}
