import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { until } from '../support/until';
import { errorOf, outputOf, runCli, startCli } from './support/cli';
import { useLab } from './support/lab';
import { useLabFolder } from './support/labFolder';
import { readStatus } from './support/status';

const labCommands = ['up', 'down', 'status', 'failover', 'reset', 'conf', 'commands'];
const nodeCommands = ['start', 'stop', 'kill', 'freeze', 'resume'];

describe('wrong usage', () => {
  const folder = useLabFolder();

  for (const [words, says] of [
    [['fly'], /There is no command "fly"/],
    [['create'], /Expected: DIR/],
    [['up', 'one', 'two'], /Expected: DIR/],
    [['stop', 'dir'], /Expected: DIR NODE/],
    [['up', 'dir', '--fast'], /--fast.*Usage: redis-ha-lab up DIR/],
    [['create', 'dir', '--replicas', 'many'], /--replicas takes a whole number from 0 to \d+, not "many"/],
    [['create', 'dir', '--port', '70000'], /--port takes a whole number from 1 to 65535/],
    [['create', 'dir', '--port', '65535'], /highest there is is 65535/],
    [['create', 'dir', '--port', '26379'], /Port 26379 would belong to a data node and to a Sentinel/],
    [['create', 'dir', '--quorum', '4'], /--quorum takes a whole number from 1 to 3/],
    [['create', 'dir', '--name', 'two words'], /--name may only have letters/],
    [['create', 'dir', '--set', 'nothing'], /--set takes key=value/],
    [['status', 'dir', '--lang', 'fr'], /--lang takes en or ko/],
  ] as const) {
    it(`ends with exit code 2 and one line: ${words.join(' ')}`, async () => {
      const text = errorOf(await runCli(words, { cwd: folder.dir }), 2);
      assert.match(text, says);
      assert.equal(existsSync(path.join(folder.dir, 'dir')), false);
    });
  }

  it('of `create`: a setting that would be a second line', async () => {
    const result = await runCli(['create', 'dir', '--set', 'maxmemory=1\nport 1'], { cwd: folder.dir });
    assert.notEqual(result.code, 0);
    assert.match(result.stderr, /^redis-ha-lab: [^\n]*one line[^\n]*\n$/);
    assert.equal(existsSync(path.join(folder.dir, 'dir')), false);
  });

  it('of `commands`: a shell that is none', async () => {
    outputOf(await runCli(['create', 'shell', '--sentinels', '0'], { cwd: folder.dir }));
    assert.match(
      errorOf(await runCli(['commands', 'shell', '--shell', 'fish'], { cwd: folder.dir }), 2),
      /--shell takes bash, powershell or cmd/,
    );
    assert.match(
      errorOf(await runCli(['conf', 'shell', '--redis', 'new'], { cwd: folder.dir }), 2),
      /--redis takes a version/,
    );
    assert.match(
      errorOf(await runCli(['conf', 'shell', '--node', 'x'], { cwd: folder.dir }), 2),
      /There is no node "x"/,
    );
  });

  it('is told by the help, which every command has', async () => {
    const none = await runCli([]);
    assert.equal(none.code, 2);
    const help = outputOf(await runCli(['--help']));
    for (const command of ['create', ...labCommands, ...nodeCommands]) {
      assert.match(help, new RegExp(`^  ${command}\\b`, 'm'));
      assert.match(outputOf(await runCli([command, '--help'])), new RegExp(`^redis-ha-lab ${command} DIR`));
    }
  });
});

describe('a folder that is no lab', () => {
  const folder = useLabFolder();

  for (const command of labCommands) {
    it(`is unreadable input for \`${command}\``, async () => {
      const text = errorOf(await runCli([command, folder.dir]), 2);
      assert.ok(text.startsWith(`${path.join(folder.dir, 'lab.json')}: There is no lab here`), text);
    });
  }
  it('is unreadable input for a command on a node', async () => {
    for (const dir of [folder.dir, path.join(folder.dir, 'missing')]) {
      assert.match(errorOf(await runCli(['kill', dir, 'master']), 2), /lab\.json: There is no lab here/);
    }
  });
  it('may have a folder named lab.json', async () => {
    mkdirSync(path.join(folder.dir, 'odd', 'lab.json'), { recursive: true });
    assert.match(
      errorOf(await runCli(['up', path.join(folder.dir, 'odd')]), 2),
      /lab\.json: The file cannot be read \(EISDIR\)/,
    );
  });
});

