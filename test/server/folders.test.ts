import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { repoRoot } from '../support/repoRoot';
import { errorOf, runCli } from './support/cli';
import { useLab } from './support/lab';
import { useLabFolder } from './support/labFolder';
import { findProgram } from './support/programs';
import { rewritesQuotes } from './support/testServer';

const small = ['--replicas', '0', '--sentinels', '0', '--port', '20000'];

describe('a folder that cannot be written', () => {
  const folder = useLabFolder();

  it('is refused by `create` when it is a file', async () => {
    const file = path.join(folder.dir, 'file');
    writeFileSync(file, 'mine');
    const text = errorOf(await runCli(['create', file, ...small]), 1);
    assert.ok(text.includes(file), text);
    assert.match(text, /cannot be written \((?:EEXIST|ENOTDIR)\)/);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });

  it('is refused by `create` when it is inside a file', async () => {
    const file = path.join(folder.dir, 'other');
    writeFileSync(file, 'mine');
    const text = errorOf(await runCli(['create', path.join(file, 'lab'), ...small]), 1);
    assert.match(text, /cannot be written \((?:ENOTDIR|EEXIST)\)/);
  });

  it('is refused by `create` where the system keeps files of its own', async function () {
    if (!existsSync('/proc/self')) this.skip(); // only Linux has such a folder
    const text = errorOf(await runCli(['create', '/proc/lab', ...small]), 1);
    assert.match(text, /"\/proc\/lab" cannot be written \(\w+\)/);
  });

  it('is refused by `create` when a folder in it is a file, and what was there stays', async () => {
    const dir = path.join(folder.dir, 'half');
    mkdirSync(dir);
    writeFileSync(path.join(dir, 'log'), 'mine');
    writeFileSync(path.join(dir, 'notes.txt'), 'mine');
    const text = errorOf(await runCli(['create', dir, ...small]), 1);
    assert.ok(text.includes(path.join(dir, 'log')), text);
    assert.deepEqual(readdirSync(dir).toSorted(), ['log', 'notes.txt']);
  });

  it('is refused by `create` of another user', async function () {
    const setpriv = findProgram('setpriv');
    if (process.getuid?.() !== 0 || !setpriv) this.skip(); // needs to be root, to become somebody else
    const dir = path.join(folder.dir, 'of root');
    mkdirSync(dir);
    chmodSync(folder.dir, 0o755);
    // Somebody else may not read the repository of root: they get a copy of the program.
    const program = path.join(folder.dir, 'program');
    cpSync(path.join(repoRoot, 'dist'), path.join(program, 'dist'), { recursive: true });
    const words = [
      '--reuid=65534',
      '--regid=65534',
      '--clear-groups',
      process.execPath,
      path.join(program, 'dist', 'cli.js'),
    ];
    const readable = spawnSync(setpriv, [...words, '--help']);
    if (readable.status !== 0) this.skip(); // the other user may not even run this Node
    const { status, stderr, stdout } = spawnSync(
      setpriv,
      [...words, 'create', path.join(dir, 'lab'), ...small],
      {
        encoding: 'utf8',
        // Nor may they look into the folder in which the tests run.
        cwd: folder.dir,
        env: { PATH: process.env['PATH'], LC_ALL: 'C' },
      },
    );
    assert.equal(status, 1, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, /^redis-ha-lab: ".*of root\/lab" cannot be written \(EACCES\)\. .*\n$/);
    assert.deepEqual(readdirSync(dir), []);
  });
});

