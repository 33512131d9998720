import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { useTemporaryFolder } from '../support/temporaryFolder';
import { errorOf, outputOf, runCli, startCli } from './support/cli';

const follower = [
  '[4308] 29 Dec 21:55:17.665 # +sdown master mymaster 127.0.0.1 6379',
  '[4308] 29 Dec 21:55:17.814 # +new-epoch 1',
  '[4308] 29 Dec 21:55:17.825 # +vote-for-leader 5fa1beaee1927ce5983c791437454d71620d1cf2 1',
  '[4308] 29 Dec 21:55:18.739 # +odown master mymaster 127.0.0.1 6379 #quorum 3/2',
  '[4308] 29 Dec 21:55:18.739 # Next failover delay: I will not start a failover before Sun Dec 29 22:01:18 2024',
  '[4308] 29 Dec 21:55:18.928 # +config-update-from sentinel 127.0.0.1:26381 127.0.0.1 26381 @ mymaster 127.0.0.1 6379',
  '[4308] 29 Dec 21:55:18.928 # +switch-master mymaster 127.0.0.1 6379 127.0.0.1 6380',
];
const leader = [
  '[3912] 29 Dec 21:55:17.787 # +try-failover master mymaster 127.0.0.1 6379',
  '[3912] 29 Dec 21:55:17.804 # +vote-for-leader 5fa1beaee1927ce5983c791437454d71620d1cf2 1',
  '[3912] 29 Dec 21:55:17.863 # +elected-leader master mymaster 127.0.0.1 6379',
  '[3912] 29 Dec 21:55:18.928 # +switch-master mymaster 127.0.0.1 6379 127.0.0.1 6380',
];

describe('`explain`', () => {
  const folder = useTemporaryFolder();
  const write = (name: string, content: string | Buffer): string => {
    const file = path.join(folder.dir, name);
    writeFileSync(file, content);
    return file;
  };
  const explained = async (...words: readonly string[]): Promise<Record<string, unknown>[]> =>
    outputOf(await runCli(['explain', ...words, '--json']))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);

  it('prints one JSON object a line, in the documented shape', async () => {
    const [first, ...others] = await explained(write('sentinel.log', `${follower.join('\r\n')}\r\n`));
    assert.equal(others.length, follower.length - 1);
    assert.deepEqual(
      { ...first, file: path.basename(String(first?.['file'])), text: undefined, next: 0, cause: 0, fix: 0 },
      {
        file: 'sentinel.log',
        line: 1,
        lines: 1,
        dialect: 'bracket',
        time: '--12-29T21:55:17.665',
        pid: 4308,
        role: null,
        level: 'warning',
        id: 'ev-plus-sdown',
        event: '+sdown',
        instance: { type: 'master', name: 'mymaster', ip: '127.0.0.1', port: 6379 },
        master: { name: 'mymaster', ip: '127.0.0.1', port: 6379 },
        args: {},
        phase: 'detection',
        weight: 'noteworthy',
        message: '+sdown master mymaster 127.0.0.1 6379',
        more: [],
        text: undefined,
        next: 0,
        benign: null,
        cause: 0,
        fix: 0,
      },
    );
    assert.match(
      String(first?.['text']),
      /^This Sentinel alone thinks that master mymaster \(127\.0\.0\.1:6379\)/,
    );
  });

  it('names a Sentinel whose address stands only in a later line or in another file', async () => {
    const files = [write('s1.log', follower.join('\n')), write('sentinel-26381.log', leader.join('\n'))];
    const lines = await explained(...files);
    assert.equal(
      lines[2]?.['text'],
      'This Sentinel gave its vote of epoch 1 to sentinel-26381 and leaves the failover to it.',
    );
    assert.match(String(lines[4]?.['text']), /has just voted for another one and leaves the failover to it/);
    assert.match(String(lines.at(-1)?.['text']), /^The failover is complete/);
  });

  it('reads standard input, and Korean', async () => {
    const result = await runCli(['explain', '-', '--lang', 'ko'], { input: follower.join('\n') });
    const text = outputOf(result);
    assert.match(text, /마스터 mymaster\(127\.0\.0\.1:6379\)/);
    assert.match(text, /\+switch-master mymaster 127\.0\.0\.1 6379 127\.0\.0\.1 6380/);
  });

  it('leaves out what is below --level, never what has none', async () => {
    const file = write(
      'server.log',
      [
        '12:M 23 Nov 2026 06:47:41.584 - Accepted 127.0.0.1:4000',
        '12:M 23 Nov 2026 06:47:41.584 * Ready to accept connections',
        'no log line at all',
        '12:M 23 Nov 2026 06:47:41.585 # Connection with replica 127.0.0.1:6380 lost.',
      ].join('\n'),
    );
    const lines = await explained(file, '--level', 'warning');
    assert.deepEqual(
      lines.map(({ line }) => line),
      [4],
    );
    const all = await explained(file, '--level', 'debug');
    assert.deepEqual(
      all.map(({ line, more }) => [line, more]),
      [
        [1, []],
        [2, ['no log line at all']],
        [4, []],
      ],
    );
  });

  it('survives bytes that are no text, and passes on what it does not know', async () => {
    const lines = await explained(
      write('bytes', Buffer.concat([Buffer.from([0xff, 0x00, 0xc3, 0x28, 10]), Buffer.from('plain text')])),
    );
    assert.deepEqual(
      lines.map(({ id, dialect, text }) => [id, dialect, text]),
      [
        [null, 'raw', null],
        [null, 'raw', null],
      ],
    );
    assert.equal(lines[1]?.['message'], 'plain text');
  });

  it('ends quietly when its reader has seen enough', async () => {
    const file = write('long.log', `${follower.join('\n')}\n`.repeat(5_000));
    const running = startCli(['explain', file, '--json']);
    running.child.stdout.once('data', () => running.child.stdout.destroy());
    const { code, stderr } = await running.ended;
    assert.deepEqual([code, stderr], [0, '']);
  });

  it('tells in one line what it cannot read', async () => {
    const missing = path.join(folder.dir, 'nothing.log');
    const checks: [string[], RegExp][] = [
      [[missing], /nothing\.log: There is no such file\.$/m],
      [[folder.dir], /This is a folder\. Name the log files in it\.$/m],
      [[], /Name the log files/],
      [['x.log', '--level', 'loud'], /--level takes debug, verbose, notice or warning, not "loud"/],
    ];
    for (const [words, message] of checks) {
      const result = await runCli(['explain', ...words]);
      assert.equal(result.code, 2, words.join(' '));
      assert.match(errorOf(result, 2), message);
      assert.equal(result.stderr.trim().split('\n').length, 1);
    }
  });
});
