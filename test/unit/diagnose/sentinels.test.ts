import assert from 'node:assert/strict';
import { findingsOf, shortFindings } from '../../support/diagnosis';

const ids = { a: '5fa1'.repeat(10), b: 'ebc9'.repeat(10), c: '9cb5'.repeat(10) };
/** A line of a Sentinel's log at a second of one minute and the following ones. */
const at = (second: number, text: string, pid = 9837): string =>
  `${pid}:X 23 Nov 2026 07:${String(3 + Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}.100 # ${text}`;
const master = 'master mymaster 127.0.0.1 6379';
const slave = (port: number): string => `slave 127.0.0.1:${port} 127.0.0.1 ${port} @ mymaster 127.0.0.1 6379`;
const sentinel = (id: string, port: number): string =>
  `sentinel ${id} 127.0.0.1 ${port} @ mymaster 127.0.0.1 6379`;
const settled = (quorum = 2): string =>
  [
    at(0, `Sentinel ID is ${ids.a}`),
    at(0, `+monitor ${master} quorum ${quorum}`),
    at(0, `+slave ${slave(6380)}`),
    at(0, `+slave ${slave(6381)}`),
    at(1, `+sentinel ${sentinel(ids.b, 26380)}`),
    at(1, `+sentinel ${sentinel(ids.c, 26381)}`),
  ].join('\n');
const log = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  's.log': [settled(), ...lines].join('\n'),
});

describe('elections', () => {
  it('a normal failover is no finding, nor is a follower that announces a delay', () => {
    assert.deepEqual(
      shortFindings(
        log(
          at(10, `+sdown ${master}`),
          at(10, '+new-epoch 1'),
          at(10, `+vote-for-leader ${ids.b} 1`),
          at(11, `+odown ${master} #quorum 3/2`),
          at(11, 'Next failover delay: I will not start a failover before Mon Nov 23 07:03:50 2026'),
          at(11, `+config-update-from ${sentinel(ids.b, 26380)}`),
          at(11, '+switch-master mymaster 127.0.0.1 6379 127.0.0.1 6380'),
          at(13, '+sdown slave 127.0.0.1:6379 127.0.0.1 6379 @ mymaster 127.0.0.1 6380'),
          at(20, '-sdown slave 127.0.0.1:6379 127.0.0.1 6379 @ mymaster 127.0.0.1 6380'),
          at(30, '+convert-to-slave slave 127.0.0.1:6379 127.0.0.1 6379 @ mymaster 127.0.0.1 6380'),
        ),
      ),
      [],
    );
  });

  it('too few Sentinels to agree', () => {
    const found = findingsOf(
      log(
        at(5, `+sdown ${sentinel(ids.b, 26380)}`),
        at(5, `+sdown ${sentinel(ids.c, 26381)}`),
        at(10, `+sdown ${master}`),
        at(30, 'User requested shutdown...'),
      ),
    );
    assert.deepEqual(
      found.map(({ severity, rule, variant, values }) => [
        severity,
        rule,
        variant,
        values['up'],
        values['voters'],
      ]),
      [['error', 'too-few-sentinels', 'noAgreement', 1, 3]],
    );
    assert.deepEqual(
      found[0]?.evidence.map(({ line }) => line),
      [7, 8, 9],
    );
  });

  it('too few Sentinels to elect a leader, until they were back', () => {
    const lines = [
      at(5, `+sdown ${sentinel(ids.b, 26380)}`),
      at(5, `+sdown ${sentinel(ids.c, 26381)}`),
      at(10, `+sdown ${master}`),
      at(10, `+odown ${master} #quorum 1/1`),
      at(10, '+new-epoch 1'),
      at(10, `+try-failover ${master}`),
      at(10, `+vote-for-leader ${ids.a} 1`),
      at(20, `-failover-abort-not-elected ${master}`),
      at(20, 'Next failover delay: I will not start a failover before Mon Nov 23 07:03:50 2026'),
    ];
    assert.deepEqual(shortFindings({ 's.log': [settled(1), ...lines].join('\n') }), [
      'error too-few-sentinels.notElected s.log:7 s.log:8 s.log:14',
      'info failover-retry-delay s.log:14 s.log:15',
    ]);
    const back = [at(31, '+switch-master mymaster 127.0.0.1 6379 127.0.0.1 6380')];
    assert.equal(findingsOf({ 's.log': [settled(1), ...lines, ...back].join('\n') })[0]?.severity, 'warning');
  });

  it('a split vote among Sentinels that are all there is the normal course', () => {
    assert.deepEqual(
      shortFindings(
        log(
          at(10, `+sdown ${master}`),
          at(10, `+odown ${master} #quorum 2/2`),
          at(10, `+try-failover ${master}`),
          at(20, `-failover-abort-not-elected ${master}`),
          at(40, '+switch-master mymaster 127.0.0.1 6379 127.0.0.1 6380'),
        ),
      ),
      [],
    );
  });

  it('a quorum above the number of Sentinels', () => {
    const text = [settled(4), at(10, `+sdown ${master}`), at(40, 'User requested shutdown...')].join('\n');
    assert.deepEqual(shortFindings({ 's.log': text }), ['error quorum-above-sentinels s.log:2 s.log:7']);
  });

  it('nobody to promote: forbidden, down, or forgotten', () => {
    const abort = at(20, `-failover-abort-no-good-slave ${master}`);
    assert.deepEqual(shortFindings(log(abort)), ['error no-replica-eligible s.log:7 s.log:3 s.log:4']);
    assert.deepEqual(
      shortFindings(log(at(8, `+sdown ${slave(6380)}`), at(8, `+sdown ${slave(6381)}`), abort)),
      ['error replicas-down-too-long s.log:7 s.log:8 s.log:9'],
    );
    assert.deepEqual(shortFindings(log(at(12, `+reset-master ${master}`), abort)), [
      'error reset-before-failover s.log:7 s.log:8',
    ]);
  });

  it('a replica that does not take the order', () => {
    assert.deepEqual(
      shortFindings(
        log(
          at(10, `+failover-state-wait-promotion ${slave(6380)}`),
          at(40, `-failover-abort-slave-timeout ${master}`),
        ),
      ),
      ['error renamed-command-blocks-failover s.log:7 s.log:8'],
    );
  });
});

