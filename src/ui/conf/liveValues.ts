import * as vscode from 'vscode';
import { nodeOf } from '../../core/model/labState';
import type { NodeSpec } from '../../core/model/lab';
import {
  liveDifferences,
  type LiveDifference,
  type RunningValues,
} from '../../core/conf/editor/liveDifferences';
import { RunningConfig } from '../../node/redis/runningConfig';
import type { LabCatalog } from '../labs/labCatalog';
import type { LabEntry } from '../labs/labEntry';
import type { PasswordStore } from '../labs/passwordStore';
import type { ConfDocuments } from './confDocuments';
import { isConf, type ConfVersions } from './confVersions';
import { labConfOf, type LabConf } from './labConfs';
import type { ConfLibrary } from './confLibrary';

/** How often a node is asked while its conf is in sight, in milliseconds. */
const beat = 3_000;

/** What the parts of a conf's editor are built from. */
export interface LiveContext {
  readonly catalog: LabCatalog;
  readonly passwords: PasswordStore;
  readonly documents: ConfDocuments;
  readonly versions: ConfVersions;
  readonly library: ConfLibrary;
}

/** The values with which the nodes run whose confs are in sight. Of a conf that nobody sees, nobody is asked. */
export class LiveValues implements vscode.Disposable {
  private readonly values = new Map<string, RunningValues>();
  private readonly connections = new Map<string, RunningConfig>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listening: vscode.Disposable;
  private asking: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private statuses = '';
  private isDisposed = false;

  constructor(private readonly context: LiveContext) {
    const look = (): void => this.look();
    this.listening = vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors(look),
      context.catalog.onDidChangeList(look),
      context.catalog.onDidChangeLab(() => {
        const now = this.statusesInSight();
        if (now !== this.statuses) look();
      }),
    );
    look();
  }

  /** Values came, went or are others now. */
  readonly onDidChange = this.changed.event;

  /** Where the conf and its running node differ; nothing of a node that does not run. */
  async differences(document: vscode.TextDocument): Promise<readonly LiveDifference[]> {
    const own = labConfOf(this.context.catalog, document.uri.fsPath);
    const running = own && !own.isFirstForm ? this.values.get(keyOf(own)) : undefined;
    if (!own || !running || !isRunning(own)) return [];
    const { documents, versions, library } = this.context;
    const { version } = await versions.of(document);
    const catalog = await library.load();
    return liveDifferences(documents.conf(document), running, { kind: own.node.kind, version, catalog });
  }

  /** Asks one node now, whether or not anybody sees its conf. */
  async ask(own: LabConf): Promise<void> {
    if (await this.askNode(own)) this.changed.fire();
  }

  private async refresh(): Promise<void> {
    this.asking ??= this.askAll().finally(() => (this.asking = undefined));
    await this.asking;
  }

  /** The connection to a node; it is closed when nobody sees the conf any more. */
  connection(own: LabConf): RunningConfig {
    const key = keyOf(own);
    let connection = this.connections.get(key);
    if (!connection) {
      connection = new RunningConfig(own.node, async () => this.passwordOf(own.entry, own.node));
      this.connections.set(key, connection);
    }
    return connection;
  }

  private async passwordOf(entry: LabEntry, node: NodeSpec): Promise<string | undefined> {
    return (
      (await this.context.passwords.get(entry.directory, node.name)) ??
      (await entry.opened?.folder.passwordOf(node))
    );
  }

  private look(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.statuses = this.statusesInSight();
    void this.refresh().then(() => this.schedule());
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.isDisposed || this.runningInSight().length === 0) return;
    this.timer = setTimeout(() => void this.refresh().then(() => this.schedule()), beat);
  }

  private inSight(): readonly LabConf[] {
    return vscode.window.visibleTextEditors
      .filter(({ document }) => isConf(document))
      .flatMap(({ document }) => labConfOf(this.context.catalog, document.uri.fsPath) ?? [])
      .filter(({ isFirstForm }) => !isFirstForm);
  }

  private runningInSight(): readonly LabConf[] {
    return this.inSight().filter(isRunning);
  }

  private statusesInSight(): string {
    return this.inSight()
      .map(own => `${keyOf(own)} ${nodeOf(own.lab.session.store.state, own.node.name)?.status}`)
      .join('\n');
  }

  private async askAll(): Promise<void> {
    const running = this.runningInSight();
    const keys = new Set(running.map(keyOf));
    const gone = [...this.values.keys()].filter(key => !keys.has(key));
    for (const key of gone) this.values.delete(key);
    for (const key of [...this.connections.keys()].filter(known => !keys.has(known))) this.disconnect(key);
    const changes = await Promise.all(running.map(async own => this.askNode(own)));
    if (gone.length > 0 || changes.includes(true)) this.changed.fire();
  }

  /** Whether its values are others than before. */
  private async askNode(own: LabConf): Promise<boolean> {
    const key = keyOf(own);
    // What cannot be asked now has no values to show; the tree tells why.
    const values = await this.connection(own)
      .read()
      .catch(() => undefined);
    if (this.isDisposed || isEqual(this.values.get(key), values)) return false;
    if (values) this.values.set(key, values);
    else this.values.delete(key);
    return true;
  }

  private disconnect(key: string): void {
    this.connections.get(key)?.dispose();
    this.connections.delete(key);
  }

  dispose(): void {
    this.isDisposed = true;
    for (const key of this.connections.keys()) this.disconnect(key);
    clearTimeout(this.timer);
    this.listening.dispose();
    this.changed.dispose();
  }
}

function keyOf({ entry, node }: LabConf): string {
  return `${entry.directory}\0${node.name}\0${node.port}`;
}

export function isRunning({ lab, node }: LabConf): boolean {
  return nodeOf(lab.session.store.state, node.name)?.status === 'running';
}

function isEqual(a: RunningValues | undefined, b: RunningValues | undefined): boolean {
  if (!a || !b) return a === b;
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}