describe('a lab whose folders cannot be written', () => {
  const lab = useLab({ replicas: 1, sentinels: 1 });
  const isMounted: string[] = [];

  afterEach('everything is writable again', () => {
    for (const dir of isMounted.splice(0)) execFileSync('umount', [dir]);
  });

  /** Root may write everywhere but on a read-only mount. */
  function makeReadOnly(dir: string): boolean {
    if (process.getuid?.() !== 0) {
      chmodSync(dir, 0o500);
      return true;
    }
    if (spawnSync('mount', ['--bind', dir, dir]).status !== 0) return false;
    isMounted.push(dir);
    return spawnSync('mount', ['-o', 'remount,bind,ro', dir]).status === 0;
  }

  for (const [what, parts] of [
    ['data folder', (name: string) => ['data', name]],
    ['log folder', () => ['log']],
  ] as const) {
    it(`names the ${what}, and starts nothing`, async function () {
      const dir = lab.file(...parts(`redis-${lab.port}`));
      if (!makeReadOnly(dir)) this.skip(); // this machine allows no mounts
      const text = await lab.error('up');
      chmodSafely(dir);
      assert.ok(text.includes(`The folder "${dir}" cannot be written (`), text);
      assert.match(text, new RegExp(`^${escape(lab.file('conf'))}/\\S+\\.conf:`));
      assert.deepEqual(lab.pids(), []);
    });
  }

  it('names the conf folder, which a Sentinel must write', async function () {
    const dir = lab.file('conf');
    if (!makeReadOnly(dir)) this.skip(); // this machine allows no mounts
    const text = await lab.error('up');
    chmodSafely(dir);
    assert.ok(text.includes(`The folder "${dir}" cannot be written (`), text);
    assert.deepEqual(lab.pids(), []);
  });

  it('names the run folder', async function () {
    const dir = lab.file('run');
    mkdirSync(dir, { recursive: true });
    if (!makeReadOnly(dir)) this.skip(); // this machine allows no mounts
    const text = await lab.error('up');
    chmodSafely(dir);
    assert.ok(text.includes(dir), text);
    assert.match(text, /cannot be written/);
    assert.deepEqual(lab.pids(), []);
  });

  it('names a file that is in the place of a data folder', async () => {
    const dir = lab.file('data', `redis-${lab.port}`);
    rmSync(dir, { recursive: true });
    writeFileSync(dir, '');
    const text = await lab.error('up');
    assert.ok(text.includes(dir), text);
    assert.deepEqual(lab.pids(), []);
    rmSync(dir);
  });

  it('starts when everything is right again', async () => {
    await lab.output('up');
    await lab.output('down');
  });

  function chmodSafely(dir: string): void {
    if (process.getuid?.() !== 0) chmodSync(dir, 0o700);
  }
});

describe('a lab that was moved to another folder', () => {
  const lab = useLab({ replicas: 1, sentinels: 0 });

  it('says so, and works after a reset', async () => {
    const dir = path.join(path.dirname(lab.dir), 'moved');
    renameSync(lab.dir, dir);
    lab.dir = dir;
    const text = await lab.error('up');
    assert.match(
      text,
      new RegExp(
        `^${escape(lab.file('conf'))}/redis-\\d+\\.conf:\\d+: The data folder ".*/lab/data/redis-\\d+" does not exist`,
      ),
    );
    assert.deepEqual(lab.pids(), []);
    await lab.output('reset');
    await lab.output('up');
    assert.equal((await lab.status()).ready, true);
    await lab.output('down');
    assert.ok(!existsSync(path.join(path.dirname(dir), 'lab')));
  });
});

for (const name of rewritesQuotes
  ? [`한글 실습 it's "quoted"`, '#hash $HOME `x` %d', ' back\\slash, leading and trailing ']
  : [`한글 실습 it's here`, '#hash $HOME `x` %d', ' leading and trailing ']) {
  describe(`a lab in a folder with the name ${JSON.stringify(name)}`, () => {
    const lab = useLab({ replicas: 1, sentinels: 0, folder: name });

    it('starts, restarts with rewritten confs, and stops', async () => {
      await lab.output('up');
      for (const port of lab.serverPorts) assert.equal(await lab.ask(port, 'CONFIG', 'REWRITE'), 'OK');
      assert.equal(await lab.ask(lab.port, 'SET', 'key', 'value'), 'OK');
      await lab.output('down');
      assert.ok(existsSync(lab.file('data', `redis-${lab.port}`, 'dump.rdb')));
      await lab.output('up');
      assert.equal(await lab.ask(lab.serverPorts[1]!, 'GET', 'key'), 'value');
      await lab.output('down');
    });
  });
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
