import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../../src/contributions';
import type { NodeState } from '../../../src/core/model/labState';
import type { RunRecord } from '../../../src/core/model/runRecord';
import { listenPortOf } from '../../../src/core/network/listenPort';
import type { RedisHaLabApi } from '../../../src/extension';
import type { OpenedLab } from '../../../src/ui/labs/labEntry';
import type { NodeRef } from '../../../src/ui/labs/nodeRef';
import type { TreeElement } from '../../../src/ui/tree/labTree';
import { freePorts } from '../../support/freePorts';
import { redisProcesses } from '../../support/redisProcesses';
import { until } from '../../support/until';
import { runCommand, workspaceFolder } from './extension';

export interface TestLabShape {
  readonly replicas?: number;
  readonly sentinels?: number;
  readonly parallelSyncs?: number;
  /** In milliseconds; after a split vote the Sentinels try again when twice this time has passed. */
  readonly failoverTimeout?: number;
  readonly network?: boolean;
}

/** A row of the tree where it stands now. */
export interface ShownRow {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly context: string;
  readonly icon: string | undefined;
  /** The id of the row above: of a node the group, `DIR#masters`. */
  readonly under: string | undefined;
  readonly element: TreeElement;
}

/** A lab in the open folder, on free ports. */
export class TestLab {
  private constructor(
    private readonly api: RedisHaLabApi,
    readonly directory: string,
    /** The first master, then its replicas. */
    readonly servers: readonly number[],
    readonly sentinels: readonly number[],
    readonly text: string,
  ) {}

  /** Writes the folder with its lab.json; the extension finds it by itself. */
  static async write(api: RedisHaLabApi, name: string, shape: TestLabShape = {}): Promise<TestLab> {
    const { replicas = 2, sentinels = 3, parallelSyncs = 1, failoverTimeout = 20_000, network } = shape;
    const ports = await freePorts(1 + replicas + sentinels, network ? listenPortOf : undefined);
    const servers = ports.slice(0, 1 + replicas);
    const [master] = servers;
    const text = JSON.stringify(
      {
        name,
        downAfterMilliseconds: 1_000,
        failoverTimeout,
        parallelSyncs,
        network,
        servers: servers.map((port, index) => (index === 0 ? { port } : { port, replicaOf: master })),
        sentinels: ports.slice(1 + replicas).map(port => ({ port })),
      },
      undefined,
      2,
    );
    const directory = path.join(workspaceFolder(), name);
    const lab = new TestLab(api, directory, servers, ports.slice(1 + replicas), text);
    await mkdir(directory, { recursive: true });
    await lab.writeLabFile(text);
    return lab;
  }

  get file(): string {
    return path.join(this.directory, 'lab.json');
  }

  async writeLabFile(text: string): Promise<void> {
    await writeFile(this.file, text);
  }

  /** Waits until the extension has found and read it. */
  async appears(): Promise<OpenedLab> {
    return until(`${this.directory} is in the tree`, () => this.api.catalog.get(this.directory)?.opened, {
      timeout: 20_000,
    });
  }

  get opened(): OpenedLab {
    const opened = this.api.catalog.get(this.directory)?.opened;
    assert.ok(opened, `${this.directory} is not open`);
    return opened;
  }

  node(port: number): NodeState {
    const found = Object.values(this.opened.session.store.state.nodes).find(node => node.spec.port === port);
    assert.ok(found, `no node has port ${port}`);
    return found;
  }

  /** The port of the node that is master by its own word. */
  get master(): number | undefined {
    return [...this.servers].find(
      port => this.node(port).role === 'master' && this.node(port).status === 'running',
    );
  }

  /** What a click on the row of the lab, or of these nodes, gives to a command. */
  ref(...ports: readonly number[]): NodeRef {
    const nodes = ports.map(port => this.node(port).spec.name);
    return { lab: this.directory, nodes: ports.length > 0 ? nodes : undefined };
  }

  /** Runs a command on the lab, or on these nodes; it must work. */
  async run(id: CommandId, ...ports: readonly number[]): Promise<void> {
    assert.deepEqual(await runCommand(id, this.ref(...ports)), []);
  }

  async record(port: number): Promise<RunRecord> {
    const file = path.join(this.directory, 'run', `${this.node(port).spec.name}.json`);
    return JSON.parse(await readFile(file, 'utf8')) as RunRecord;
  }

  /** The rows that this lab has in the tree, from top to bottom. */
  rows(): ShownRow[] {
    const { tree } = this.api;
    const below = (element: TreeElement): ShownRow[] => [
      shown(element),
      ...tree.getChildren(element).flatMap(below),
    ];
    return tree
      .getChildren()
      .filter(element => element.lab === this.directory)
      .flatMap(below);
  }

  row(port: number): ShownRow {
    const found = this.rows().find(({ label }) => label === String(port));
    assert.ok(found, `no row for ${port}`);
    return found;
  }

  get labRow(): ShownRow {
    const [first] = this.rows();
    assert.ok(first, 'the lab has no row');
    return first;
  }

  /** The group a node stands in: masters, replicas, idle or sentinels. */
  group(port: number): string | undefined {
    return this.row(port).under?.split('#').at(-1);
  }

  async until(what: string, probe: () => unknown, timeout = 40_000): Promise<void> {
    await until(what, () => Boolean(probe()), { timeout }).catch((error: unknown) => {
      const rows = this.rows().map(
        ({ label, description, under }) => `  ${under ? '  ' : ''}${label} ${description}`,
      );
      throw new Error(`${what} did not come. The tree shows:\n${rows.join('\n')}`, { cause: error });
    });
  }

  async ready(): Promise<void> {
    await this.until('ready', () => this.labRow.description.startsWith('ready'));
  }

  /** The open terminals of its nodes; the names begin with the port. */
  terminals(): readonly vscode.Terminal[] {
    const ports = new Set([...this.servers, ...this.sentinels].map(String));
    return vscode.window.terminals.filter(({ name }) => ports.has(name.split(' ')[0] ?? ''));
  }

  async terminalCount(count: number): Promise<void> {
    await until(`${count} terminals of the lab`, () => this.terminals().length === count, {
      timeout: 20_000,
    });
  }

  /** The servers of this lab that the system lists. */
  async processes(): Promise<readonly { readonly pid: number; readonly command: string }[]> {
    // Where a node of a lab with a network listens, no other lab of the tests has a node.
    const ports = [...this.servers, ...this.sentinels];
    return redisProcesses(this.directory, [...ports, ...ports.map(listenPortOf)]);
  }

  async pids(): Promise<readonly number[]> {
    return (await this.processes()).map(({ pid }) => pid).toSorted((a, b) => a - b);
  }

  async nothingIsLeft(): Promise<void> {
    await until('no server is left', async () => (await this.processes()).length === 0, { timeout: 20_000 });
  }

  /** Stops what runs, checks that nothing does any longer, and removes the folder. */
  async remove(): Promise<void> {
    try {
      if (this.api.catalog.get(this.directory)?.opened) await runCommand(commandIds.stopLab, this.ref());
      await this.nothingIsLeft();
      await this.terminalCount(0);
    } finally {
      for (const { pid } of await this.processes()) process.kill(pid, 'SIGKILL');
      await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
    }
    await until('the row is gone', () => !this.api.catalog.get(this.directory), { timeout: 20_000 });
  }
}

function shown(element: TreeElement): ShownRow {
  const { row, parent } = element;
  return {
    id: row.id,
    label: row.label,
    description: row.description,
    context: row.context,
    icon: row.icon?.id,
    under: parent?.row.id,
    element,
  };
}
