import assert from 'node:assert/strict';
import { findingsOf, shortFindings } from '../../support/diagnosis';
import { fixture } from '../../support/fixtures';

const ends: readonly (readonly [file: string, finding: string])[] = [
  ['redis-3.0.7-port-in-use', 'port-in-use'],
  ['redis-7.0.15-port-in-use', 'port-in-use'],
  ['windows-2.8.2101-port-in-use', 'port-in-use-windows'],
  ['redis-3.0.7-bind-bad-address', 'listen-address-unavailable'],
  ['redis-7.0.15-bind-bad-address', 'listen-address-unavailable'],
  ['redis-3.0.7-dir-missing', 'data-folder-missing'],
  ['redis-7.0.15-logfile-missing-dir', 'conf-not-accepted.logFile'],
  ['redis-7.0.15-cluster-and-replicaof', 'conf-not-accepted.whole'],
  ['redis-7.0.15-wrong-arity', 'conf-not-accepted'],
  ['redis-7.0.15-unbalanced-quotes', 'bad-bytes-in-conf.unbalanced'],
  ['redis-3.0.7-unknown-directive', 'directive-not-supported.misspelt'],
  ['redis-7.0.15-unknown-directive', 'directive-not-supported.misspelt'],
  ['redis-7.0.15-sentinel-unknown-option', 'directive-not-supported.unknown'],
  ['windows-2.8.2101-dir-protected-mode', 'directive-not-supported'],
  ['windows-2.8.2101-sentinel-myid', 'directive-not-supported'],
  ['windows-2.8.2101-dir-quoted-single-backslash', 'bad-bytes-in-conf.path'],
  ['redis-7.0.15-sentinel-no-conf', 'wrong-start-form.noConf'],
  ['redis-7.0.15-sentinel-conf-readonly', 'sentinel-conf-read-only'],
  ['redis-7.0.15-rdb-future-version', 'rdb-version-too-new'],
  ['redis-7.0.15-rdb-short', 'data-not-loadable'],
  ['redis-7.0.15-aof-garbage', 'data-not-loadable'],
];

describe('why a server did not start', () => {
  for (const [file, expected] of ends)
    it(`is found in what ${file} wrote`, () => {
      const found = findingsOf({ 'out.log': fixture(`ends/${file}.txt`) });
      assert.deepEqual(
        found.map(
          ({ severity, rule, variant }) => `${severity} ${rule}${variant === undefined ? '' : `.${variant}`}`,
        ),
        [`error ${expected}`],
      );
    });

  it('nothing is found where it did start', () => {
    assert.deepEqual(shortFindings({ 'out.log': fixture('ends/windows-2.8.2101-warm.txt') }), []);
  });

  it('a misspelt directive is named with the right one', () => {
    const [finding] = findingsOf({ 'out.log': fixture('ends/redis-7.0.15-unknown-directive.txt') });
    assert.equal(finding?.values['similar'], 'maxmemory');
    assert.equal(finding.values['line'], 5);
  });

  const block = (text: string, reason: string): string => `
*** FATAL CONFIG FILE ERROR ***
Reading the configuration file, at line 5
>>> '${text}'
${reason}`;
  const bad = 'Bad directive or wrong number of arguments';
  const lines: readonly (readonly [text: string, reason: string, finding: string])[] = [
    ['replicaof 127.0.0.1 6379', bad, 'replicaof-not-supported'],
    ['min-replicas-to-write 1', bad, 'directive-not-supported'],
    ['aclfile /lab/users.acl', bad, 'directive-not-supported'],
    ['slaveof 127.0.0.1', bad, 'conf-not-accepted'],
    ['maxmemory 100mb # a comment', bad, 'conf-not-accepted.comment'],
    ['\uFEFFport 6379', bad, 'bad-bytes-in-conf.line'],
    ['port\u00a06379', bad, 'bad-bytes-in-conf.line'],
    [
      'sentinel monitor mymaster 127.0.0.1 6379 2',
      'sentinel directive while not in sentinel mode',
      'wrong-start-form.noFlag',
    ],
    [
      'sentinel "sentinel.conf"',
      'Unrecognized sentinel configuration statement.',
      'wrong-start-form.fileAfterFlag',
    ],
    [
      'sentinel down-after-milliseconds mymaster 1000',
      'No such master with specified name.',
      'option-before-monitor',
    ],
    [
      'sentinel monitor mymaster no-such-host.invalid 6379 1',
      "Can't resolve master instance hostname.",
      'hostname-not-resolved.sentinel',
    ],
    [
      'sentinel notification-script mymaster /lab/nope.sh',
      'Notification script seems non existing or non executable.',
      'notification-script-failed.missing',
    ],
  ];
  for (const [text, reason, expected] of lines)
    it(`a conf line: ${text.slice(0, 50)}`, () => {
      assert.deepEqual(shortFindings({ 'out.log': block(text, reason) }), [`error ${expected} out.log:2`]);
    });

  it('the Windows ports have their own words', () => {
    const rules = (text: string): readonly string[] => shortFindings({ 'out.txt': text });
    assert.deepEqual(rules('Invalid argument during startup: unknown conf file parameter : replicaof'), [
      'error replicaof-not-supported out.txt:1',
    ]);
    assert.deepEqual(rules('Invalid argument during startup: unknown conf file parameter : SENTINEL'), [
      'error directive-not-supported.case out.txt:1',
    ]);
    assert.deepEqual(rules('Could not find sentinel subcommand known-replica'), [
      'error windows-sentinel-rewrite out.txt:1',
    ]);
    assert.deepEqual(rules('unknown conf file parameter : \uFEFFport'), [
      'error bad-bytes-in-conf.line out.txt:1',
    ]);
    for (const words of ['No such file or directory', 'No error', 'Unknown error', '알 수 없는 오류'])
      assert.deepEqual(
        rules(`[12] 23 Nov 06:55:18.944 # Creating Server TCP listening socket *:6379: bind: ${words}`),
        ['error port-in-use-windows out.txt:1'],
      );
    assert.deepEqual(rules("[12] 23 Nov 06:55:18.944 # Can't chdir to '/tmp': No such file or directory"), [
      'error windows-path-form out.txt:1',
    ]);
    assert.deepEqual(
      rules('[12] 23 Nov 06:55:18.944 # Windows does not support daemonize. Start Redis as service'),
      ['warning daemonize-in-terminal out.txt:1'],
    );
  });

  it('Redis 8 takes an unknown directive for a module’s', () => {
    const text = `>>> 'maxmemroy 100mb'
Module Configuration detected without loadmodule directive or no ApplyConfig call: aborting`;
    assert.deepEqual(shortFindings({ 'out.log': text }), [
      'error directive-not-supported.misspelt out.log:1',
    ]);
  });

  it('passwords in a conf line are not repeated', () => {
    const [finding] = findingsOf({
      'out.log': block('requirepass "secret', 'Unbalanced quotes in configuration line'),
    });
    assert.doesNotMatch(JSON.stringify(finding), /secret/);
  });

  it('a port that was free at the next start is a warning', () => {
    const text = `
9536:M 23 Nov 2026 07:03:34.410 # Warning: Could not create server TCP listening socket 127.0.0.1:6379: bind: Address already in use
9540:M 23 Nov 2026 07:04:34.410 * Ready to accept connections`;
    assert.deepEqual(shortFindings({ 'a.log': text }), ['warning port-in-use a.log:1']);
  });
});

