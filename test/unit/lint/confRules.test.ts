import assert from 'node:assert/strict';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { convertConf } from '../../../src/core/conf/convertConf';
import type { ConfKind } from '../../../src/core/conf/directives';
import { knownServers } from '../../../src/core/conf/directives.generated';
import { writeFirstConf } from '../../../src/core/conf/firstConf';
import { parseVersion, type ServerVersion } from '../../../src/core/conf/serverVersion';
import { allDirectives } from '../../../src/core/conf/specs/allDirectives';
import { tellFinding } from '../../../src/core/diagnose/ruleTexts';
import { lintConfs } from '../../../src/core/lint/lintConfs';
import type { LintFinding } from '../../../src/core/lint/lintFinding';
import type { ProbePath } from '../../../src/core/lint/missingPaths';
import { readRuleTexts } from '../../../src/node/files/ruleTexts';
import { makeLab } from '../../support/labs';
import { repoRoot } from '../../support/repoRoot';

type Files = Readonly<Record<string, string>>;

interface Case {
  /** Rule and variant, with its severity: `error port-in-use.conf`. */
  readonly finding: string;
  readonly has: Files;
  /** The same with what is wrong put right. */
  readonly hasNot: Files;
  readonly version?: string;
  readonly probe?: ProbePath;
  /** What is known of all its files from outside. */
  readonly isSentinel?: boolean;
}

const monitor = 'sentinel monitor mymaster 127.0.0.1 6379 2\n';
const sentinel = (port: number, lines = '', watched = monitor): string => `port ${port}\n${watched}${lines}`;
const sentinels = (lines = '', watched = monitor): Files => ({
  '/lab/sentinel-26379.conf': sentinel(26_379, lines, watched),
  '/lab/sentinel-26380.conf': sentinel(26_380, lines, watched),
  '/lab/sentinel-26381.conf': sentinel(26_381, lines, watched),
});
const master = (lines = ''): Files => ({ '/lab/redis-6379.conf': `port 6379\n${lines}` });
const replica = (lines = ''): Files => ({
  '/lab/redis-6380.conf': `port 6380\nreplicaof 127.0.0.1 6379\n${lines}`,
});
const one = (lines: string): Files => ({ '/lab/sentinel-26379.conf': sentinel(26_379, lines) });
const id = (letter: string): string => letter.repeat(40);
const probe =
  (answers: Readonly<Record<string, ReturnType<ProbePath>>>): ProbePath =>
  (file, use) => {
    const answer = answers[file] ?? 'there';
    return answer === 'not-writable' && use !== 'write' ? 'there' : answer;
  };

