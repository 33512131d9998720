import assert from 'node:assert/strict';
import { parseVersion } from '../../../src/core/conf/serverVersion';
import { allDirectives } from '../../../src/core/conf/specs/allDirectives';
import { applySafeFixes } from '../../../src/core/lint/applyFixes';
import { lintConfs } from '../../../src/core/lint/lintConfs';
import type { LintFinding } from '../../../src/core/lint/lintFinding';
import { fixture } from '../../support/fixtures';

type Files = Readonly<Record<string, string>>;

function lint(files: Files | string, version?: string): readonly LintFinding[] {
  const all = typeof files === 'string' ? { 'redis.conf': files } : files;
  return lintConfs(
    Object.entries(all).map(([file, text]) => ({ file, text })),
    version === undefined ? undefined : parseVersion(version),
    allDirectives,
  );
}

const rules = (findings: readonly LintFinding[]): string[] =>
  findings.map(({ rule, variant, line }) => `${line} ${rule}${variant === undefined ? '' : `.${variant}`}`);

function fixed(text: string, version: string, file = 'redis.conf'): string {
  return applySafeFixes(text, lint({ [file]: text }, version)).text;
}

describe('lintConfs, line by line', () => {
  const cases: readonly (readonly [text: string, version: string, expected: readonly string[]])[] = [
    ['port 6379\n', '7.0.15', []],
    ['replicaof 127.0.0.1 6379', '4.0.14', ['1 replicaof-not-supported']],
    ['replicaof 127.0.0.1 6379', '5.0.14', []],
    ['slaveof no one', '8.0.6', []],
    ['protected-mode no', 'windows-3.0.504', ['1 directive-not-supported']],
    ['protected-mode no', '3.2.13', []],
    ['maxmemroy 100mb', '7.0.15', ['1 directive-not-supported.misspelt']],
    ['nosuchthing yes no', '7.0.15', ['1 directive-not-supported.unknown']],
    ['maxmemory 100mb # half', '7.0.15', ['1 inline-comment']],
    ['maxmemory', '7.0.15', ['1 wrong-arguments']],
    ['appendonly true', '7.0.15', ['1 value-not-accepted.yes-no']],
    ['appendonly YES', '7.0.15', []],
    ['maxmemory-policy lru', '7.0.15', ['1 value-not-accepted.enum']],
    ['maxmemory 10xb', '7.0.15', ['1 value-not-accepted.memory']],
    ['databases 0', '7.0.15', ['1 value-not-accepted.range']],
    ['replicaof 127.0.0.1 99999', '7.0.15', ['1 value-not-accepted.port']],
    ['requirepass "ab"cd', '7.0.15', ['1 bad-bytes-in-conf.unbalanced']],
    ['requirepass "ab"cd', 'valkey-8.1.1', ['1 bad-bytes-in-conf.unbalanced']],
    ['requirepass "ab"cd', 'valkey-9.1.2', []],
    ['port "63"x', 'valkey-9.1.2', ['1 value-not-accepted.port']],
    ['requirepass "open', 'valkey-9.1.2', ['1 bad-bytes-in-conf.unbalanced']],
    ['requirepass "open', '7.0.15', ['1 bad-bytes-in-conf.unbalanced']],
    ['save ""', '7.0.15', []],
    ['save 900 1 300 10', '7.0.15', []],
    ['save 900', '7.0.15', ['1 wrong-arguments']],
    ['oom-score-adj-values "0 200 800"', '7.0.15', []],
    ['dbfilename sub/dump.rdb', '7.0.15', ['1 conf-not-accepted']],
    ['cluster-enabled yes\nreplicaof 127.0.0.1 1', '7.0.15', ['2 conf-not-accepted']],
    ['user alice on nopass ~* +@all', '7.0.15', []],
    ['user alice on nonsense ~*', '7.0.15', ['1 conf-not-accepted.acl']],
    ['tls-port 6380', '7.0.15', ['1 tls-mismatch.certificate']],
    ['bind 127.0.0.1 -::1', '6.0.20', ['1 listen-address-unavailable']],
    ['bind 127.0.0.1 -::1', '7.0.15', []],
    ['loglevel notice\nport 1\nloglevel debug', '7.0.15', ['1 duplicate-directive']],
    ['\uFEFFport 1', '7.0.15', ['1 bad-bytes-in-conf.bom']],
    ['port\u00a01', '7.0.15', ['1 bad-bytes-in-conf.space']],
    ['dir "C:\\redis\\data"', 'windows-3.0.504', ['1 bad-bytes-in-conf.path']],
    ['dir "C:/redis/data"', 'windows-3.0.504', []],
    ['daemonize yes', '7.0.15', ['1 daemonize-in-terminal.conf']],
  ];
  for (const [text, version, expected] of cases) {
    it(`says of ${JSON.stringify(text)} for ${version}: ${expected.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(rules(lint(text, version)), expected);
    });
  }

  it('marks the words in question', () => {
    const [finding] = lint('  maxmemory-policy   lru\n', '7.0.15');
    assert.deepEqual([finding?.column, finding?.endColumn], [22, 25]);
  });

  it('is milder where an old version overlooks a wrong value', () => {
    assert.equal(lint('maxmemory 10xb', '5.0.14')[0]?.severity, 'warning');
    assert.equal(lint('maxmemory 10xb', '6.0.20')[0]?.severity, 'error');
  });

  it('shows no password', () => {
    for (const { values } of lint('requirepass one two', '7.0.15'))
      assert.ok(!JSON.stringify({ ...values, text: '' }).includes('two'));
  });
});

describe('lintConfs, of a Sentinel', () => {
  const monitor = 'sentinel monitor mymaster 127.0.0.1 6379 2\n';
  const about = (text: string, version: string): string[] =>
    rules(lint({ 'sentinel.conf': text }, version)).filter(rule => !rule.includes('loopback'));

  it('knows which statement needs which master', () => {
    assert.deepEqual(about(`${monitor}sentinel failover-timeout other 10000\n`, '7.0.15'), [
      '2 option-before-monitor',
    ]);
    assert.deepEqual(about(`sentinel failover-timeout mymaster 10000\n${monitor}`, '5.0.14'), [
      '1 option-before-monitor',
    ]);
    assert.deepEqual(about(`sentinel failover-timeout mymaster 10000\n${monitor}`, '7.0.15'), []);
  });

  it('refuses a master that is declared twice', () => {
    assert.deepEqual(about(monitor + monitor, '7.0.15'), ['1 shared-master-name']);
  });

  it('wants resolve-hostnames before it takes host names', () => {
    const named = 'sentinel monitor mymaster localhost 6379 2\n';
    assert.ok(about(named, '7.0.15').includes('1 hostname-not-resolved.sentinel'));
    assert.ok(
      !about(`sentinel resolve-hostnames yes\n${named}`, '7.0.15').some(rule => rule.includes('resolved')),
    );
  });

  it('warns of what a Sentinel of Redis 8 silently drops', () => {
    const finding = lint({ 'sentinel.conf': `${monitor}nosuchthing 1\n` }, '8.0.6').find(
      ({ rule }) => rule === 'directive-not-supported',
    );
    assert.deepEqual([finding?.variant, finding?.severity], ['ignored', 'warning']);
  });
});

describe('the fixes of lintConfs', () => {
  it('make a modern sentinel.conf one for 3.0.504 that only has what it accepts', () => {
    const modern = fixture('conf/modern.sentinel.conf').replaceAll('\n', '\r\n');
    const text = fixed(modern, 'windows-3.0.504', 'sentinel26379.conf');
    // The port and the monitor stay.
    assert.equal(text, modern.replaceAll(/^(?!port |sentinel monitor )(?=\S)/gm, '# '));
    assert.deepEqual(
      lint({ 'sentinel26379.conf': text }, 'windows-3.0.504').filter(({ severity }) => severity === 'error'),
      [],
    );
  });

  const repairs: readonly (readonly [before: string, version: string, after: string])[] = [
    ['replicaof 127.0.0.1 6379 \n', '3.0.7', 'slaveof 127.0.0.1 6379 \n'],
    ['  min-replicas-to-write 1\n', '4.0.14', '  min-slaves-to-write 1\n'],
    ['maxmemory 100mb # half of it\n', '7.0.15', '# half of it\nmaxmemory 100mb\n'],
    ['loglevel notice\nloglevel debug\n', '7.0.15', '# loglevel notice\nloglevel debug\n'],
    ['\uFEFFport 1\n', '7.0.15', 'port 1\n'],
    ['dir\u00a0"/tmp"\n', '7.0.15', 'dir "/tmp"\n'],
    ['dir "C:\\temp\\new"\n', 'windows-3.0.504', 'dir "C:/temp/new"\n'],
    ['requirepass "a b"\n', '7.0.15', 'requirepass "a b"\nmasterauth "a b"\n'],
  ];
  for (const [before, version, after] of repairs) {
    it(`make ${JSON.stringify(after)} of ${JSON.stringify(before)}`, () => {
      assert.equal(fixed(before, version), after);
    });
  }

  it('offer what needs a decision, and do not take it', () => {
    const [finding] = lint('appendonly true\n', '7.0.15');
    assert.deepEqual(
      finding?.fixes.map(({ edits, isSafe }) => [edits[0]?.text, isSafe]),
      [['appendonly yes', false]],
    );
    assert.equal(fixed('appendonly true\n', '7.0.15'), 'appendonly true\n');
  });

  it('give the second conf with the same port the next free one', () => {
    const found = lint(
      { 'a.conf': 'port 6379\n', 'b.conf': 'port 6379\n', 'c.conf': 'port 6380\n' },
      '7.0.15',
    );
    const second = found.find(({ file, rule }) => file === 'b.conf' && rule === 'port-in-use');
    assert.deepEqual(second?.fixes[0]?.edits, [{ line: 1, text: 'port 6381' }]);
    assert.deepEqual(found.find(({ file }) => file === 'a.conf')?.fixes, []);
  });

  it('strip what Sentinel generated from a copied conf', () => {
    const conf = (port: number): string =>
      `port ${port}\nsentinel monitor mymaster 127.0.0.1 6379 2\nsentinel myid ${'a'.repeat(40)}\nsentinel known-replica mymaster 127.0.0.1 6380\nsentinel current-epoch 3\n`;
    const found = lint({ 's1.conf': conf(1), 's2.conf': conf(2) }, '7.0.15');
    const copy = found.find(({ file, rule }) => file === 's2.conf' && rule === 'duplicate-myid');
    assert.deepEqual(
      copy?.fixes[0]?.edits.map(({ line, text }) => [line, text]),
      [
        [3, null],
        [4, null],
        [5, null],
      ],
    );
  });
});
