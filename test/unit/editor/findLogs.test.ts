import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileLooksLikeLog, findLogs } from '../../../src/node/files/findLogs';
import { useTemporaryFolder } from '../../support/temporaryFolder';

const line = '12:M 23 Nov 2026 06:47:41.584 * Ready to accept connections\n';

describe('finding logs', () => {
  const folder = useTemporaryFolder();
  const at = (name: string): string => path.join(folder.dir, name);
  const found = async (...names: string[]): Promise<{ logs: string[]; leftOut: string[] }> => {
    const { logs, leftOut } = await findLogs(names.map(at));
    return {
      logs: logs.map(file => path.relative(folder.dir, file)),
      leftOut: leftOut.map(({ file, why }) => `${path.relative(folder.dir, file)} ${why}`).toSorted(),
    };
  };

  beforeEach(() => {
    mkdirSync(at('deep/er'), { recursive: true });
    mkdirSync(at('node_modules'), { recursive: true });
    writeFileSync(at('redis.log'), line);
    writeFileSync(at('deep/er/console.txt'), `started by hand\n${line}`);
    writeFileSync(at('utf16.log'), Buffer.from(`\uFEFF${line}`, 'utf16le'));
    writeFileSync(at('swapped.log'), Buffer.from(`\uFEFF${line} `, 'utf16le').swap16());
    writeFileSync(at('other.log'), '2026-11-23 started\n');
    writeFileSync(at('empty.log'), '');
    writeFileSync(at('dump.rdb'), Buffer.from([82, 69, 68, 73, 83, 0, 255, 1]));
    writeFileSync(at('node_modules/a.log'), line);
  });

  it('takes what looks like one from a folder, and names the other *.log files', async () => {
    assert.deepEqual(await found('.'), {
      logs: ['deep/er/console.txt', 'redis.log', 'swapped.log', 'utf16.log'].map(name =>
        path.normalize(name),
      ),
      leftOut: ['empty.log empty', 'other.log notRedis'],
    });
  });

  it('names every file that was asked for and is none', async () => {
    assert.deepEqual(await found('redis.log', 'dump.rdb', 'gone.log'), {
      logs: ['redis.log'],
      leftOut: ['dump.rdb notRedis', 'gone.log unreadable'],
    });
  });

  it('takes a file once, and follows links to files', async function () {
    if (process.platform === 'win32') this.skip();
    symlinkSync(at('redis.log'), at('deep/link.log'));
    assert.deepEqual((await found('deep', 'deep/link.log')).logs, ['deep/er/console.txt', 'deep/link.log']);
  });

  it('looks at the beginning of a file alone', async () => {
    writeFileSync(at('large.log'), `${'x\n'.repeat(100_000)}${line}`);
    assert.equal(await fileLooksLikeLog(at('large.log')), false);
    assert.equal(await fileLooksLikeLog(at('redis.log')), true);
  });
});