/** A conf for every rule that confs can show. */
const cases: readonly Case[] = [
  {
    finding: 'error duplicate-myid',
    has: sentinels(`sentinel myid ${id('a')}\n`),
    hasNot: { ...sentinels(), ...one(`sentinel myid ${id('a')}\n`) },
  },
  {
    finding: 'error port-in-use.conf',
    has: { 'a.conf': 'port 6379\n', 'b.conf': 'port 6379\n' },
    hasNot: { 'a.conf': 'port 6379\n', 'b.conf': 'port 6380\n' },
  },
  {
    finding: 'error duplicate-sentinel-addresses.conf',
    has: one(
      `sentinel known-sentinel mymaster 127.0.0.1 26380 ${id('b')}\nsentinel known-sentinel mymaster fe80::1 26380 ${id('b')}\n`,
    ),
    hasNot: one(
      `sentinel known-sentinel mymaster 127.0.0.1 26380 ${id('b')}\nsentinel known-sentinel mymaster 127.0.0.1 26381 ${id('c')}\n`,
    ),
  },
  {
    finding: 'error quorum-above-sentinels',
    has: sentinels('', monitor.replace('6379 2', '6379 4')),
    hasNot: sentinels(),
  },
  {
    finding: 'warning too-few-sentinels.two',
    has: { 's1.conf': sentinel(26_379), 's2.conf': sentinel(26_380) },
    hasNot: sentinels(),
  },
  {
    finding: 'info even-sentinel-count',
    has: { ...sentinels(), 's4.conf': sentinel(26_382) },
    hasNot: sentinels(),
  },
  {
    finding: 'info ghost-instances.conf',
    has: {
      ...sentinels(),
      ...one(
        `sentinel known-sentinel mymaster 127.0.0.1 26380 ${id('b')}\nsentinel known-sentinel mymaster 127.0.0.1 26399 ${id('c')}\n`,
      ),
    },
    // Another machine may have it; and so may a folder that has none of them.
    hasNot: {
      ...sentinels(),
      ...one(
        `sentinel known-sentinel mymaster 10.0.0.9 26399 ${id('b')}\nsentinel known-sentinel mymaster 127.0.0.1 26381 ${id('c')}\n`,
      ),
    },
  },
  {
    finding: 'error sentinels-watch-different-masters',
    has: { ...sentinels(), ...{ 's4.conf': sentinel(26_382, '', monitor.replace('6379', '6390')) } },
    hasNot: sentinels(),
  },
  {
    finding: 'error replica-monitored-as-master',
    has: { ...one(''), 'a.conf': 'port 6379\nreplicaof 127.0.0.1 6381\n' },
    hasNot: { ...one(''), ...master() },
  },
  { finding: 'error shared-master-name', has: one(monitor), hasNot: one('') },
  {
    finding: 'error hostname-not-resolved.sentinel',
    has: { 's.conf': sentinel(1, '', 'sentinel monitor mymaster redis1 6379 2\n') },
    hasNot: {
      's.conf': `sentinel resolve-hostnames yes\n${sentinel(1, '', 'sentinel monitor mymaster redis1 6379 2\n')}`,
    },
  },
  {
    finding: 'info mixed-address-forms',
    has: { ...one(''), ...master(), 'b.conf': 'port 6380\nreplicaof localhost 6379\n' },
    hasNot: { ...one(''), ...master(), ...replica() },
  },
  {
    finding: 'warning loopback-monitor-address.conf',
    has: one('bind 10.0.0.5\n'),
    hasNot: one('bind 127.0.0.1\n'),
  },
  {
    finding: 'error no-replica-eligible.conf',
    has: { ...master(), ...replica('replica-priority 0\n') },
    hasNot: { ...master(), ...replica('replica-priority 100\n') },
  },
  {
    finding: 'error renamed-command-blocks-failover.conf',
    has: { ...one(''), ...master('rename-command CONFIG hidden\n') },
    hasNot: {
      ...one('sentinel rename-command mymaster CONFIG hidden\n'),
      ...master('rename-command CONFIG hidden\n'),
    },
  },
  {
    finding: 'info renamed-command-blocks-failover.conf',
    has: master('rename-command SLAVEOF ""\n'),
    hasNot: master('rename-command KEYS ""\n'),
  },
  {
    finding: 'info failover-retry-delay.confShort',
    has: one('sentinel failover-timeout mymaster 1000\n'),
    hasNot: one('sentinel failover-timeout mymaster 5000\n'),
  },
  {
    finding: 'info failover-retry-delay.confLong',
    has: one('sentinel failover-timeout mymaster 900000\n'),
    hasNot: one('sentinel failover-timeout mymaster 180000\n'),
  },
  {
    finding: 'warning down-after-too-small.conf',
    has: one('sentinel down-after-milliseconds mymaster 500\n'),
    hasNot: one('sentinel down-after-milliseconds mymaster 5000\n'),
  },
  {
    finding: 'info down-after-too-large',
    has: one('sentinel down-after-milliseconds mymaster 300000\n'),
    hasNot: one('sentinel down-after-milliseconds mymaster 30000\n'),
  },
  {
    finding: 'warning empty-master-restart.conf',
    has: { ...master('save 900 1\nsave ""\n'), ...replica() },
    hasNot: { ...master('save ""\nappendonly yes\n'), ...replica('save ""\nsave 900 1\n') },
  },
  {
    finding: 'error not-enough-replicas',
    has: { ...master('min-replicas-to-write 2\n'), ...replica() },
    hasNot: { ...master('min-replicas-to-write 1\n'), ...replica() },
  },
  {
    finding: 'warning protected-mode-denied.conf',
    has: master('bind 127.0.0.1 10.0.0.5\n'),
    hasNot: master('bind 127.0.0.1 10.0.0.5\nprotected-mode no\n'),
  },
  {
    finding: 'warning sentinel-bind-loopback-first',
    has: one('bind 127.0.0.1 10.0.0.5\n'),
    hasNot: one('bind 10.0.0.5 127.0.0.1\n'),
  },
  {
    finding: 'warning nat-announced-address.conf',
    has: { ...master(), ...replica('replica-announce-port 7000\n') },
    hasNot: { ...master(), ...replica('replica-announce-ip 10.0.0.5\nreplica-announce-port 7000\n') },
  },
  {
    finding: 'error tls-mismatch.certificate',
    has: master('tls-port 7000\n'),
    hasNot: master('tls-port 7000\ntls-cert-file /c\ntls-key-file /k\n'),
  },
  {
    finding: 'error address-family-mismatch.conf',
    has: { ...master('bind 127.0.0.1\n'), 'b.conf': 'port 6380\nreplicaof ::1 6379\n' },
    hasNot: { ...master('bind 127.0.0.1 -::1\n'), 'b.conf': 'port 6380\nreplicaof ::1 6379\n' },
  },
  {
    finding: 'error directive-not-supported',
    has: master('protected-mode no\n'),
    hasNot: master(),
    version: 'windows-3.0.504',
  },
  {
    finding: 'error windows-sentinel-rewrite.conf',
    has: one('sentinel known-replica mymaster 127.0.0.1 6380\n'),
    hasNot: one('sentinel known-slave mymaster 127.0.0.1 6380\n'),
    version: 'windows-3.0.504',
  },
  {
    finding: 'error replicaof-not-supported',
    has: { ...master(), ...replica() },
    hasNot: { ...master(), 'b.conf': 'port 6380\nslaveof 127.0.0.1 6379\n' },
    version: '4.0.14',
  },
  {
    finding: 'error master-unreachable.confItself',
    has: master('replicaof 127.0.0.1 6379\n'),
    hasNot: master('replicaof 127.0.0.1 6381\n'),
  },
  {
    finding: 'warning master-unreachable.confUnknown',
    has: { ...master(), 'b.conf': 'port 6380\nreplicaof 127.0.0.1 6388\n' },
    hasNot: { ...master(), ...replica() },
  },
  {
    finding: 'warning misconf-save-failed.confHidden',
    has: master('stop-writes-on-bgsave-error no\n'),
    hasNot: master('stop-writes-on-bgsave-error no\nsave ""\n'),
  },
  {
    finding: 'error misconf-save-failed.confFolder',
    has: master('dir /data\n'),
    hasNot: master('dir /other\n'),
    probe: probe({ '/data': 'not-writable' }),
  },
  {
    finding: 'error shared-data-dir.conf',
    has: { ...master('dir /data\n'), ...replica('dir /data/\n') },
    hasNot: { ...master('dir /data\n'), ...replica('dir /data\ndbfilename replica.rdb\n') },
  },
  {
    finding: 'error bad-bytes-in-conf.bom',
    has: { 'a.conf': '\uFEFFport 1\n' },
    hasNot: { 'a.conf': 'port 1\n' },
  },
  {
    finding: 'error windows-path-form',
    has: master('dir /tmp\n'),
    hasNot: master('dir ./\n'),
    version: 'windows-3.0.504',
  },
  {
    finding: 'error wrong-start-form.noFlag',
    has: { 'redis.conf': monitor },
    hasNot: { 'redis.conf': 'port 6379\n' },
    isSentinel: false,
  },
  {
    finding: 'error sentinel-conf-read-only',
    has: one(''),
    hasNot: master(),
    probe: probe({ '/lab/sentinel-26379.conf': 'not-writable', '/lab/redis-6379.conf': 'not-writable' }),
  },
  {
    finding: 'warning sentinel-conf-not-saved.confFolder',
    has: one(''),
    hasNot: master(),
    probe: probe({ '/lab': 'not-writable' }),
  },
  {
    finding: 'error option-before-monitor',
    has: { 's.conf': `sentinel failover-timeout mymaster 10000\n${monitor}` },
    hasNot: { 's.conf': `${monitor}sentinel failover-timeout mymaster 10000\n` },
    version: '5.0.14',
  },
  {
    finding: 'warning daemonize-in-terminal.conf',
    has: master('daemonize yes\n'),
    hasNot: master('daemonize no\n'),
  },
  {
    finding: 'error masterauth-missing.conf',
    has: master('requirepass secret\n'),
    hasNot: master('requirepass secret\nmasterauth secret\n'),
  },
  {
    finding: 'error sentinel-auth-pass-missing.conf',
    has: { ...one(''), ...master('requirepass secret\nmasterauth secret\n') },
    hasNot: {
      ...one('sentinel auth-pass mymaster secret\n'),
      ...master('requirepass secret\nmasterauth secret\n'),
    },
  },
  {
    finding: 'error sentinel-password-mismatch',
    has: { ...sentinels(), ...one('requirepass secret\n') },
    hasNot: sentinels('requirepass secret\n'),
  },
  {
    finding: 'error acl-user-too-narrow.confSentinel',
    has: {
      ...one('sentinel auth-user mymaster watcher\n'),
      ...master('user watcher on >secret allchannels +@all -@dangerous\n'),
    },
    hasNot: {
      ...one('sentinel auth-user mymaster watcher\n'),
      ...master(
        'user watcher on >secret allchannels +multi +slaveof +ping +exec +subscribe +config|rewrite +role +publish +info +client|setname +client|kill +script|kill\n',
      ),
    },
  },
  {
    finding: 'error acl-user-too-narrow.confReplica',
    has: {
      ...master('user copy on >secret +psync +ping\n'),
      ...replica('masteruser copy\nmasterauth secret\n'),
    },
    hasNot: {
      ...master('user copy on >secret +psync +replconf +ping\n'),
      ...replica('masteruser copy\nmasterauth secret\n'),
    },
  },
  {
    finding: 'info stale-read-refused.conf',
    has: master('replica-serve-stale-data no\n'),
    hasNot: master('replica-serve-stale-data yes\n'),
  },
  {
    finding: 'info backlog-too-small.conf',
    has: master('repl-backlog-size 16kb\n'),
    hasNot: master('repl-backlog-size 1mb\n'),
  },
  {
    finding: 'warning replica-output-buffer.conf',
    has: master('client-output-buffer-limit slave 1mb 512kb 60\nrepl-backlog-size 64mb\n'),
    hasNot: master('client-output-buffer-limit slave 256mb 64mb 60\n'),
    version: '6.0.20',
  },
  {
    finding: 'info replica-output-buffer.confIgnored',
    has: master('client-output-buffer-limit normal 0 0 0 replica 1mb 0 0\nrepl-backlog-size 64mb\n'),
    hasNot: master('client-output-buffer-limit normal 1 1 1 replica 0 0 0\n'),
  },
  {
    finding: 'warning repl-timeout.conf',
    has: master('repl-timeout 10\n'),
    hasNot: master('repl-timeout 10\nrepl-ping-replica-period 3\n'),
  },
  {
    finding: 'info parallel-syncs-order',
    has: {
      ...one('sentinel parallel-syncs mymaster 3\n'),
      ...master(),
      ...replica(),
      'c.conf': 'port 6381\nreplicaof 127.0.0.1 6379\n',
      'd.conf': 'port 6382\nreplicaof 127.0.0.1 6379\n',
    },
    hasNot: { ...one('sentinel parallel-syncs mymaster 1\n'), ...master(), ...replica() },
  },
  {
    finding: 'error notification-script-failed.missing',
    has: one('sentinel notification-script mymaster /nope.sh\n'),
    hasNot: one('sentinel notification-script mymaster /ok.sh\n'),
    probe: probe({ '/nope.sh': 'missing' }),
  },
  {
    finding: 'error data-folder-missing',
    has: master('dir /nope\n'),
    hasNot: master('dir /data\n'),
    probe: probe({ '/nope': 'missing' }),
  },
  {
    finding: 'error conf-not-accepted',
    has: master('dbfilename a/b.rdb\n'),
    hasNot: master('dbfilename b.rdb\n'),
  },
  {
    finding: 'error listen-address-unavailable',
    has: master('bind 127.0.0.1 -::1\n'),
    hasNot: master('bind 127.0.0.1\n'),
    version: '6.0.20',
  },
];

