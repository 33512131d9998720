import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { errorOf, outputOf, runCli } from './support/cli';
import { useLab, type TestLab } from './support/lab';
import { allProcesses } from './support/processes';
import { ask } from './support/redis';
import { rewritesQuotes } from './support/testServer';

/** Everything a lab wrote that is no conf and no data of the server: its own files, records and logs. */
function writtenFiles(lab: TestLab): readonly string[] {
  return readdirSync(lab.dir, { recursive: true, encoding: 'utf8' })
    .filter(name => !name.startsWith('conf') && !name.startsWith('data'))
    .map(name => lab.file(name))
    .filter(file => statSync(file).isFile());
}

/** The password may stand in the private confs and nowhere else. */
function assertSecret(lab: TestLab, secret: string, printed: readonly string[]): void {
  for (const text of printed) assert.ok(!text.includes(secret), `printed: ${text}`);
  for (const file of writtenFiles(lab))
    assert.ok(!readFileSync(file, 'utf8').includes(secret), `written into ${file}`);
  for (const { command } of allProcesses())
    assert.ok(!command.includes(secret), `in the list of processes: ${command}`);
  for (const pid of lab.pids()) {
    const environment = `/proc/${pid}/environ`;
    if (existsSync(environment))
      assert.ok(!readFileSync(environment, 'utf8').includes(secret), 'in the environment of a server');
  }
  for (const name of readdirSync(lab.file('conf'), { recursive: true, encoding: 'utf8' })) {
    const { mode } = statSync(lab.file('conf', name));
    assert.equal(mode & 0o077, 0, `${name} is private`);
  }
}

describe('a lab with a password, in a folder with an odd name', () => {
  // With a Sentinel neither blanks nor quotes: it writes the password into its conf without quoting it.
  const secret = rewritesQuotes ? '-pä#1\\\\x41$HOME한글' : '-pä#1x41$HOME한글';
  const folder = rewritesQuotes ? `한글 lab's "x" #1 $HOME` : `한글 lab's x #1 $HOME`;
  const lab = useLab({ replicas: 1, sentinels: 1, password: secret, folder });
  const printed: string[] = [];
  const run = async (command: string, ...words: readonly string[]): Promise<string> => {
    const result = await runCli([command, lab.dir, ...words], { env: { REDIS_HA_LAB_PASSWORD: secret } });
    printed.push(result.stdout, result.stderr);
    return outputOf(result);
  };

  it('gets ready', async () => {
    await run('up');
    const status = await lab.status();
    assert.equal(status.ready, true);
    assert.equal(status.name, path.basename(lab.dir));
    assert.equal(await lab.info(lab.serverPorts[1]!, 'master_link_status'), 'up');
  });

  it('lets nobody in without it', async () => {
    for (const port of lab.serverPorts) {
      await assert.rejects(ask(port, undefined, 'PING'), /NOAUTH/);
      assert.equal(await ask(port, secret, 'PING'), 'PONG');
    }
  });

  it('has a failover, after which the rewritten confs work and are private', async () => {
    await run('kill', 'master');
    const master = await lab.agreedMaster({ not: lab.port });
    await lab.ask(master, 'SET', 'key', 'value');
    await run('status', '--json');
    await run('down');
    for (const name of readdirSync(lab.file('conf')).filter(file => file.endsWith('.conf')))
      assert.equal(statSync(lab.file('conf', name)).mode & 0o777, 0o600, name);
    const rewritten = readFileSync(lab.file('conf', `redis-${master}.conf`), 'utf8');
    assert.match(rewritten, /CONFIG REWRITE/);
    // Only the new master: the other would wait for ten seconds until the Sentinel makes it a replica.
    await run('start', String(master));
    await run('start', String(lab.sentinelPorts[0]));
    assert.equal(await lab.ask(master, 'GET', 'key'), 'value');
    assert.equal((await lab.node(master)).role, 'master');
    assert.equal((await lab.node(lab.sentinelPorts[0]!)).view?.masterAddress, `127.0.0.1:${master}`);
  });

  it('tells the password to nobody', async () => {
    for (const command of ['status', 'conf', 'commands']) await run(command);
    assertSecret(lab, secret, printed);
    await lab.output('down');
    assertSecret(lab, secret, printed);
  });

  it('keeps the password through a reset', async () => {
    await run('reset');
    await run('start', String(lab.port));
    assert.equal(await ask(lab.port, secret, 'PING'), 'PONG');
    await run('stop', String(lab.port));
    assertSecret(lab, secret, printed);
  });
});

const ways: readonly {
  readonly way: string;
  readonly secret: string;
  readonly words: (secret: string) => readonly string[];
  readonly options: (secret: string) => Parameters<typeof runCli>[1];
}[] = [
  { way: '--password', secret: 'plain-1234', words: secret => ['--password', secret], options: () => ({}) },
  {
    way: '--password=',
    secret: '-starts with a dash',
    words: secret => [`--password=${secret}`],
    options: () => ({}),
  },
  {
    way: '--password -',
    secret: '비밀번호 #한글',
    words: () => ['--password', '-'],
    options: secret => ({ input: `${secret}\n` }),
  },
  {
    way: '--password - (CRLF)',
    secret: '# "\' #',
    words: () => ['--password', '-'],
    options: secret => ({ input: `${secret}\r\n` }),
  },
  {
    way: 'REDIS_HA_LAB_PASSWORD',
    secret: ' blanks around ',
    words: () => [],
    options: secret => ({ env: { REDIS_HA_LAB_PASSWORD: secret } }),
  },
];

for (const { way, secret, words, options } of ways) {
  describe(`a password through ${way}`, () => {
    const lab = useLab({ replicas: 1, sentinels: 0, password: secret, more: words(secret), isLater: true });

    it(`works and is told to nobody: ${JSON.stringify(secret)}`, async () => {
      const created = await runCli(lab.createWords(), options(secret));
      const up = await lab.run('up');
      const status = await lab.run('status');
      assert.equal(created.code, 0, created.stderr);
      assert.equal(up.code, 0, up.stderr);
      for (const port of lab.serverPorts) assert.equal(await ask(port, secret, 'PING'), 'PONG');
      assert.equal(await lab.info(lab.serverPorts[1]!, 'master_link_status'), 'up');
      assertSecret(
        lab,
        secret,
        [created, up, status].flatMap(result => [result.stdout, result.stderr]),
      );
    });
  });
}

describe('a password that cannot be one', () => {
  const lab = useLab({ replicas: 0, sentinels: 1, isLater: true });

  for (const secret of ['two words', 'a "quote"', "it's"]) {
    it(`is refused with Sentinels, which could not read it again: ${secret}`, async () => {
      const text = errorOf(await runCli([...lab.createWords(), '--password', '-'], { input: secret }), 1);
      assert.match(text, /blanks or quotes/);
      assert.ok(!text.includes(secret) && !existsSync(lab.dir));
    });
  }

  it('is refused when it has two lines, and nothing is made', async () => {
    const text = errorOf(await runCli([...lab.createWords(), '--password', '-'], { input: 'one\ntwo\n' }), 2);
    assert.match(text, /A password must be on one line/);
    assert.ok(!text.includes('one\n') && !existsSync(lab.dir));
  });
});
