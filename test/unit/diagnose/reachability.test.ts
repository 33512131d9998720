import assert from 'node:assert/strict';
import { findingsOf, shortFindings } from '../../support/diagnosis';

const start = `
10011:C 23 Nov 2026 07:03:49.568 # Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=10011, just started
10011:S 23 Nov 2026 07:03:49.570 * Running mode=standalone, port=6380.
10011:S 23 Nov 2026 07:03:49.571 * Ready to accept connections`.trim();
const refused = (second: number): string =>
  `
10011:S 23 Nov 2026 07:03:${second}.573 * Connecting to MASTER 127.0.0.1:6379
10011:S 23 Nov 2026 07:03:${second}.573 * MASTER <-> REPLICA sync started
10011:S 23 Nov 2026 07:03:${second}.573 # Error condition on socket for SYNC: Connection refused`.trim();
const synced = `
10011:S 23 Nov 2026 07:03:55.573 * Connecting to MASTER 127.0.0.1:6379
10011:S 23 Nov 2026 07:03:55.600 * Full resync from master: a84d143d841016b1f3096450ad4b4198024f1a97:0
10011:S 23 Nov 2026 07:03:55.700 * MASTER <-> REPLICA sync: Finished with success`.trim();

describe('a replica that cannot reach its master', () => {
  it('by a refused connection: nobody listens there', () => {
    assert.deepEqual(shortFindings({ 'replica.log': [start, refused(50), refused(51)].join('\n') }), [
      'error master-unreachable.refused replica.log:6 replica.log:9',
    ]);
  });

  it('that was started before its master is told so, and nothing is wrong any more', () => {
    assert.deepEqual(shortFindings({ 'replica.log': [start, refused(50), refused(51), synced].join('\n') }), [
      'info master-unreachable.startOrder replica.log:6 replica.log:9 replica.log:11',
    ]);
  });

  it('with a port that no master has: the other log gives the right one', () => {
    const master = `
9295:C 23 Nov 2026 07:03:22.780 # Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=9295, just started
9295:M 23 Nov 2026 07:03:22.781 * Running mode=standalone, port=6390.
9295:M 23 Nov 2026 07:03:22.781 * Ready to accept connections`;
    const [finding] = findingsOf({
      'replica.log': [start, refused(50), refused(51)].join('\n'),
      'master.log': master,
    });
    assert.equal(finding?.variant, 'wrongPort');
    assert.equal(finding.values['ports'], '6390');
  });

  it('is no finding in the course of a failover or a restart of the master', () => {
    const lost = '10011:S 23 Nov 2026 07:04:10.000 # Connection with master lost.';
    const again = [synced, lost, refused(57), refused(58), synced].join('\n');
    assert.deepEqual(shortFindings({ 'replica.log': `${start}\n${again}` }), []);
    const moved = `${[start, synced, lost, refused(57)].join('\n')}
10011:S 23 Nov 2026 07:03:58.502 * Connecting to MASTER 127.0.0.1:6381
10011:S 23 Nov 2026 07:03:58.508 * MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.`;
    assert.deepEqual(shortFindings({ 'replica.log': moved }), []);
  });

  const causes: readonly (readonly [line: string, finding: string])[] = [
    ['# Timeout connecting to the MASTER...', 'master-unreachable.timeout'],
    ['# Error condition on socket for SYNC: Connection timed out', 'master-unreachable.timeout'],
    ['# Error condition on socket for SYNC: No route to host', 'master-unreachable.timeout'],
    ['# Error condition on socket for SYNC: Cannot assign requested address', 'master-unreachable.bind'],
    ['# Unable to connect to MASTER: Invalid argument', 'master-unreachable.bind'],
    ['# Unable to connect to MASTER: Operation not permitted', 'master-unreachable.forbidden'],
    [
      "# Bad protocol from MASTER, the first byte is not '$' (we received 'HTTP/1.1 400 Bad Request'), are you sure the host and port are right?",
      'master-unreachable.notRedis',
    ],
    [
      "# Error reply to PING from master: '-DENIED Redis is running in protected mode because protected mode is enabled'",
      'protected-mode-denied',
    ],
    [
      '# Unable to AUTH to MASTER: -WRONGPASS invalid username-password pair or user is disabled.',
      'masterauth-missing.wrong',
    ],
    ['# MASTER aborted replication with an error: NOAUTH Authentication required.', 'masterauth-missing'],
    ['# Unexpected reply to PSYNC from master: -NOAUTH Authentication required.', 'masterauth-missing'],
    [
      '# Unable to AUTH to MASTER: -ERR Client sent AUTH, but no password is set',
      'masterauth-missing.notNeeded',
    ],
    [
      "# Unexpected reply to PSYNC from master: -NOPERM this user has no permissions to run the 'psync' command",
      'acl-user-too-narrow',
    ],
  ];
  for (const [line, expected] of causes)
    it(`is told apart: ${line.slice(2, 60)}`, () => {
      const text = `${start}
10011:S 23 Nov 2026 07:03:50.573 * Connecting to MASTER 10.0.0.5:6379
10011:S 23 Nov 2026 07:03:51.573 ${line}`;
      assert.deepEqual(shortFindings({ 'replica.log': text }), [`error ${expected} replica.log:5`]);
    });

  it('by a host name: 3.0 says only "Invalid argument"', () => {
    const text = `
10972:S 23 Nov 06:51:26.970 * Connecting to MASTER no-such-host.invalid:6379
10972:S 23 Nov 06:51:26.973 # Unable to connect to MASTER: Invalid argument`;
    assert.deepEqual(shortFindings({ 'replica.log': text }), [
      'error hostname-not-resolved.replica replica.log:2',
    ]);
  });

  it('on Windows, from a log that begins in the middle', () => {
    const text = String.raw`
[28616] 29 Dec 02:32:57.339 * Non blocking connect for SYNC fired the event.
[28616] 29 Dec 02:32:57.339 # Sending command to master in replication handshake: -Writing to master: Unknown error
[28616] 29 Dec 02:32:57.460 * Connecting to MASTER 127.0.0.1:6379
[28616] 29 Dec 02:32:57.460 * MASTER <-> SLAVE sync started`;
    const [finding] = findingsOf({ 'replica-6380.log': text });
    assert.equal(finding?.rule, 'master-unreachable');
    assert.equal(finding.variant, 'windows');
    assert.equal(finding.values['master'], '127.0.0.1:6379');
    assert.equal(finding.values['node'], '127.0.0.1:6380');
  });

  it('because it is its own master', () => {
    const text = `${start}
10011:S 23 Nov 2026 07:03:50.333 * Connecting to MASTER 127.0.0.1:6380
10011:S 23 Nov 2026 07:03:50.334 * Master is currently unable to PSYNC but should be in the future: -NOMASTERLINK Can't SYNC while not connected with my master`;
    assert.deepEqual(shortFindings({ 'replica.log': text }), [
      'error master-unreachable.itself replica.log:5',
    ]);
  });

  it('on another machine with the same port is not itself', () => {
    const lost = '10011:S 23 Nov 2026 07:03:50.000 # Connection with master lost.';
    const text = `${start}\n${lost}\n${refused(51)}\n${synced}`.replaceAll('127.0.0.1:6379', '10.0.0.1:6380');
    assert.deepEqual(shortFindings({ 'replica.log': text }), []);
  });

  it('that took the connection and was silent is a matter of repl-timeout', () => {
    const text = `${start}
10011:S 23 Nov 2026 07:03:50.333 * Connecting to MASTER 127.0.0.1:6379
10011:S 23 Nov 2026 07:03:50.334 * Non blocking connect for SYNC fired the event.
10011:S 23 Nov 2026 07:03:54.334 # Timeout connecting to the MASTER...`;
    assert.deepEqual(shortFindings({ 'replica.log': text }), ['error repl-timeout.handshake replica.log:6']);
  });
});