function lint(
  files: Files,
  version: ServerVersion | undefined,
  look?: ProbePath,
  outside: Pick<Case, 'isSentinel'> = {},
): readonly LintFinding[] {
  const sources = Object.entries(files).map(([file, text]) => ({ file, text, ...outside }));
  return lintConfs(sources, version, allDirectives, look);
}

function short({ severity, rule, variant }: LintFinding): string {
  return `${severity} ${rule}${variant === undefined ? '' : `.${variant}`}`;
}

describe('the rules that confs can show', () => {
  const texts = ['en', 'ko'].map(language => readRuleTexts(path.join(repoRoot, 'l10n'), language));

  for (const { finding, has, hasNot, version = '7.0.15', probe: look, isSentinel } of cases)
    it(`${finding}: seen where it is, and not where it is not`, () => {
      const outside = isSentinel === undefined ? {} : { isSentinel };
      const found = lint(has, parseVersion(version), look, outside);
      const own = found.find(one_ => short(one_) === finding);
      assert.ok(own, found.map(short).join(', '));
      for (const language of texts) {
        const { title, cause, fix } = tellFinding(own, language);
        for (const text of [title, cause, fix]) {
          assert.notEqual(text, '');
          assert.doesNotMatch(text, /[{}]/);
        }
      }
      const without = lint(hasNot, parseVersion(version), look, outside).map(short);
      assert.ok(!without.includes(finding), without.join(', '));
    });

  it('are 35 and more', () => {
    const rules = new Set(cases.map(({ finding }) => /^\w+ ([\w-]+)/.exec(finding)?.[1]));
    assert.ok(rules.size >= 45, String(rules.size));
  });
});