describe('who knows whom', () => {
  const own = (pid: number, port: number, id: string): string =>
    [
      `${pid}:X 23 Nov 2026 07:03:27.948 # Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=${pid}, just started`,
      `${pid}:X 23 Nov 2026 07:03:27.949 * Running mode=sentinel, port=${port}.`,
      `${pid}:X 23 Nov 2026 07:03:27.958 # Sentinel ID is ${id}`,
      `${pid}:X 23 Nov 2026 07:03:27.958 # +monitor ${master} quorum 2`,
    ].join('\n');

  it('two Sentinels with one id', () => {
    assert.deepEqual(shortFindings({ 'a.log': own(1, 26379, ids.a), 'b.log': own(2, 26380, ids.a) }), [
      'error duplicate-myid a.log:3 b.log:3',
    ]);
    assert.deepEqual(shortFindings({ 'a.log': own(1, 26379, ids.a), 'b.log': own(2, 26380, ids.b) }), []);
    // Two parts of one log.
    assert.deepEqual(shortFindings({ 'a.log.1': own(1, 26379, ids.a), 'a.log': own(1, 26379, ids.a) }), []);
  });

  it('one Sentinel under several addresses', () => {
    const flap = (second: number, port: number): string =>
      at(second, `+sentinel-address-switch ${master} ip 127.0.0.1 port ${port} for ${ids.b}`);
    assert.deepEqual(shortFindings(log(flap(2, 26380), flap(4, 26390), flap(6, 26380), flap(8, 26390))), [
      'error duplicate-myid.seen s.log:7 s.log:8 s.log:9 s.log:10',
    ]);
    const dup = at(3, `-dup-sentinel ${master} #duplicate of 127.0.0.1:26380 or ${ids.b}`);
    assert.deepEqual(shortFindings(log(dup)), []);
    assert.deepEqual(
      findingsOf(log(dup, dup, dup, dup)).map(({ rule }) => rule),
      ['duplicate-sentinel-addresses'],
    );
  });

  it('different masters under one name, and a replica watched as a master', () => {
    const other = own(2, 26380, ids.b).replace('127.0.0.1 6379 quorum', '127.0.0.1 6390 quorum');
    assert.deepEqual(shortFindings({ 'a.log': own(1, 26379, ids.a), 'b.log': other }), [
      'error sentinels-watch-different-masters a.log:4 b.log:4',
    ]);
    assert.deepEqual(
      shortFindings(
        log(
          at(5, '+monitor master second 127.0.0.1 6380 quorum 2'),
          at(30, '+sdown master second 127.0.0.1 6380'),
        ),
      ).filter(line => line.includes('monitored')),
      ['error replica-monitored-as-master s.log:7 s.log:3 s.log:8'],
    );
  });

  it('addresses that mean something else elsewhere', () => {
    assert.deepEqual(
      shortFindings(log(at(5, '+sentinel sentinel abc 10.0.0.7 26379 @ mymaster 127.0.0.1 6379'))),
      ['warning loopback-monitor-address s.log:2 s.log:7'],
    );
    const far = 'mymaster 192.168.0.5 6379';
    assert.deepEqual(
      shortFindings({
        's.log': [
          at(0, `+monitor master ${far} quorum 2`),
          at(1, `+slave slave 172.17.0.3:6379 172.17.0.3 6379 @ ${far}`),
          at(9, `+sdown slave 172.17.0.3:6379 172.17.0.3 6379 @ ${far}`),
        ].join('\n'),
      }),
      ['error nat-announced-address s.log:2 s.log:3'],
    );
    assert.deepEqual(
      findingsOf(log(at(5, '+slave slave [fe80::1]:6380 fe80::1 6380 @ mymaster 127.0.0.1 6379'))).map(
        ({ rule }) => rule,
      ),
      ['address-family-mismatch'],
    );
  });

  it('instances that never come back', () => {
    const gone = at(10, `+sdown ${sentinel(ids.b, 26380)}`);
    assert.deepEqual(shortFindings(log(gone, at(60, '+new-epoch 3'))), []);
    assert.deepEqual(shortFindings(log(gone, at(400, '+new-epoch 3'))), ['warning ghost-instances s.log:7']);
  });

  it('a conf that cannot be written', () => {
    assert.deepEqual(
      shortFindings(
        log(
          at(2, 'Could not rename tmp config file (Device or resource busy)'),
          at(
            2,
            'WARNING: Sentinel was not able to save the new configuration on disk!!!: Device or resource busy',
          ),
        ),
      ),
      ['error sentinel-conf-not-saved.mount s.log:7 s.log:8'],
    );
  });
});