describe('a lab.json with mistakes', () => {
  const folder = useLabFolder();
  const check = async (text: string | Buffer, command = 'up'): Promise<string> => {
    writeFileSync(path.join(folder.dir, 'lab.json'), text);
    return errorOf(await runCli([command, folder.dir]), 2);
  };
  const file = (): string => path.join(folder.dir, 'lab.json');

  it('is told with file and line: not JSON', async () => {
    assert.ok((await check('{\n  "servers": [\n    { "port" 6379 }\n  ]\n}\n')).startsWith(`${file()}:3: `));
    assert.ok((await check('')).startsWith(`${file()}:1: `));
    assert.ok((await check('{ "servers": [')).startsWith(`${file()}:1: `));
    assert.ok((await check(Buffer.from([0xff, 0xfe, 0x00, 0x80]))).startsWith(`${file()}:1: `));
    assert.ok((await check('[]')).startsWith(`${file()}:1: `));
  });

  it('is told once with every mistake and its line', async () => {
    const text = await check(
      [
        '{',
        '  "nmae": "typo",',
        '  "quorum": "two",',
        '  "masterName": "my master",',
        '  "servers": [',
        '    { "port": 70000 },',
        '    { "prot": 6380 }',
        '  ]',
        '}',
      ].join('\n'),
      'status',
    );
    assert.match(text, /^[^\n]+lab\.json:\d+: /);
    for (const said of [/"nmae"/, /"quorum" must be a number/, /"masterName" may only/, /65,?535/, /prot/])
      assert.match(text, said);
    for (const line of [3, 4, 6, 7])
      assert.match(text, new RegExp(`line ${line}: |lab\\.json:${line}: `), text);
  });

  it('is told when the nodes do not fit together', async () => {
    const twice = '{\n "servers": [\n  { "port": 1000 },\n  { "port": 1000, "replicaOf": 1001 }\n ]\n}';
    const text = await check(twice);
    assert.match(text, /:4: Port 1000 is given /);
    assert.match(text, /There is no node with port 1001/);
    assert.match(
      await check('{\n "servers": [\n  { "port": 1 },\n  { "port": 2 }\n ]\n}'),
      /:2: A lab starts with exactly one master/,
    );
  });

  it('stops every command', async () => {
    for (const command of labCommands) assert.ok((await check('{', command)).startsWith(`${file()}:1: `));
  });
});

describe('--lang', () => {
  const lab = useLab({ replicas: 0, sentinels: 0 });
  const korean = /[가-힣]/;

  it('chooses Korean, before and after the command', async () => {
    assert.match(outputOf(await runCli(['--help', '--lang', 'ko'])), korean);
    assert.match(outputOf(await runCli(['--lang=ko', 'status', lab.dir])), korean);
    assert.match(errorOf(await runCli(['fly', '--lang', 'ko']), 2), korean);
    const error = errorOf(await runCli(['kill', lab.dir, 'master', '--lang', 'ko']), 1);
    assert.match(error, korean);
  });

  it('follows the locale when it is not given', async () => {
    assert.match(outputOf(await runCli(['--help'], { env: { LC_ALL: 'ko_KR.UTF-8' } })), korean);
    assert.doesNotMatch(outputOf(await runCli(['--help'], { env: { LC_ALL: 'en_US.UTF-8' } })), korean);
  });

  it('does not change the JSON', async () => {
    const [english, other] = await Promise.all([
      lab.output('status', '--json'),
      lab.output('status', '--json', '--lang', 'ko'),
    ]);
    const plain = (text: string): unknown => ({ ...readStatus(text), notReady: [] });
    assert.deepEqual(plain(other), plain(english));
  });
});

describe('`commands`', () => {
  const lab = useLab({ replicas: 1, sentinels: 1, folder: `two words, it's 한글 $x` });

  it('prints a line for each node in the order of a start, for each shell', async () => {
    for (const shell of ['bash', 'powershell', 'cmd']) {
      const lines = (await lab.output('commands', '--shell', shell)).trimEnd().split('\n');
      assert.equal(lines.length, 3);
      for (const [index, port] of lab.ports.entries())
        assert.ok(lines[index]?.includes(`-${port}.conf`), lines[index]);
      assert.match(lines[2] ?? '', /--sentinel$/);
      for (const line of lines) assert.equal(line.startsWith('& '), shell === 'powershell');
    }
  });

  it('prints what really starts the nodes in bash; they count as not started by the lab', async () => {
    const [first = ''] = (await lab.output('commands', '--shell', 'bash')).trimEnd().split('\n');
    const redis = execFile('bash', ['-c', `exec ${first}`]);
    try {
      await until('it answers', async () => (await lab.ask(lab.port, 'PING')) === 'PONG');
      assert.equal((await lab.node(lab.port)).state, 'unmanaged');
      assert.equal(
        path.resolve(await lab.info(lab.port, 'config_file')),
        lab.file('conf', `redis-${lab.port}.conf`),
      );
    } finally {
      const gone = once(redis, 'exit');
      redis.kill('SIGTERM');
      await gone;
    }
  });

  it('prints words that bash reads as they are', async () => {
    const lines = (await lab.output('commands', '--shell', 'bash')).trimEnd().split('\n');
    for (const [index, line] of lines.entries()) {
      const { stdout } = await promisify(execFile)('bash', ['-c', `printf '%s\\n' ${line}`]);
      const kind = lab.serverPorts.includes(lab.ports[index] ?? 0) ? 'redis' : 'sentinel';
      assert.ok(stdout.includes(`\n${lab.file('conf', `${kind}-${lab.ports[index]}.conf`)}\n`), stdout);
    }
  });
});

describe('`status --watch`', () => {
  const lab = useLab({ replicas: 0, sentinels: 0 });

  it('prints JSON lines as the lab changes, until Ctrl+C', async () => {
    const watching = startCli(['status', lab.dir, '--watch', '--json']);
    const states = (): readonly (string | undefined)[] =>
      watching.printed.stdout
        .split('\n')
        .slice(0, -1)
        .map(line => readStatus(line).nodes[0]?.state);
    await until('the stopped lab', () => states().at(-1) === 'stopped');
    await lab.output('up');
    await until('the running lab', () => states().at(-1) === 'running');
    await lab.output('down');
    await until('the stopped lab again', () => states().at(-1) === 'stopped');
    watching.child.kill('SIGINT');
    const { code, stderr } = await watching.ended;
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  });
});
