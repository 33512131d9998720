import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runnerArguments } from '../../src/node/runner/arguments';
import { repoRoot } from '../support/repoRoot';
import { until } from '../support/until';
import { useLab } from './support/lab';
import { isAlive, processesIn } from './support/processes';
import { Terminal } from './support/pty';
import { testServer } from './support/testServer';

const controlC = '\x03';

describe("the process of a node's terminal", () => {
  const terminals: Terminal[] = [];
  after('no terminal is left', async () => {
    for (const terminal of terminals) await terminal.hangUp();
  });
  const lab = useLab({ replicas: 0, sentinels: 0, folder: `lab's 한글 terminal` });
  const runner = path.join(repoRoot, 'dist', 'nodeRunner.js');

  const open = (
    language = 'en',
    env: Readonly<Record<string, string | undefined>> = { NO_COLOR: undefined },
  ): Terminal => {
    const words = runnerArguments({ lab: lab.dir, node: `redis-${lab.port}`, server: testServer, language });
    const terminal = new Terminal(process.execPath, [runner, ...words], {
      ELECTRON_RUN_AS_NODE: '1',
      ...env,
    });
    terminals.push(terminal);
    return terminal;
  };
  const record = (): { readonly pid: number; readonly runnerPid: number } =>
    JSON.parse(readFileSync(lab.file('run', `redis-${lab.port}.json`), 'utf8')) as {
      pid: number;
      runnerPid: number;
    };
  const runs = async (): Promise<number> => {
    await until('the server answers', async () => (await lab.ask(lab.port, 'PING')) === 'PONG');
    return Number(await lab.info(lab.port, 'process_id'));
  };
  const isGone = (pid: number): Promise<unknown> => until(`${pid} is gone`, () => !isAlive(pid));

  afterEach('nothing runs, and the conf is right again', async () => {
    const name = `redis-${lab.port}.conf`;
    copyFileSync(lab.file('conf', '.first', name), lab.file('conf', name));
    await lab.output('down');
    for (const terminal of terminals.splice(0)) await terminal.hangUp();
    await until('every process is gone', () => processesIn(lab.dir).length === 0);
    assert.deepEqual(readdirSync(lab.file('run')), []);
  });

  it('shows the command and the live log in colour, and is known to the lab', async () => {
    const terminal = open();
    const pid = await runs();
    await terminal.shows(/Ready to accept connections/);
    assert.ok(terminal.shown.includes(`redis-${lab.port}.conf`));
    assert.match(terminal.raw, /\x1b\[\d+/);
    assert.deepEqual({ pid: record().pid, isRunner: isAlive(record().runnerPid) }, { pid, isRunner: true });
    const node = await lab.node(lab.port);
    assert.deepEqual({ state: node.state, pid: node.pid }, { state: 'running', pid });
    terminal.clear();
    await lab.ask(lab.port, 'SET', 'key', 'value');
    await lab.ask(lab.port, 'BGSAVE');
    await terminal.shows(/DB saved on disk/);
  });

  it('has no colour when NO_COLOR asks for none', async () => {
    const terminal = open('en', { NO_COLOR: '1' });
    await terminal.shows(/Ready to accept connections/);
    assert.doesNotMatch(terminal.raw, /\x1b\[/);
  });

  it('gives its server nothing of VS Code in the environment', async function () {
    open('en', { VSCODE_PID: '1', NODE_OPTIONS: '--no-warnings', REDIS_HA_LAB_PASSWORD: 'secret' });
    const pid = await runs();
    if (process.platform !== 'linux') this.skip(); // only there it can be seen
    assert.doesNotMatch(
      readFileSync(`/proc/${pid}/environ`, 'utf8'),
      /VSCODE_|ELECTRON_|NODE_OPTIONS|REDIS_HA_LAB_PASSWORD/,
    );
  });

  it('stops gracefully with Ctrl+C, starts again with R, and closes with any other key', async () => {
    const terminal = open();
    const first = await runs();
    await lab.ask(lab.port, 'SET', 'key', 'kept');
    terminal.press(controlC);
    await terminal.shows(/R starts it again, any other key closes this terminal/);
    assert.equal(isAlive(first), false);
    assert.equal((await lab.node(lab.port)).state, 'stopped');
    assert.match(terminal.shown, /Stopping redis-\d+/);

    terminal.clear();
    terminal.press('r');
    const second = await runs();
    assert.notEqual(second, first);
    assert.equal(await lab.ask(lab.port, 'GET', 'key'), 'kept');
    assert.equal((await lab.node(lab.port)).pid, second);

    terminal.press(controlC);
    await terminal.shows(/any other key closes/);
    terminal.press('q');
    assert.equal(await terminal.ended, 0);
    assert.equal(isAlive(second), false);
  });

  it('says why the server was killed, and starts it again with R', async () => {
    const terminal = open();
    const pid = await runs();
    process.kill(pid, 'SIGKILL');
    await terminal.shows(/redis-\d+ .*ended by SIGKILL without being stopped\.\nR starts it again/);
    assert.equal((await lab.node(lab.port)).state, 'crashed');
    terminal.press('R');
    assert.notEqual(await runs(), pid);
    assert.equal((await lab.node(lab.port)).state, 'running');
  });

  it('shows that the lab killed it', async () => {
    const terminal = open();
    await runs();
    await lab.output('kill', 'master');
    await terminal.shows(/ended by SIGKILL without being stopped/);
    assert.equal((await lab.node(lab.port)).state, 'crashed');
  });

  it('ends, with its server, when the terminal is closed', async () => {
    const terminal = open();
    const pid = await runs();
    const { runnerPid } = record();
    await lab.ask(lab.port, 'SET', 'key', 'saved at the end');
    await terminal.hangUp();
    await isGone(pid);
    await isGone(runnerPid);
    assert.equal((await lab.node(lab.port)).state, 'stopped');
    await lab.output('up');
    assert.equal(await lab.ask(lab.port, 'GET', 'key'), 'saved at the end');
  });

  it('ends a frozen server, too, when the terminal is closed', async () => {
    const terminal = open();
    const pid = await runs();
    const { runnerPid } = record();
    await lab.output('freeze', 'redis-' + lab.port);
    await terminal.hangUp();
    await isGone(pid);
    await isGone(runnerPid);
  });

  it('ends when the terminal is closed while it waits for a key', async () => {
    const terminal = open();
    const pid = await runs();
    const { runnerPid } = record();
    process.kill(pid, 'SIGKILL');
    await terminal.shows(/R starts it again/);
    await terminal.hangUp();
    await isGone(runnerPid);
  });

  it('ends with 0 when somebody else stops the server', async () => {
    const terminal = open();
    await runs();
    await lab.ask(lab.port, 'SHUTDOWN').catch(() => undefined);
    assert.equal(await terminal.ended, 0);
    assert.equal((await lab.node(lab.port)).state, 'stopped');
  });

  it('ends with 0 when the lab is stopped', async () => {
    const terminal = open();
    await runs();
    await lab.output('down');
    assert.equal(await terminal.ended, 0);
  });

  it('does not start what runs already', async () => {
    open();
    const pid = await runs();
    const second = open();
    assert.equal(await second.ended, 1);
    assert.match(
      second.shown,
      new RegExp(`redis-${lab.port} runs already \\(pid ${pid}\\); it is not started twice`),
    );
    assert.equal(await runs(), pid);
    assert.equal((await lab.node(lab.port)).pid, pid);
  });

  it('leaves the server running and known when only it was killed', async () => {
    open();
    const pid = await runs();
    const { runnerPid } = record();
    process.kill(runnerPid, 'SIGKILL');
    await isGone(runnerPid);
    assert.equal(await runs(), pid);
    const node = await lab.node(lab.port);
    assert.deepEqual({ state: node.state, pid: node.pid }, { state: 'running', pid });
    await lab.output('up');
    assert.equal(await runs(), pid);
    await lab.output('down');
    assert.equal(isAlive(pid), false);
  });

  it('names the line of a conf that the server does not accept', async () => {
    const conf = lab.file('conf', `redis-${lab.port}.conf`);
    appendFileSync(conf, 'timeout nonsense\n');
    const terminal = open();
    await terminal.shows(/Line \d+ of the conf is not accepted: timeout nonsense/);
    await terminal.shows(/R starts it again/);
    copyFileSync(lab.file('conf', '.first', `redis-${lab.port}.conf`), conf);
    terminal.press('r');
    await runs();
  });

  it('says that the port is in use', async () => {
    await lab.output('up');
    const { pid } = record();
    // Started by nobody the lab knows: its record is put away.
    const file = lab.file('run', `redis-${lab.port}.json`);
    const aside = lab.file('aside.json');
    copyFileSync(file, aside);
    appendFileSync(file, '}');
    const terminal = open();
    await terminal.shows(/The port is in use|Address already in use/);
    await terminal.shows(/R starts it again/);
    terminal.press('q');
    await terminal.ended;
    copyFileSync(aside, file);
    assert.equal((await lab.node(lab.port)).pid, pid);
  });

  it('speaks Korean', async () => {
    const terminal = open('ko');
    await runs();
    terminal.press(controlC);
    await terminal.shows(/R[^\n]*[가-힣]/);
  });
});