describe('confs in which nothing is wrong', () => {
  const versions = [...knownServers, 'windows-3.0.504', 'windows-2.8.2101'];
  const sample = (name: string): string =>
    readFileSync(path.join(repoRoot, 'test', 'fixtures', 'conf', 'samples', name), 'utf8');
  const converted = (name: string, kind: ConfKind, version: ServerVersion): string => {
    const { text } = convertConf(sample(name), kind, version);
    return version.windows ? text.replaceAll(/ \/(?:[a-z]+\/?)+/g, ' ./') : text;
  };

  for (const name of versions) {
    const version = parseVersion(name);
    it(`the sample confs, in the words of ${name}`, () => {
      assert.ok(version);
      const files: Files = {
        'redis.conf': converted('redis.conf', 'server', version),
        'sentinel.conf': converted('sentinel.conf', 'sentinel', version),
      };
      assert.deepEqual(lint(files, version, () => 'there').map(short), []);
    });

    it(`a lab of ${name}, with and without a password`, () => {
      assert.ok(version);
      const lab = makeLab({ replicas: 3, sentinels: 5 });
      for (const password of [undefined, 'secret']) {
        const files: Files = Object.fromEntries(
          lab.nodes.map(node => [
            `/lab/conf/${node.name}.conf`,
            writeFirstConf(lab, node, {
              version,
              windows: version.windows,
              dataDirectory: version.windows ? `C:\\lab\\data\\${node.name}` : `/lab/data/${node.name}`,
              logFile: version.windows ? `C:\\lab\\log\\${node.name}.log` : `/lab/log/${node.name}.log`,
              password,
            }),
          ]),
        );
        assert.deepEqual(lint(files, version, () => 'there').map(short), []);
      }
    });
  }
});
