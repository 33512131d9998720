import assert from 'node:assert/strict';
import { mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { allDirectives } from '../../src/core/conf/specs/allDirectives';
import { formatVersion } from '../../src/core/conf/serverVersion';
import { applySafeFixes } from '../../src/core/lint/applyFixes';
import { lintConfs } from '../../src/core/lint/lintConfs';
import type { LintFinding } from '../../src/core/lint/lintFinding';
import { probePath } from '../../src/node/files/probePath';
import { freePorts } from '../support/freePorts';
import { useTemporaryFolder } from '../support/temporaryFolder';
import { testVersion } from './support/testServer';
import { tryConf } from './support/tryConf';

/** Lines behind `port`, `bind`, `dir` and `logfile`; `{dir}` is the folder of the conf, `{port}` its port. */
const serverCases: readonly string[] = [
  '',
  'replicaof 127.0.0.1 1',
  'slaveof 127.0.0.1 1',
  'replicaof 127.0.0.1 {port}',
  'replicaof no one',
  'min-replicas-to-write 1',
  'min-slaves-to-write 1',
  'loglevel notice\nloglevel warning',
  'maxclients 10000000',
  'hz 5000',
  'repl-backlog-size 1b',
  'requirepass secret\nmasterauth secret',
  'requirepass "a b"',
  "requirepass 'a b'",
  'save ""',
  'save 900 1 300 10',
  'save 900 1\nsave 300 10',
  'maxmemory 100mb\nmaxmemory-policy allkeys-lru',
  'protected-mode no',
  'bind 127.0.0.1 -::1',
  'client-output-buffer-limit replica 256mb 64mb 60',
  'client-output-buffer-limit normal 0 0 0 slave 0 0 0',
  'rename-command CONFIG ""',
  'stop-writes-on-bgsave-error no\nreplica-serve-stale-data no',
  'user watcher on >secret allchannels +@all',
  'APPENDONLY YES',
  '\tappendonly   yes  ',
  'appendonly "yes"',
  'log-format logfmt',
  'oom-score-adj-values "0 200 800"',
  'appenddirname sub',
  // What a server ends with.
  'maxmemroy 100mb',
  'nosuchthing yes no',
  'maxmemory',
  'appendonly true',
  'port abc',
  'port 99999',
  'port -1',
  'databases 0',
  'maxmemory 10xb',
  'repl-timeout -1',
  'repl-timeout 0',
  'loglevel chatty',
  'save 900',
  'save 0 1',
  'dir /does-not-exist-anywhere',
  'logfile {dir}/nope/server.log',
  'include {dir}/nope.conf',
  'requirepass "abc',
  'requirepass "abc"d',
  'appendfsync sometimes',
  'maxmemory-policy lru',
  'replicaof 127.0.0.1',
  'slaveof 127.0.0.1 99999',
  'replicaof 127.0.0.1 abc',
  'cluster-enabled yes\nreplicaof 127.0.0.1 1',
  'client-output-buffer-limit slave 10mb',
  'sentinel monitor mymaster 127.0.0.1 1 1',
  'tls-port {port}1',
  'loadmodule {dir}/nope.so',
  'aclfile {dir}/nope.acl',
  'user alice on >p ~* nonsense',
  'unixsocket {dir}/nope/x.sock',
  'dbfilename sub/dump.rdb',
  'maxmemory 100mb # a comment',
  'dir\u00a0{dir}',
  'dir \u201c{dir}\u201d',
];

const monitor = 'sentinel monitor mymaster 127.0.0.1 1 1';
const id = 'a'.repeat(40);
const sentinelCases: readonly string[] = [
  '',
  monitor,
  `${monitor}\nsentinel down-after-milliseconds mymaster 5000\nsentinel failover-timeout mymaster 10000\nsentinel parallel-syncs mymaster 1`,
  `${monitor}\nsentinel known-replica mymaster 127.0.0.1 2\nsentinel known-sentinel mymaster 127.0.0.1 3 ${id}`,
  `${monitor}\nsentinel known-slave mymaster 127.0.0.1 2`,
  `${monitor}\nsentinel known-sentinel mymaster 127.0.0.1 3 ${id}\nsentinel known-sentinel mymaster 127.0.0.2 3 ${id}`,
  `${monitor}\nsentinel myid ${id}\nsentinel current-epoch 1\nsentinel config-epoch mymaster 1\nsentinel leader-epoch mymaster 1`,
  `protected-mode no\nacllog-max-len 128\n${monitor}\nsentinel deny-scripts-reconfig yes\nSENTINEL resolve-hostnames no\nSENTINEL announce-hostnames no\nSENTINEL master-reboot-down-after-period mymaster 0`,
  `sentinel down-after-milliseconds mymaster 1000\n${monitor}`,
  `save 900 1\n${monitor}`,
  `appendonly no\n${monitor}`,
  'sentinel monitor my*master 127.0.0.1 1 1',
  `sentinel resolve-hostnames yes\nsentinel monitor mymaster localhost 1 1`,
  `${monitor}\nrequirepass secret\nsentinel auth-pass mymaster secret\nsentinel auth-user mymaster watcher`,
  `${monitor}\nsentinel announce-ip 127.0.0.1\nsentinel announce-port 7000`,
  `${monitor}\nsentinel rename-command mymaster CONFIG hidden`,
  // What a Sentinel ends with.
  'sentinel monitor mymaster 127.0.0.1 1',
  'sentinel monitor mymaster 127.0.0.1 1 0',
  'sentinel monitor mymaster 127.0.0.1 99999 1',
  'sentinel monitor mymaster localhost 1 1',
  `${monitor}\n${monitor}`,
  `${monitor}\nsentinel down-after-milliseconds mymaster 0`,
  `${monitor}\nsentinel failover-timeout mymaster abc`,
  `${monitor}\nsentinel down-after-milliseconds other 1000`,
  `${monitor}\nsentinel no-such-option mymaster 1`,
  `${monitor}\nsentinel myid abc`,
  `${monitor}\nsentinel notification-script mymaster {dir}/nope.sh`,
  `nosuchthing 1\n${monitor}`,
  `${monitor}\nsentinel parallel-syncs mymaster 1 # a comment`,
];

/** Rules of which an error means that the server does not start, and what it prints then. */
const reasons: Readonly<Record<string, RegExp>> = {
  'directive-not-supported': /Bad directive|Unrecognized|unknown|detected|subcommand/i,
  'replicaof-not-supported': /Bad directive/,
  'wrong-start-form': /sentinel directive while not in sentinel mode|can't open config file/i,
  'inline-comment': /argument|Bad directive|Unrecognized/i,
  'wrong-arguments': /argument|Bad directive|Invalid save|Unrecognized|Wrong number/i,
  'value-not-accepted':
    /argument|must be|Invalid|port|quorum|negative or zero|Bad directive|parsed|memory|Unrecognized/i,
  'bad-bytes-in-conf': /Unbalanced quotes|Bad directive|No such file|unknown|detected/i,
  'conf-not-accepted':
    /cluster mode|can't be a path|can't open the log file|Can't load module|ACL|Unix socket|Malformed|Error in user declaration/i,
  'option-before-monitor': /No such (?:master|primary) with specified name/,
  'hostname-not-resolved': /resolve/i,
  'shared-master-name': /Duplicat/i,
  'duplicate-sentinel-addresses': /Duplicat|Wrong hostname or port/i,
  'data-folder-missing': /No such file or directory/,
  'notification-script-failed': /non existing or non executable/,
  'tls-mismatch': /tls|Bad directive/i,
  'listen-address-unavailable': /Could not create|bind|aborting/i,
};

const stopping = (findings: readonly LintFinding[]): readonly LintFinding[] =>
  findings.filter(({ rule, severity }) => severity === 'error' && rule in reasons);

describe(`what the lint foretells for ${formatVersion(testVersion)}`, () => {
  const folder = useTemporaryFolder();
  let count = 0;

  /** Compares foretelling and truth; undefined where they agree. */
  async function compare(lines: string, isSentinel: boolean, name: string): Promise<string | undefined> {
    const dir = path.join(realpathSync(folder.dir), `case-${count++}`);
    mkdirSync(dir);
    const [port = 0] = await freePorts(1);
    const body = lines.replaceAll('{dir}', dir).replaceAll('{port}', String(port));
    const text = `port ${port}\nbind 127.0.0.1\ndir ${dir}\nlogfile ""\n${body}\n`;
    const check = (conf: string, file: string): readonly LintFinding[] =>
      lintConfs([{ file, text: conf, isSentinel }], testVersion, allDirectives, probePath);

    const problems: string[] = [];
    let now = text;
    // As it is, and as `lint --fix` leaves it.
    for (const step of ['given', 'fixed'] as const) {
      const file = path.join(dir, `${step}.conf`);
      const findings = check(now, file);
      const fatal = stopping(findings);
      const { starts, output } = await tryConf(dir, now, { port, isSentinel, name: `${step}.conf` });
      const said = fatal.map(({ rule, variant }) => `${rule}.${variant ?? ''}`).join(', ');
      if (starts === fatal.length > 0)
        problems.push(
          `${name} ${JSON.stringify(lines)} ${step}: ${starts ? 'starts' : 'ends'}, found: ${said || 'nothing'}\n    ${output.trim().split('\n').slice(-4).join('\n    ')}`,
        );
      else if (!starts && !fatal.some(({ rule }) => reasons[rule]?.test(output)))
        problems.push(`${name} ${JSON.stringify(lines)} ${step}: ${said}, but it says\n    ${output.trim()}`);
      const { text: better, fixed } = applySafeFixes(now, findings);
      if (fixed.length === 0 || better === now) break;
      now = better;
    }
    return problems.length === 0 ? undefined : problems.join('\n');
  }

  async function compareAll(cases: readonly string[], isSentinel: boolean): Promise<void> {
    const waiting = [...cases];
    const wrong: string[] = [];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const problem = await compare(next, isSentinel, isSentinel ? 'Sentinel' : 'server');
        if (problem !== undefined) wrong.push(problem);
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    assert.deepEqual(wrong, [], `\n${wrong.join('\n')}\n`);
  }

  it(`${serverCases.length} confs of servers, as they are and as they are repaired`, () =>
    compareAll(serverCases, false));
  it(`${sentinelCases.length} confs of Sentinels, as they are and as they are repaired`, () =>
    compareAll(sentinelCases, true));
});