describe('crashes and the host', () => {
  it('a crash report is an error', () => {
    const text = `
=== REDIS BUG REPORT START: Cut & paste starting from here ===
10011:M 23 Nov 2026 07:03:34.410 # Redis 7.0.15 crashed by signal: 11, si_code: 0`;
    assert.deepEqual(shortFindings({ 'a.log': text }), ['error server-crashed a.log:1 a.log:2']);
  });

  it('warnings that every start writes are none, unless harm is done', () => {
    const warning =
      "10011:M 23 Nov 2026 07:03:34.410 # WARNING overcommit_memory is set to 0! Background save may fail under low memory condition. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.";
    assert.deepEqual(shortFindings({ 'a.log': warning }), []);
    const harm = `${warning}\n10011:M 23 Nov 2026 07:04:34.410 # Can't save in background: fork: Cannot allocate memory`;
    assert.deepEqual(
      findingsOf({ 'a.log': harm }).map(({ rule, variant }) => `${rule}.${variant}`),
      ['misconf-save-failed.memory', 'host-warning.overcommit'],
    );
  });

  it('fewer clients than asked for', () => {
    const text = `
10025:M 23 Nov 06:50:49.265 # You requested maxclients of 10000000 requiring at least 10000032 max file descriptors.
10025:M 23 Nov 06:50:49.265 # Redis can't set maximum open files to 10000032 because of OS error: Operation not permitted.
10025:M 23 Nov 06:50:49.265 # Current maximum open files is 20000. maxclients has been reduced to 19968 to compensate for low ulimit. If you need higher maxclients increase 'ulimit -n'.`;
    const [finding] = findingsOf({ 'a.log': text });
    assert.equal(finding?.rule, 'host-warning');
    assert.deepEqual([finding.values['clients'], finding.values['asked']], ['19968', '10000032']);
  });

  it('TLS on one side only', () => {
    const text =
      '10025:M 23 Nov 2026 06:50:49.265 # Error accepting a client connection: error:1408F10B:SSL routines:ssl3_get_record:wrong version number (addr=127.0.0.1:51234 laddr=127.0.0.1:6379)';
    assert.deepEqual(shortFindings({ 'a.log': text }), ['error tls-mismatch a.log:1']);
  });

  it('a script that failed', () => {
    assert.deepEqual(
      shortFindings({ 's.log': '9:X 23 Nov 2026 06:50:49.265 # -script-error /lab/notify.sh 0 2' }),
      ['warning notification-script-failed s.log:1'],
    );
  });
});
