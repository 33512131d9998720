import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { commandIds } from '../../src/contributions';
import { defaultPlan } from '../../src/core/model/labPlan';
import type { RedisHaLabApi } from '../../src/extension';
import { createLab } from '../../src/node/files/createLab';
import { ServerFinder } from '../../src/node/serverFinder';
import { repoRoot } from '../support/repoRoot';
import { until } from '../support/until';
import { extension, runCommand, showView, workspaceFolder } from './support/extension';
import { TestLab } from './support/testLab';

const execute = promisify(execFile);

describe('a Redis that the lab did not start', () => {
  let lab: TestLab;
  let port: number;
  let stranger: ChildProcess;
  let folder: string;

  before(async () => {
    await showView();
    lab = await TestLab.write(await extension(), 'visited-lab', { replicas: 1, sentinels: 0 });
    [port] = lab.servers as [number];
    folder = await mkdtemp(path.join(tmpdir(), 'redis-ha-lab-stranger-'));
    const { path: server } = await new ServerFinder().find(undefined, '/');
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    stranger = spawn(server, options, { stdio: 'ignore' });
    await lab.appears();
  });
  after(async () => {
    if (stranger.exitCode === null && stranger.kill('SIGKILL')) await once(stranger, 'exit');
    await lab.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('is shown as such', async () => {
    await lab.until('it is seen', () => lab.row(port).context === 'node server unmanaged master');
    assert.match(lab.row(port).description, /^master, not started by this lab · Redis \d/);
    assert.equal(lab.row(port).icon, 'question');
  });

  it('is neither stopped nor killed, and the person is told so', async () => {
    for (const command of [commandIds.stopNode, commandIds.killNode, commandIds.freezeNode]) {
      const [message] = await runCommand(command, lab.ref(port));
      assert.match(message ?? '(nothing)', /not started by this lab/, command);
    }
    await lab.run(commandIds.stopLab);
    assert.equal(stranger.exitCode, null);
    assert.equal(stranger.signalCode, null);
  });

  it('keeps the lab from starting, named with its pid', async () => {
    const [message] = await runCommand(commandIds.startLab, lab.ref());
    assert.match(
      message ?? '',
      new RegExp(`Port ${port} is in use by redis-server \\(pid ${stranger.pid}\\)`),
    );
    assert.equal((await lab.processes()).length, 1);
  });

  it('is forgotten when it is gone', async () => {
    stranger.kill('SIGTERM');
    await once(stranger, 'exit');
    await lab.until('it is stopped', () => lab.row(port).context === 'node server stopped');
  });
});

describe('a lab started from the command line', () => {
  let lab: TestLab;

  const cli = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await execute(process.execPath, [path.join(repoRoot, 'dist/cli.js'), ...args]);
    return stdout;
  };

  before(async () => {
    await showView();
    lab = await TestLab.write(await extension(), 'shared-lab', { replicas: 1, sentinels: 1 });
    await lab.appears();
  });
  after(() => lab.remove());

  it('is seen at once, without terminals', async () => {
    await cli('up', lab.directory);
    await lab.ready();
    for (const port of lab.servers) assert.doesNotMatch(lab.row(port).context, /terminal/);
    assert.deepEqual(lab.terminals(), []);
    const [message] = await runCommand(commandIds.showTerminal, lab.ref(lab.servers[0]!));
    assert.match(message ?? '', /has no terminal in this window/);
  });

  it('can be stopped here, started here, and stopped there', async () => {
    await lab.run(commandIds.stopLab);
    await lab.nothingIsLeft();
    await lab.run(commandIds.startLab);
    await cli('down', lab.directory);
    await lab.until('it is stopped', () => lab.labRow.description === 'stopped');
    await lab.terminalCount(0);
  });
});

describe('a lab with a password', () => {
  const password = 'open-sesame-1';
  let api: RedisHaLabApi;
  let lab: TestLab;

  before(async () => {
    api = await extension();
    await showView();
    // Only its folder and ports are wanted: the lab itself is made as the wizard makes it.
    lab = await TestLab.write(api, 'secret-lab', { replicas: 1, sentinels: 1 });
    await lab.appears();
    await rm(lab.directory, { recursive: true });
    await until('its row is gone', () => !api.catalog.get(lab.directory));
    const [port] = lab.servers as [number];
    const [sentinelPort] = lab.sentinels as [number];
    const plan = {
      ...defaultPlan('secret-lab', { replicas: 1, sentinels: 1, port, sentinelPort }),
      quorum: 1,
    };
    await createLab(path.join(workspaceFolder(), 'secret-lab'), plan, {
      finder: new ServerFinder(),
      password,
    });
    await lab.appears();
    await lab.run(commandIds.startLab);
  });
  after(() => lab.remove());

  it('is ready like any other', async () => {
    await lab.ready();
    const conf = await readFile(path.join(lab.directory, `conf/redis-${lab.servers[0]}.conf`), 'utf8');
    assert.match(conf, /requirepass/);
  });

  it('never shows the password', async () => {
    const texts: string[] = [];
    for (const { element } of lab.rows()) {
      const item = api.tree.resolveTreeItem(api.tree.getTreeItem(element), element);
      texts.push(JSON.stringify(item));
    }
    texts.push(JSON.stringify(await lab.processes()));
    for (const terminal of vscode.window.terminals) texts.push(JSON.stringify(terminal.creationOptions));
    for (const text of texts) assert.doesNotMatch(text, /sesame/);
  });

  it('asks for it nowhere when it copies commands', async () => {
    await vscode.env.clipboard.writeText('');
    const copying = runCommand(commandIds.copyCommands, lab.ref());
    await until('the commands are copied', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return vscode.env.clipboard.readText();
    });
    assert.deepEqual(await copying, []);
    const text = await vscode.env.clipboard.readText();
    assert.equal(text.trimEnd().split('\n').length, 3);
    assert.doesNotMatch(text, /sesame/);
  });
});
