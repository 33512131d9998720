import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { errorOf, outputOf, runCli, type CliResult } from './support/cli';
import { useLab } from './support/lab';
import { useLabFolder } from './support/labFolder';
import { isAlive } from './support/processes';
import { findProgram } from './support/programs';
import { testServer } from './support/testServer';

const small = ['--replicas', '0', '--sentinels', '0', '--port', '20000'];

describe('a program that is no Redis server', () => {
  const folder = useLabFolder();
  const at = (name: string): string => path.join(folder.dir, name);

  before('the programs', () => {
    writeFileSync(at('notes.txt'), 'no program', { mode: 0o644 });
    mkdirSync(at('folder'));
    writeFileSync(at('silent'), `#!/bin/sh\nexit 0\n`);
    writeFileSync(at('talker'), `#!/bin/sh\nyes 'Redis is not here' | head -c 1000000\n`);
    writeFileSync(at('broken'), '\x7fELF and then nothing');
    writeFileSync(at('hanging'), `#!/bin/sh\necho $$ > '${at('hanging.pid')}'\nexec sleep 600\n`);
    for (const name of ['silent', 'talker', 'broken', 'hanging']) chmodSync(at(name), 0o755);
  });

  // Given up after seconds: time for the other tests.
  let hanging: Promise<CliResult> | undefined;
  before('one of them hangs', () => {
    hanging = runCli(['create', at('never'), ...small, '--redis', at('hanging')]);
  });

  const cases: readonly { readonly what: string; readonly program: () => string; readonly says: RegExp }[] = [
    {
      what: 'another program',
      program: () => findProgram('true') ?? '',
      says: /is not a redis-server: its answer to --version/,
    },
    { what: 'a script that says nothing', program: () => at('silent'), says: /is not a redis-server/ },
    { what: 'a script that says a lot', program: () => at('talker'), says: /is not a redis-server/ },
    {
      what: 'a broken program',
      program: () => at('broken'),
      says: /is not a redis-server|could not be started/,
    },
    { what: 'a text file', program: () => at('notes.txt'), says: /There is no program/ },
    { what: 'a folder', program: () => at('folder'), says: /There is no program/ },
    { what: 'a path where nothing is', program: () => at('missing'), says: /There is no program/ },
    {
      what: 'a name that is not on PATH',
      program: () => 'no-such-redis-server',
      says: /There is no program/,
    },
  ];
  for (const { what, program, says } of cases) {
    it(`is refused by \`create\`: ${what}`, async () => {
      const text = errorOf(await runCli(['create', at('lab'), ...small, '--redis', program()]), 1);
      assert.match(text, says);
      assert.ok(text.includes(`"${program()}"`), text);
      assert.equal(existsSync(at('lab')), false);
    });
  }

  it('is refused when the environment names it', async () => {
    const env = { REDIS_HA_LAB_SERVER: at('silent') };
    assert.match(
      errorOf(await runCli(['create', at('lab'), ...small], { env }), 1),
      /silent" is not a redis-server/,
    );
  });

  it('is not taken for a server when it is on PATH', async () => {
    const dir = at('bin');
    mkdirSync(dir);
    symlinkSync(at('silent'), path.join(dir, 'redis-server'));
    const env = {
      REDIS_HA_LAB_SERVER: undefined,
      PATH: `${dir}${path.delimiter}${path.dirname(testServer)}`,
    };
    outputOf(await runCli(['create', at('good'), ...small], { env }));
    const text = outputOf(await runCli(['commands', at('good'), '--shell', 'bash'], { env }));
    assert.ok(!text.includes(dir), text);
  });

  it('is ended and refused when it hangs on --version', async () => {
    assert.ok(hanging);
    const text = errorOf(await hanging, 1);
    assert.match(text, /hanging" is not a redis-server/);
    assert.equal(existsSync(at('never')), false);
    assert.equal(isAlive(Number(readFileSync(at('hanging.pid'), 'utf8'))), false);
  });
});

describe('a lab that names a program that is no Redis server', () => {
  const lab = useLab({ replicas: 1, sentinels: 0 });

  it('does not start, and says what to change', async () => {
    const file = lab.file('lab.json');
    const text = `{ "server": "./redis", "servers": [{ "port": ${lab.port} }, { "port": ${lab.serverPorts[1]}, "replicaOf": ${lab.port} }] }\n`;
    writeFileSync(file, text);
    assert.match(
      await lab.error('up'),
      /There is no program ".*redis"\. Name another redis-server in lab\.json/,
    );
    assert.deepEqual(lab.pids(), []);
    symlinkSync(testServer, lab.file('redis'));
    await lab.output('up');
    const { pid } = await lab.node(lab.port);
    assert.equal(isAlive(pid!), true);
    await lab.output('down');
  });

  it('may name one for a single node', async () => {
    const servers = [
      { port: lab.port },
      { port: lab.serverPorts[1], replicaOf: lab.port, server: '/bin/true' },
    ];
    writeFileSync(lab.file('lab.json'), JSON.stringify({ servers }));
    assert.match(await lab.error('up'), /"\/bin\/true" is not a redis-server/);
    await lab.output('down');
    assert.deepEqual(lab.pids(), []);
  });
});
