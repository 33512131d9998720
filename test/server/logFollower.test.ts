import assert from 'node:assert/strict';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { LogFollower } from '../../src/node/files/logFollower';
import { useTemporaryFolder } from '../support/temporaryFolder';
import { until } from '../support/until';

describe('LogFollower', () => {
  const folder = useTemporaryFolder();
  const followers: LogFollower[] = [];
  let count = 0;
  let file = '';
  let lines: string[] = [];

  beforeEach('a file of its own', () => {
    file = path.join(folder.dir, `${++count}.log`);
    lines = [];
  });
  afterEach('nothing is followed any more', () => {
    for (const follower of followers.splice(0)) follower.dispose();
  });

  const follow = async (fromStart: boolean): Promise<LogFollower> => {
    const follower = new LogFollower(file, more => lines.push(...more), { fromStart });
    followers.push(follower);
    await follower.start();
    return follower;
  };
  const seen = async (...expected: readonly string[]): Promise<void> => {
    await until(`${expected.length} lines`, () => lines.length >= expected.length, {
      timeout: 3_000,
      every: 5,
    });
    assert.deepEqual(lines, expected);
  };

  it('gives the lines that are there, and those that are appended', async () => {
    writeFileSync(file, 'one\ntwo\n');
    await follow(true);
    await seen('one', 'two');
    appendFileSync(file, 'three\n');
    await seen('one', 'two', 'three');
    appendFileSync(file, 'four\n\nsix\n');
    await seen('one', 'two', 'three', 'four', '', 'six');
  });

  it('gives only new lines from the end', async () => {
    writeFileSync(file, 'old\n');
    await follow(false);
    appendFileSync(file, 'new\n');
    await seen('new');
  });

  it('waits for the rest of a line', async () => {
    writeFileSync(file, 'whole\npar');
    const follower = await follow(true);
    await seen('whole');
    appendFileSync(file, 'ti');
    await follower.read();
    assert.deepEqual(lines, ['whole']);
    appendFileSync(file, 'al\n');
    await seen('whole', 'partial');
  });

  it('puts letters together that were split between two reads', async () => {
    const bytes = Buffer.from('한글 🦊\n');
    writeFileSync(file, '');
    const follower = await follow(true);
    const fd = openSync(file, 'a');
    for (const byte of bytes) {
      writeSync(fd, Buffer.from([byte]));
      await follower.read();
    }
    closeSync(fd);
    await seen('한글 🦊');
  });

  it('survives what is no UTF-8', async () => {
    writeFileSync(file, Buffer.from([0x61, 0xff, 0x00, 0x62, 0x0a, 0x63, 0x0a]));
    await follow(true);
    await seen('a\ufffd\0b', 'c');
  });

  it('takes the carriage return off the end of a line', async () => {
    writeFileSync(file, 'one\r\ntwo\r');
    const follower = await follow(true);
    await seen('one');
    appendFileSync(file, '\nthr\ree\n');
    await follower.read();
    await seen('one', 'two', 'thr\ree');
  });

  it('waits for a file that appears later', async () => {
    await follow(false);
    writeFileSync(file, 'first\n');
    await seen('first');
  });

  it('waits for a folder that appears later', async () => {
    file = path.join(folder.dir, `${count}`, 'later.log');
    await follow(true);
    mkdirSync(path.dirname(file));
    writeFileSync(file, 'first\n');
    await seen('first');
  });

  it('begins anew when the file was replaced', async () => {
    writeFileSync(file, 'old, and rather long\n');
    await follow(true);
    await seen('old, and rather long');
    renameSync(file, `${file}.1`);
    writeFileSync(file, 'new\n');
    await seen('old, and rather long', 'new');
    appendFileSync(file, 'more\n');
    await seen('old, and rather long', 'new', 'more');
  });

  it('begins anew when a longer file took its place', async () => {
    writeFileSync(file, 'old\n');
    await follow(true);
    await seen('old');
    writeFileSync(`${file}.next`, 'a new and much longer line\n');
    renameSync(`${file}.next`, file);
    await seen('old', 'a new and much longer line');
  });

  it('begins anew when the file was cut short', async () => {
    writeFileSync(file, 'one\ntwo\nrest');
    const follower = await follow(true);
    await seen('one', 'two');
    truncateSync(file);
    await follower.read();
    appendFileSync(file, 'three\n');
    await seen('one', 'two', 'three');
  });

  it('reads a large file in parts, and cuts a line that never ends', async () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `line ${index} 한글`);
    writeFileSync(file, `${text.join('\n')}\n${'x'.repeat(3_000_000)}\nlast\n`);
    await follow(true);
    await until('all lines', () => lines.length === 20_002);
    assert.deepEqual(lines.slice(0, 20_000), text);
    assert.equal(lines[20_000]?.length, 1_048_576);
    assert.equal(lines[20_001], 'last');
  });

  it('gives every line once and in order while somebody writes', async () => {
    await follow(true);
    const expected = Array.from({ length: 300 }, (_, index) => `${index}`);
    for (const line of expected) {
      appendFileSync(file, `${line}\n`);
      if (Number(line) % 50 === 0) await new Promise(setImmediate);
    }
    await seen(...expected);
  });

  describe('from its last lines', () => {
    const numbered: [number, string][] = [];
    const followLast = async (lastLines: number): Promise<LogFollower> => {
      numbered.length = 0;
      const follower = new LogFollower(
        file,
        (more, first) => numbered.push(...more.map((text, index): [number, string] => [first + index, text])),
        { lastLines },
      );
      followers.push(follower);
      await follower.start();
      return follower;
    };
    const numberedLines = async (...expected: readonly [number, string][]): Promise<void> => {
      await until(`${expected.length} lines`, () => numbered.length >= expected.length, { timeout: 3_000 });
      assert.deepEqual(numbered, expected);
    };

    it('gives them with their numbers in the file', async () => {
      writeFileSync(file, Array.from({ length: 50_000 }, (_, index) => `line ${index + 1} 한글\n`).join(''));
      await followLast(3);
      await numberedLines(
        [49_998, 'line 49998 한글'],
        [49_999, 'line 49999 한글'],
        [50_000, 'line 50000 한글'],
      );
      appendFileSync(file, 'new\n');
      await numberedLines(
        [49_998, 'line 49998 한글'],
        [49_999, 'line 49999 한글'],
        [50_000, 'line 50000 한글'],
        [50_001, 'new'],
      );
    });

    it('gives all of a short file, an empty one and one that is not there yet', async () => {
      writeFileSync(file, 'one\ntwo\npart');
      await followLast(10);
      await numberedLines([1, 'one'], [2, 'two']);
      appendFileSync(file, 'ial\n');
      await numberedLines([1, 'one'], [2, 'two'], [3, 'partial']);
      writeFileSync((file = `${file}.empty`), '');
      await followLast(10);
      appendFileSync(file, 'one\n');
      await numberedLines([1, 'one']);
      file = `${file}.later`;
      await followLast(10);
      writeFileSync(file, 'first\n');
      await numberedLines([1, 'first']);
    });

    it('counts from 1 again when the file was removed and made anew, however long the new one is', async () => {
      writeFileSync(file, 'old\nolder\n');
      const follower = await followLast(1);
      await numberedLines([2, 'older']);
      rmSync(file);
      await follower.read();
      writeFileSync(file, `${'a much longer line '.repeat(20)}\nnew\n`);
      await until('the new lines', () => numbered.length === 3, { timeout: 3_000 });
      assert.deepEqual(numbered.at(-1), [2, 'new']);
    });

    it('leaves out very long lines rather than reading a file that is no log', async () => {
      writeFileSync(file, `${`${'x'.repeat(1_000_000)}\n`.repeat(8)}last\n`);
      await followLast(2_000);
      await until('the last line', () => numbered.at(-1)?.[1] === 'last', { timeout: 3_000 });
      assert.ok(numbered.length < 6);
      assert.equal(numbered.at(-1)?.[0], 9);
    });

    it('survives a folder in place of the file', async () => {
      mkdirSync(file);
      const follower = await followLast(5);
      await follower.read();
      assert.deepEqual(numbered, []);
    });
  });

  it('is silent when it was disposed', async () => {
    writeFileSync(file, '');
    const follower = await follow(true);
    follower.dispose();
    appendFileSync(file, 'unseen\n');
    await follower.read();
    assert.deepEqual(lines, []);
  });
});
