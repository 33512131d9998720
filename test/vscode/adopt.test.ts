import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../src/contributions';
import type { RedisHaLabApi } from '../../src/extension';
import type { OpenedLab } from '../../src/ui/labs/labEntry';
import { freePorts } from '../support/freePorts';
import { noteConfs } from '../support/noteConfs';
import { redisProcesses } from '../support/redisProcesses';
import { until } from '../support/until';
import { extension, runCommand, showView, workspaceFolder } from './support/extension';

/** A quick pick or a message as it was shown. */
interface Shown {
  readonly items: readonly vscode.QuickPickItem[];
  readonly messages: readonly { readonly text: string; readonly detail: string }[];
}

describe('conf files of a person', () => {
  let api: RedisHaLabApi;
  let directory: string;
  let files: ReturnType<typeof noteConfs>;
  let ports: readonly number[];

  before(async () => {
    api = await extension();
    await showView();
    directory = path.join(workspaceFolder(), 'tutorial');
    ports = await freePorts(5);
    files = noteConfs(ports as [number, number, number, number, number], { downAfter: 1_000 });
    for (const { path: name, text } of files) {
      await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
      await writeFile(path.join(directory, name), text);
    }
  });
  after(async () => {
    await runCommand(commandIds.stopLab, { lab: directory, nodes: undefined });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(directory, { recursive: true, force: true });
    await until('the lab is gone', () => api.catalog.get(directory) === undefined, { timeout: 20_000 });
    assert.deepEqual(await redisProcesses(directory, ports), []);
  });

  const opened = (): OpenedLab => {
    const lab = api.catalog.get(directory)?.opened;
    assert.ok(lab);
    return lab;
  };
  const conf = async (name: string): Promise<string> => readFile(path.join(directory, name), 'utf8');
  const node = (name: string): { readonly lab: string; readonly nodes: readonly string[] } => ({
    lab: directory,
    nodes: [name],
  });

  it('are offered with what they are, and only shown when the person says no', async () => {
    const { shown } = await answering(commandIds.adoptConfs, vscode.Uri.file(directory), undefined);
    assert.deepEqual(
      shown.items.map(({ label, picked }) => [label, picked]),
      files
        .map(file => [file.path, file.path !== 'redis.windows.conf'] as const)
        .toSorted(([a], [b]) => Number(a.includes('/')) - Number(b.includes('/')) || (a < b ? -1 : 1)),
    );
    assert.match(shown.items[2]?.description ?? '', new RegExp(`replica of 127\\.0\\.0\\.1:${ports[0]}`));
    const [message] = shown.messages;
    assert.equal(message?.text, 'Make the lab "tutorial" of 5 conf files?');
    assert.match(
      message.detail,
      new RegExp(`^Master ${ports[0]}: conf/redis\\.master\\.conf\\nReplica ${ports[1]} of ${ports[0]}:`),
    );
    assert.match(message.detail, /The confs stay as they are/);
    assert.equal(api.catalog.get(directory), undefined);
  });

  it('become a lab that starts, with its log in the terminals', async () => {
    const { errors } = await answering(commandIds.adoptConfs, vscode.Uri.file(directory), 'Make and Start');
    assert.deepEqual(errors, []);
    // The Sentinels have rewritten theirs; what they were is kept.
    for (const { path: name, text } of files.slice(0, 3)) assert.equal(await conf(name), text);
    for (const [index, port] of ports.slice(2).entries())
      assert.equal(await conf(`conf/.first/sentinel-${port}.conf`), files[3 + index]?.text);
    const states = Object.values(opened().session.store.state.nodes);
    assert.deepEqual(
      states.map(({ spec, status }) => [spec.port, status]),
      ports.map(port => [port, 'running']),
    );
    assert.match(await conf(`log/redis-${ports[0]}.log`), /ready to accept connections/i);
  });

  it('say that there is a lab already', async () => {
    const { errors } = await answering(commandIds.adoptConfs, vscode.Uri.file(directory), 'Make Lab');
    assert.equal(errors.length, 1);
    assert.match(errors[0] ?? '', /There is a lab here already\./);
  });

  it('are not put back or converted while their servers run', async () => {
    await api.catalog.refresh();
    for (const [id, target] of [
      [commandIds.restoreFirstForm, node(`sentinel-${ports[2]}`)],
      [commandIds.convertLab, node(`sentinel-${ports[2]}`)],
    ] as const) {
      await until('the Sentinel wrote its conf', async () =>
        (await conf(`conf/sentinel${ports[2]}.conf`)).includes('current-epoch'),
      );
      const { errors } = await answering(id, target, 'Restore');
      assert.equal(errors.length, 1);
      assert.match(errors[0] ?? '', /The conf is not changed while its server runs/);
    }
  });

  it('are compared with their first form', async () => {
    const name = `sentinel${ports[2]}.conf`;
    const { errors } = await answering(commandIds.showConfChanges, node(`sentinel-${ports[2]}`), undefined);
    assert.deepEqual(errors, []);
    const input = await until('the comparison', () => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      return tab?.input instanceof vscode.TabInputTextDiff ? tab.input : undefined;
    });
    assert.equal(input.modified.fsPath, path.join(directory, 'conf', name));
    const first = await vscode.workspace.openTextDocument(input.original);
    assert.equal(first.getText(), files.find(file => file.path === `conf/${name}`)?.text);
  });

  it('have a list of their changes, from the row and from the comparison', async () => {
    const file = vscode.Uri.file(path.join(directory, 'conf', `sentinel${ports[2]}.conf`));
    for (const target of [node(`sentinel-${ports[2]}`), file]) {
      const { errors } = await answering(commandIds.listConfChanges, target, undefined);
      assert.deepEqual(errors, []);
      const list = await until('the list', () =>
        vscode.workspace.textDocuments.find(
          document => document.uri.scheme === 'redis-ha-conf' && document.uri.query.includes('isList'),
        ),
      );
      assert.match(
        list.getText(),
        /^\| \d+ \| \+ <code>sentinel myid \w+<\/code> \| Sentinel \| never copy \| The id/m,
      );
    }
  });

  it('are put back to their first form after a question, when they are stopped', async () => {
    assert.deepEqual(await runCommand(commandIds.stopLab, { lab: directory, nodes: undefined }), []);
    const name = `conf/sentinel${ports[2]}.conf`;
    const rewritten = await conf(name);
    const no = await answering(commandIds.restoreFirstForm, node(`sentinel-${ports[2]}`), undefined);
    assert.match(
      no.shown.messages[0]?.detail ?? '',
      /^\d+ changes since the first form: Sentinel \d+\. All of them are lost/,
    );
    assert.equal(await conf(name), rewritten);
    const { errors } = await answering(commandIds.restoreFirstForm, node(`sentinel-${ports[2]}`), 'Restore');
    assert.deepEqual(errors, []);
    assert.equal(await conf(name), files.find(file => file.path === name)?.text);
  });

  it('are converted for another version when the person has seen the difference', async () => {
    const before = await conf('conf/redis.slave.conf');
    const target = { lab: directory, nodes: undefined };
    const no = await answering(commandIds.convertLab, target, undefined, 'Redis 3.0.504');
    assert.match(no.shown.messages[0]?.text ?? '', /^Convert \d confs of "tutorial" to Redis 3\.0\.504\?/);
    assert.equal(await conf('conf/redis.slave.conf'), before);
    const { errors } = await answering(commandIds.convertLab, target, 'Convert', 'Redis 3.0.504');
    assert.deepEqual(errors, []);
    for (const port of ports.slice(2))
      assert.doesNotMatch(
        await conf(`conf/sentinel${port}.conf`),
        /^(?:protected-mode|sentinel myid|sentinel known-replica)/m,
      );
    assert.match(await conf(`conf/sentinel${ports[3]}.conf`), /^# not known to 3\.0\.504: sentinel myid /m);
    await answering(commandIds.convertLab, target, 'Convert', 'Redis 7.0.15');
    assert.match(await conf(`conf/sentinel${ports[3]}.conf`), /^sentinel myid /m);
  });

  it('that are none of Redis give one message', async () => {
    const empty = path.join(workspaceFolder(), 'other');
    await mkdir(empty);
    await writeFile(path.join(empty, 'nginx.conf'), 'worker_processes 1;\nevents {\n}\n');
    const { errors } = await answering(commandIds.adoptConfs, vscode.Uri.file(empty), 'Make Lab');
    assert.deepEqual(errors, [
      'There is no conf of Redis in "other". Choose the folder with the confs of a master, its replicas and Sentinels.',
    ]);
    await rm(empty, { recursive: true });
  });
});

