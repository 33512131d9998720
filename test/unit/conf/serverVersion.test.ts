import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  compareVersions,
  displayVersion,
  formatVersion,
  parseVersion,
  parseVersionOutput,
} from '../../../src/core/conf/serverVersion';

describe('parseVersionOutput', () => {
  // What `--version` of the real programs prints.
  const outputs: readonly (readonly [output: string, version: string, shown: string])[] = [
    [
      'Redis server v=2.8.24 sha=00000000:0 malloc=jemalloc-3.6.0 bits=64 build=f4d1a5b3f3b8d1c2',
      'redis-2.8.24',
      'Redis 2.8.24',
    ],
    [
      'Redis server v=3.0.7 sha=00000000:0 malloc=libc bits=64 build=3a4be0b0d6ee9c3b',
      'redis-3.0.7',
      'Redis 3.0.7',
    ],
    [
      'Redis server v=6.0.16 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64 build=6d95e1af3a2c082a\n',
      'redis-6.0.16',
      'Redis 6.0.16',
    ],
    [
      'Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=3f0b8e8f2ae5b8e6\r\n',
      'redis-7.0.15',
      'Redis 7.0.15',
    ],
    [
      'Redis server v=8.0.2 sha=00000000:1 malloc=jemalloc-5.3.0 bits=64 build=aa',
      'redis-8.0.2',
      'Redis 8.0.2',
    ],
    [
      'Valkey server v=8.1.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=ab',
      'valkey-8.1.1',
      'Valkey 8.1.1',
    ],
    [
      'Valkey server v=9.1.2 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=ac',
      'valkey-9.1.2',
      'Valkey 9.1.2',
    ],
    [
      'Redis server v=255.255.255 sha=55bbbe0a:0 malloc=libc bits=64 build=ad',
      'redis-255.255.255',
      'Redis 255.255.255',
    ],
    ['warning: a line before\nRedis server v=7.2.6 sha=0', 'redis-7.2.6', 'Redis 7.2.6'],
  ];
  for (const [output, version, shown] of outputs) {
    it(`reads ${version}`, () => {
      const read = parseVersionOutput(output, false);
      assert.ok(read);
      assert.equal(formatVersion(read), version);
      assert.equal(displayVersion(read), shown);
    });
  }

  it('knows a native Windows port from a Redis', () => {
    const read = parseVersionOutput(
      'Redis server v=3.0.504 sha=00000000:0 malloc=jemalloc-3.6.0 bits=64 build=ae',
      true,
    );
    assert.ok(read);
    assert.equal(formatVersion(read), 'windows-3.0.504');
  });

  const rubbish = [
    '',
    'bash: --version: command not found',
    'redis-cli 7.0.15',
    'Redis server version 2.4.10 (00000000:0)',
    'v18.19.0',
    'MyRedis server v=x.y.z',
    'Redis server v=7',
    'KeyDB server v=6.3.4 sha=0',
  ];
  for (const output of rubbish) {
    it(`takes no other program for a server: ${JSON.stringify(output)}`, () => {
      assert.equal(parseVersionOutput(output, false), undefined);
    });
  }

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, windows) => void parseVersionOutput(text, windows)),
    );
  });
});

describe('parseVersion', () => {
  it('reads the names that formatVersion writes, and numbers alone', () => {
    for (const name of [
      'redis-2.8.24',
      'redis-7.0.15',
      'valkey-9.1.2',
      'windows-3.0.504',
      'windows-2.8.2101',
    ]) {
      const version = parseVersion(name);
      assert.ok(version, name);
      assert.equal(formatVersion(version), name);
    }
    assert.deepEqual(parseVersion('7.0.15'), parseVersion('redis-7.0.15'));
    assert.deepEqual(parseVersion(' Redis-7.0 '), parseVersion('redis-7.0.0'));
  });

  for (const text of [
    '',
    '7',
    '7.0.15.1',
    'redis',
    'redis-',
    'keydb-6.3.4',
    'v7.0.15',
    '7.0.15-rc1',
    '7.0.x',
    '-7.0',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseVersion(text), undefined));
  }
});

describe('compareVersions', () => {
  it('compares numbers as numbers', () => {
    const order = ['2.8.24', '2.8.2101', '3.0.7', '3.0.504', '3.2.13', '6.2.16', '7.0.2', '7.0.15', '10.0.0'];
    const versions = order.map(text => {
      const version = parseVersion(text);
      assert.ok(version);
      return version;
    });
    assert.deepEqual(
      versions
        .toReversed()
        .toSorted(compareVersions)
        .map(version => formatVersion(version).replace('redis-', '')),
      order,
    );
  });
});
