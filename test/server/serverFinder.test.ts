import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { formatVersion } from '../../src/core/conf/serverVersion';
import { HumanError } from '../../src/core/humanError';
import { ServerFinder } from '../../src/node/serverFinder';
import { useTemporaryFolder } from '../support/temporaryFolder';
import { testServer, testVersion } from './support/testServer';

describe('ServerFinder', () => {
  const folder = useTemporaryFolder();
  const path0 = process.env['PATH'];

  /** A program that answers --version as a server does and counts how often it was asked. */
  const pretend = (dir: string, name: string, answer: string): string => {
    const file = path.join(folder.dir, dir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\necho asked >> '${file}.asked'\necho '${answer}'\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const asked = (file: string): number =>
    existsSync(`${file}.asked`) ? readFileSync(`${file}.asked`, 'utf8').trim().split('\n').length : 0;
  const onPath = (...dirs: readonly string[]): void => {
    process.env['PATH'] = dirs.map(dir => path.join(folder.dir, dir)).join(path.delimiter);
  };

  afterEach('the path is right again', () => {
    process.env['PATH'] = path0;
  });

  it('names the version of a real server', async () => {
    const found = await new ServerFinder(() => testServer).find(undefined, folder.dir);
    assert.equal(found.path, testServer);
    assert.equal(formatVersion(found.version), formatVersion(testVersion));
  });

  it('takes what the lab names, then the setting, then PATH', async () => {
    const ofLab = pretend('lab', 'redis-server', 'Redis server v=5.0.1 sha=0');
    const ofSetting = pretend('setting', 'valkey', 'Valkey server v=8.1.1 sha=0');
    const first = pretend('one', 'redis-server', 'Redis server v=6.2.1 sha=0');
    pretend('two', 'redis-server', 'Redis server v=7.2.1 sha=0');
    onPath('empty', 'one', 'two');
    const finder = new ServerFinder(() => ofSetting);
    assert.equal((await finder.find(ofLab, folder.dir)).path, ofLab);
    assert.deepEqual((await finder.find(undefined, folder.dir)).version, {
      product: 'valkey',
      major: 8,
      minor: 1,
      patch: 1,
      windows: false,
    });
    assert.equal((await new ServerFinder(() => '  ').find(undefined, folder.dir)).path, first);
    assert.equal((await new ServerFinder().find(undefined, folder.dir)).path, first);
  });

  it('asks for the setting anew each time', async () => {
    let setting = pretend('before', 'redis-server', 'Redis server v=5.0.1 sha=0');
    const finder = new ServerFinder(() => setting);
    assert.equal((await finder.find(undefined, folder.dir)).version.major, 5);
    setting = pretend('after', 'redis-server', 'Redis server v=6.0.1 sha=0');
    assert.equal((await finder.find(undefined, folder.dir)).version.major, 6);
  });

  it('takes a relative path from the folder of the lab, and a bare name from PATH', async () => {
    const file = pretend('mine', 'my-redis', 'Redis server v=3.2.1 sha=0');
    const finder = new ServerFinder();
    assert.equal((await finder.find('mine/my-redis', folder.dir)).path, file);
    assert.equal((await finder.find('./my-redis', path.join(folder.dir, 'mine'))).path, file);
    onPath('mine');
    assert.equal((await finder.find('my-redis', folder.dir)).path, file);
  });

  it('goes past programs on PATH that are none, and does not run what is no program', async () => {
    pretend('fake', 'redis-server', 'hello');
    mkdirSync(path.join(folder.dir, 'dir', 'redis-server'), { recursive: true });
    mkdirSync(path.join(folder.dir, 'text'), { recursive: true });
    writeFileSync(path.join(folder.dir, 'text', 'redis-server'), '', { mode: 0o644 });
    const real = pretend('real', 'redis-server', 'Redis server v=7.4.0 sha=0');
    onPath('dir', 'text', 'fake', 'real');
    assert.equal((await new ServerFinder().find(undefined, folder.dir)).path, real);
  });

  it('does not go past one that was named', async () => {
    const fake = pretend('named', 'redis-server', 'hello');
    await assert.rejects(new ServerFinder(() => fake).find(undefined, folder.dir), (error: unknown) => {
      assert.ok(error instanceof HumanError && error.details.remedy === 'chooseServer');
      return error.message.includes(fake);
    });
  });

  it('finds each server once, with PATH before the usual places', async () => {
    const one = pretend('all1', 'valkey-server', 'Valkey server v=8.0.1 sha=0');
    const two = pretend('all2', 'redis-server', 'Redis server v=2.8.24 sha=0');
    mkdirSync(path.join(folder.dir, 'all3'));
    symlinkSync(two, path.join(folder.dir, 'all3', 'redis-server'));
    onPath('all1', 'all1', 'all2', 'all3');
    const found = await new ServerFinder().findAll();
    const paths = found.map(server => server.path);
    // redis-server is looked for on the whole PATH before valkey-server
    assert.deepEqual(paths.slice(0, 2), [two, one]);
    assert.equal(new Set(paths).size, paths.length);
  });

  it('asks a program once, until its file changes', async () => {
    const file = pretend('cached', 'redis-server', 'Redis server v=6.0.9 sha=0');
    const finder = new ServerFinder(() => file);
    await Promise.all([finder.find(undefined, folder.dir), finder.find(undefined, folder.dir)]);
    await finder.find(undefined, folder.dir);
    assert.equal(asked(file), 1);
    writeFileSync(file, readFileSync(file, 'utf8').replace('6.0.9', '6.0.10'));
    appendFileSync(file, '# changed\n');
    assert.equal((await finder.find(undefined, folder.dir)).version.patch, 10);
    assert.equal(asked(file), 2);
  });
});