/**
 * Runs a command while a person answers: quick picks with what is picked already (or the item of this label), messages with this
 * button; undefined closes them.
 */
async function answering(
  id: CommandId,
  target: unknown,
  button: string | undefined,
  label?: string,
): Promise<{ readonly shown: Shown; readonly errors: readonly string[] }> {
  const shown: { items: readonly vscode.QuickPickItem[]; messages: { text: string; detail: string }[] } = {
    items: [],
    messages: [],
  };
  const pick = async (
    items: readonly vscode.QuickPickItem[],
    options?: vscode.QuickPickOptions,
  ): Promise<unknown> => {
    shown.items = items;
    await Promise.resolve();
    return options?.canPickMany === true
      ? items.filter(({ picked }) => picked)
      : items.find(item => item.label === label);
  };
  const message = async (text: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const [options] = rest;
    const detail =
      typeof options === 'object' && options !== null ? (options as vscode.MessageOptions).detail : undefined;
    shown.messages.push({ text, detail: detail ?? '' });
    await Promise.resolve();
    return rest.includes(button) ? button : undefined;
  };
  const stubs = { showQuickPick: pick, showInformationMessage: message, showWarningMessage: message };
  const names = Object.keys(stubs) as (keyof typeof stubs)[];
  const real = names.map(name => [name, vscode.window[name] as unknown] as const);
  for (const name of names)
    Object.defineProperty(vscode.window, name, { value: stubs[name], configurable: true });
  try {
    const errors = await runCommand(id, target);
    return { shown, errors };
  } finally {
    for (const [name, value] of real)
      Object.defineProperty(vscode.window, name, { value, configurable: true });
  }
}