describe('a Sentinel that never reached its master', () => {
  const sentinel = `
9910:X 23 Nov 2026 07:03:46.713 # Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=9910, just started
9910:X 23 Nov 2026 07:03:46.714 * Running mode=sentinel, port=26379.
9910:X 23 Nov 2026 07:03:46.719 # Sentinel ID is 9b2dd63f8febe42d6379d6b74d160bb5b0ae1ba4
9910:X 23 Nov 2026 07:03:46.719 # +monitor master mymaster 127.0.0.1 6379 quorum 1
9910:X 23 Nov 2026 07:03:48.225 # +sdown master mymaster 127.0.0.1 6379`.trim();
  const master = `
9295:C 23 Nov 2026 07:03:22.780 # Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=9295, just started
9295:M 23 Nov 2026 07:03:22.781 * Running mode=standalone, port=6379.
9295:M 23 Nov 2026 07:03:22.781 * Ready to accept connections
9295:M 23 Nov 2026 07:05:22.781 * DB saved on disk`.trim();

  it('that was alive lacks the password', () => {
    assert.deepEqual(shortFindings({ 'sentinel.log': sentinel, 'master.log': master }), [
      'error sentinel-auth-pass-missing sentinel.log:4 sentinel.log:5 master.log:3',
    ]);
  });

  it('of which nothing else is known gets the list of causes', () => {
    assert.deepEqual(shortFindings({ 'sentinel.log': sentinel }), [
      'error master-unreachable.sentinel sentinel.log:4 sentinel.log:5',
    ]);
  });
});
