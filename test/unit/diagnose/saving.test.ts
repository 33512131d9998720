import assert from 'node:assert/strict';
import { findingsOf, shortFindings } from '../../support/diagnosis';

describe('data that cannot be saved', () => {
  const failed = `
[22532] 29 Dec 03:10:16.712 # Server started, Redis version 3.0.504
[22532] 29 Dec 03:10:24.190 * Background saving started by pid 9452
[9452] 29 Dec 03:10:24.253 # Failed opening .rdb for saving: Permission denied
[9452] 29 Dec 03:10:24.254 # rdbSave failed in qfork: Permission denied
[22532] 29 Dec 03:10:24.337 # fork operation complete
[22532] 29 Dec 03:10:24.338 # Background saving error
[22532] 29 Dec 03:10:24.338 # SYNC failed. BGSAVE child returned an error`;

  it('for want of rights (3.0 on Windows)', () => {
    assert.deepEqual(shortFindings({ 'master-6379.log': failed }), [
      'error misconf-save-failed.permission master-6379.log:3 master-6379.log:4 master-6379.log:6 master-6379.log:7',
    ]);
  });

  it('is a warning once a save went well again', () => {
    const [finding] = findingsOf({
      'master.log': `${failed}\n[22532] 29 Dec 03:12:24.338 * Background saving terminated with success`,
    });
    assert.equal(finding?.severity, 'warning');
  });

  it('is told from the replica as well', () => {
    const text = `
[30316] 29 Dec 03:07:43.664 * MASTER <-> SLAVE sync started
[30316] 29 Dec 03:07:43.664 * Non blocking connect for SYNC fired the event.
[30316] 29 Dec 03:07:43.665 # Error reply to PING from master: '-MISCONF Redis is configured to save RDB snapshots, but is currently not able to persist on disk. Commands that may modify the data set are disabled. Please check Redis logs for details about the error.'`;
    assert.deepEqual(shortFindings({ 'replica-6380.log': text }), [
      'error misconf-save-failed.seenByReplica replica-6380.log:3',
    ]);
  });

  const reasons: readonly (readonly [line: string, variant: string | undefined])[] = [
    [
      'Failed opening the temp RDB file temp-10011.rdb (in server root dir /lab/data) for saving: No such file or directory',
      'folder',
    ],
    ['Write error saving DB on disk: No space left on device', 'diskFull'],
    ["Can't save in background: fork: Cannot allocate memory", 'memory'],
  ];
  for (const [line, variant] of reasons)
    it(`knows the reason: ${line.slice(0, 50)}`, () => {
      const findings = findingsOf({ 'a.log': `10011:M 23 Nov 2026 07:03:53.812 # ${line}` });
      assert.equal(findings.find(({ rule }) => rule === 'misconf-save-failed')?.variant, variant);
    });

  it('means nothing bad when a child was ended on purpose', () => {
    const text = `
10011:M 23 Nov 2026 07:03:53.812 * Background saving started by pid 12
10011:M 23 Nov 2026 07:03:54.812 # Background saving terminated by signal 9`;
    assert.deepEqual(shortFindings({ 'a.log': text }), []);
  });
});

describe('data that cannot be read', () => {
  it('keeps a server from starting', () => {
    const text = `
10177:M 23 Nov 06:50:54.239 # Wrong signature trying to load DB from file
10177:M 23 Nov 06:50:54.239 # Fatal error loading the DB: Invalid argument. Exiting.`;
    assert.deepEqual(shortFindings({ 'a.log': text }), ['error data-not-loadable a.log:1 a.log:2']);
  });

  it('of a newer version has its own name, at a start and in a sync', () => {
    const start = `
10174:M 23 Nov 06:50:54.222 # Can't handle RDB format version 99
10174:M 23 Nov 06:50:54.222 # Fatal error loading the DB: Invalid argument. Exiting.`;
    assert.deepEqual(shortFindings({ 'a.log': start }), ['error rdb-version-too-new a.log:1']);
    const sync = `
10174:S 23 Nov 06:50:54.220 * MASTER <-> SLAVE sync: Loading DB in memory
10174:S 23 Nov 06:50:54.222 # Can't handle RDB format version 9
10174:S 23 Nov 06:50:54.223 # Failed trying to load the MASTER synchronization DB from disk`;
    assert.deepEqual(shortFindings({ 'a.log': sync }), ['error rdb-version-too-new.sync a.log:2']);
  });

  it('and is cut off by the server is told', () => {
    const text = `
10174:M 23 Nov 2026 06:50:54.222 # !!! Warning: short read while loading the AOF file appendonly.aof.1.incr.aof!!!
10174:M 23 Nov 2026 06:50:54.223 # AOF appendonly.aof.1.incr.aof loaded anyway because aof-load-truncated is enabled`;
    assert.deepEqual(shortFindings({ 'a.log': text }), ['warning data-not-loadable.cut a.log:2']);
  });
});

describe('syncs', () => {
  it('cut off by the output buffer, and too late for the backlog', () => {
    const text = `
12044:M 23 Nov 2026 07:05:13.668 # Client id=5 addr=127.0.0.1:50940 laddr=127.0.0.1:6379 fd=9 name= age=7 idle=7 flags=S db=0 sub=0 psub=0 omem=1066208 events=rw cmd=replconf user=default scheduled to be closed ASAP for overcoming of output buffer limits.
12044:M 23 Nov 2026 07:05:14.668 * Unable to partial resync with replica 127.0.0.1:6380 for lack of backlog (Replica request was: 2613).`;
    const findings = findingsOf({ 'master-6379.log': text });
    assert.deepEqual(
      findings.map(({ rule, values }) => [rule, values['bytes'] ?? values['replica']]),
      [
        ['replica-output-buffer', '1066208'],
        ['backlog-too-small', '127.0.0.1:6380'],
      ],
    );
  });

  it('closed buffers of plain clients are no finding', () => {
    const text =
      '12044:M 23 Nov 2026 07:05:13.668 # Client id=5 addr=127.0.0.1:50940 fd=9 name= age=7 idle=7 flags=N db=0 omem=1 events=rw cmd=subscribe scheduled to be closed ASAP for overcoming of output buffer limits.';
    assert.deepEqual(shortFindings({ 'a.log': text }), []);
  });

  it('given up after repl-timeout', () => {
    const text = `
12044:S 23 Nov 2026 07:05:13.668 # Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in redis.conf to a larger value.
12044:S 23 Nov 2026 07:06:13.668 # MASTER timeout: no data nor PING received...`;
    assert.deepEqual(shortFindings({ 'a.log': text }), [
      'warning repl-timeout.transfer a.log:1',
      'warning repl-timeout.silence a.log:2',
    ]);
  });
});
