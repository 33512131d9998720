import assert from 'node:assert/strict';
import { acceptedSpelling, acceptsDirective, standInFor } from '../../../src/core/conf/directives';
import {
  knownServers,
  sentinelDirectiveMasks,
  serverDirectiveMasks,
} from '../../../src/core/conf/directives.generated';
import { formatVersion, parseVersion, type ServerVersion } from '../../../src/core/conf/serverVersion';

function version(name: string): ServerVersion {
  const parsed = parseVersion(name);
  assert.ok(parsed, name);
  return parsed;
}

describe('standInFor', () => {
  const table: readonly (readonly [version: string, standIn: string])[] = [
    ['redis-7.0.15', 'redis-7.0.15'],
    ['redis-7.0.11', 'redis-6.2.16'],
    ['redis-7.0.99', 'redis-7.0.15'],
    ['windows-2.8.2101', 'redis-2.8.24'],
    ['windows-3.0.504', 'redis-3.0.7'],
    ['windows-5.0.14', 'redis-5.0.14'],
    ['redis-6.0.16', 'redis-5.0.14'],
    ['redis-255.255.255', 'redis-8.0.6'],
    ['redis-2.6.17', 'redis-2.8.24'],
    ['valkey-8.1.1', 'valkey-8.1.1'],
    ['valkey-8.1.3', 'valkey-8.1.1'],
    ['valkey-99.0.0', 'valkey-9.1.2'],
    // Valkey began as Redis 7.2.4.
    ['valkey-7.2.9', 'redis-7.2.6'],
  ];
  for (const [name, standIn] of table) {
    it(`takes ${standIn} for ${name}`, () => assert.equal(formatVersion(standInFor(version(name))), standIn));
  }

  it('is every tested version itself', () => {
    for (const name of knownServers) assert.equal(formatVersion(standInFor(version(name))), name);
  });
});

describe('acceptsDirective', () => {
  // From which version on: the releases named in Redis' own release notes.
  const since: readonly (readonly [directive: string, version: string])[] = [
    ['replicaof', '5.0.14'],
    ['protected-mode', '3.2.13'],
    ['repl-diskless-sync-delay', '2.8.24'],
    ['user', '6.0.20'],
    ['appenddirname', '7.0.15'],
    ['slaveof', '2.8.24'],
    ['masterauth', '2.8.24'],
  ];
  for (const [directive, first] of since) {
    it(`knows ${directive} from ${first} on`, () => {
      const redis = knownServers.filter(name => name.startsWith('redis-'));
      const accepting = redis.filter(name => acceptsDirective(version(name), 'server', directive));
      assert.deepEqual(accepting, redis.slice(redis.indexOf(`redis-${first}` as (typeof redis)[number])));
    });
  }

  it('keeps the directives of servers and Sentinels apart', () => {
    assert.ok(acceptsDirective(version('7.0.15'), 'sentinel', 'sentinel monitor'));
    assert.ok(!acceptsDirective(version('7.0.15'), 'server', 'sentinel monitor'));
    assert.ok(!acceptsDirective(version('5.0.14'), 'sentinel', 'sentinel resolve-hostnames'));
    assert.ok(acceptsDirective(version('6.2.16'), 'sentinel', 'sentinel resolve-hostnames'));
  });

  it('knows no directive that is not one', () => {
    for (const name of ['', 'no-such-directive', 'constructor', '__proto__', 'toString'])
      for (const kind of ['server', 'sentinel'] as const)
        assert.ok(!acceptsDirective(version('8.0.6'), kind, name), name);
  });

  it('has a bit for every version in masks that name no other', () => {
    assert.ok(knownServers.length < 31, 'one bit a version, and the sign bit is none');
    const all = 2 ** knownServers.length - 1;
    for (const [name, mask] of [
      ...Object.entries(serverDirectiveMasks),
      ...Object.entries(sentinelDirectiveMasks),
    ])
      assert.ok(mask > 0 && mask <= all, name);
  });
});

describe('acceptedSpelling', () => {
  it('gives the word of the version', () => {
    const spelling = (name: string): string | undefined =>
      acceptedSpelling(version(name), 'server', ['replicaof', 'slaveof']);
    assert.equal(spelling('windows-3.0.504'), 'slaveof');
    assert.equal(spelling('4.0.14'), 'slaveof');
    assert.equal(spelling('5.0.14'), 'replicaof');
    assert.equal(spelling('valkey-9.1.2'), 'replicaof');
    assert.equal(acceptedSpelling(version('7.0.15'), 'server', ['nothing', 'of-these']), undefined);
  });
});