describe('masters', () => {
  it('that answer again as the same process hung; three times means down-after is too small', () => {
    const pair = (second: number): readonly string[] => [
      at(second, `+sdown ${master}`),
      at(second + 1, `-sdown ${master}`),
    ];
    assert.deepEqual(shortFindings(log(...pair(10))), ['warning master-hung.back s.log:7 s.log:8']);
    assert.deepEqual(
      findingsOf(log(...pair(10), ...pair(20), ...pair(30))).map(({ rule }) => rule),
      ['down-after-too-small', 'master-hung'],
    );
    assert.deepEqual(
      shortFindings(log(at(10, `+sdown ${master}`), at(11, `-sdown ${master}`), at(12, `+reboot ${master}`))),
      [],
    );
  });

  it('a Sentinel in TILT is told, and its master not blamed', () => {
    assert.deepEqual(
      shortFindings(
        log(
          at(10, '+tilt #tilt mode entered'),
          at(11, `+sdown ${master}`),
          at(12, `-sdown ${master}`),
          at(40, '-tilt #tilt mode exited'),
        ),
      ),
      ['warning tilt-mode s.log:7 s.log:10'],
    );
  });

  const switched = log(
    at(20, `+sdown ${master}`),
    at(20, `+odown ${master} #quorum 2/2`),
    at(20, '+new-epoch 1'),
    at(20, `+try-failover ${master}`),
    at(20, `+elected-leader ${master}`),
    at(21, `+selected-slave ${slave(6380)}`),
    at(22, `+promoted-slave ${slave(6380)}`),
    at(22, `+failover-end ${master}`),
    at(22, '+switch-master mymaster 127.0.0.1 6379 127.0.0.1 6380'),
  );
  const server = (second: number, pid: number, text: string): string =>
    at(second, text, pid).replace(':X ', ':M ');
  const started = (second: number, pid: number, port: number): string =>
    [
      server(
        second,
        pid,
        `Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=${pid}, just started`,
      ),
      server(second, pid, `Running mode=standalone, port=${port}.`),
      server(second, pid, 'Ready to accept connections'),
    ].join('\n');
  const demoted = (second: number, pid: number): string =>
    server(
      second,
      pid,
      "REPLICAOF 127.0.0.1:6380 enabled (user request from 'id=15 addr=127.0.0.1:39134 name=sentinel-cab211c4-cmd')",
    );

  it('that live on after a failover take writes that are lost', () => {
    const found = findingsOf({
      ...switched,
      'redis-6379.log': `${started(0, 50, 6379)}\n${demoted(35, 50)}`,
    });
    assert.deepEqual(
      found.map(({ rule, values }) => [rule, values['seconds']]),
      [
        ['master-hung', 13],
        ['split-brain-writes-lost', 13],
      ],
    );
    const proven = findingsOf({
      ...switched,
      'redis-6379.log': `${started(0, 50, 6379)}\n${demoted(35, 50)}`,
      'redis-6380.log': `${started(0, 60, 6380)}\n${server(35, 60, 'Partial resynchronization not accepted: Requested offset for second ID was 26154, but I can reply up to 828')}`,
    });
    assert.deepEqual(
      proven
        .filter(({ rule }) => rule === 'split-brain-writes-lost')
        .map(({ severity, variant, values }) => [severity, variant, values['bytes']]),
      [['error', 'proven', 25_326]],
    );
  });

  it('other replicas that follow the new master are none, whatever their port', () => {
    const replica = [
      started(0, 50, 6379),
      server(1, 50, 'Connecting to MASTER 10.0.0.1:6379'),
      server(2, 50, 'MASTER <-> REPLICA sync: Finished with success'),
      server(3, 50, 'DB saved on disk'),
      server(4, 50, 'DB saved on disk'),
      server(5, 50, 'DB saved on disk'),
      demoted(35, 50),
    ].join('\n');
    assert.deepEqual(shortFindings({ ...switched, 'redis-6379.log': replica }), []);
  });

  it('that were killed and come back as a replica are the normal course', () => {
    assert.deepEqual(
      shortFindings({
        ...switched,
        'redis-6379.log': `${started(0, 50, 6379)}\n${started(25, 51, 6379)}\n${demoted(35, 51)}`,
      }),
      [],
    );
  });

  it('that never had the data', () => {
    const promoted = server(
      21,
      60,
      "MASTER MODE enabled (user request from 'id=6 name=sentinel-cab211c4-cmd')",
    );
    const synced = server(5, 60, 'MASTER <-> REPLICA sync: Finished with success');
    assert.deepEqual(
      shortFindings({ ...switched, 'redis-6380.log': `${started(0, 60, 6380)}\n${promoted}` }),
      ['error killed-before-first-sync redis-6380.log:1 redis-6380.log:4 s.log:15'],
    );
    assert.deepEqual(
      shortFindings({ ...switched, 'redis-6380.log': `${started(0, 60, 6380)}\n${synced}\n${promoted}` }),
      [],
    );
  });

  it('that come back empty', () => {
    const replica = (keys: number, replid: string, second: number): string =>
      [
        server(second, 70, `Full resync from master: ${replid.repeat(10)}:14`),
        server(second, 70, `Done loading RDB, keys loaded: ${keys}, keys expired: 0.`),
        server(second, 70, 'MASTER <-> REPLICA sync: Finished with success'),
      ].join('\n');
    const lost = server(20, 70, 'Connection with master lost.');
    assert.deepEqual(
      shortFindings({ 'r.log': [replica(220, 'a84d', 10), lost, replica(0, '2311', 30)].join('\n') }),
      ['error empty-master-restart r.log:2 r.log:4 r.log:5 r.log:6'],
    );
    assert.deepEqual(
      shortFindings({ 'r.log': [replica(220, 'a84d', 10), lost, replica(200, '2311', 30)].join('\n') }),
      [],
    );
    // FLUSHALL saves at once.
    const saved = server(15, 70, 'DB saved on disk');
    assert.deepEqual(
      shortFindings({ 'r.log': [replica(220, 'a84d', 10), saved, lost, replica(0, '2311', 30)].join('\n') }),
      [],
    );
  });
});
