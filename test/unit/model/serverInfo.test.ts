import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseInfo } from '../../../src/core/model/serverInfo';
import { infoFixture } from '../../support/fixtures';

describe('parseInfo on what real servers said', () => {
  it('reads a master of Redis 7.0', () => {
    assert.deepEqual(parseInfo(infoFixture('redis-7.0.15-master')), {
      version: '7.0.15',
      product: 'redis',
      processId: 9312,
      runId: '0240e00e35ee24c1b6813ad6ad2fda93c379c691',
      uptimeSeconds: 8,
      loading: false,
      role: 'master',
      masterHost: undefined,
      masterPort: undefined,
      linkStatus: undefined,
      syncInProgress: false,
      syncPercent: undefined,
      secondsSinceMasterInteraction: undefined,
      linkDownSeconds: undefined,
      offset: 375,
      replicationId: '1021c320b6d0af14fa18f394f92a199bfc8dafea',
      priority: undefined,
      replicas: [{ ip: '127.0.0.1', port: 28101, state: 'online', offset: 241, lag: 0 }],
      lastSaveFailed: false,
      tilt: false,
      tiltSeconds: undefined,
    });
  });

  it('reads a replica of Redis 6.0', () => {
    const info = parseInfo(infoFixture('redis-6.0-replica'));
    assert.equal(info.version, '6.0.16');
    assert.equal(info.role, 'replica');
    assert.deepEqual([info.masterHost, info.masterPort, info.linkStatus], ['127.0.0.1', 28120, 'up']);
    assert.deepEqual([info.offset, info.priority, info.secondsSinceMasterInteraction], [375, 100, 0]);
    assert.deepEqual(info.replicas, []);
  });

  it('reads a Valkey by its own version, not by the one it says to be compatible with', () => {
    for (const name of ['valkey-9.1-master', 'valkey-9.1-replica', 'valkey-9.1-sentinel']) {
      const info = parseInfo(infoFixture(name));
      assert.deepEqual([info.product, info.version], ['valkey', '9.1.2'], name);
    }
    assert.equal(parseInfo(infoFixture('valkey-9.1-master')).replicas[0]?.port, 28111);
  });

  for (const name of ['redis-6.0', 'redis-7.0.15', 'valkey-9.1']) {
    it(`knows master, replica and Sentinel of ${name} from each other`, () => {
      const roles = ['master', 'replica', 'sentinel'].map(
        role => parseInfo(infoFixture(`${name}-${role}`)).role,
      );
      assert.deepEqual(roles, ['master', 'replica', 'sentinel']);
    });
  }
});

describe('parseInfo on parts', () => {
  it('reads a replica in a full sync', () => {
    const info = parseInfo(
      'role:slave\r\nmaster_link_status:down\r\nmaster_sync_in_progress:1\r\nmaster_sync_perc:42.50\r\nmaster_last_io_seconds_ago:-1\r\n',
    );
    assert.deepEqual(
      [info.role, info.linkStatus, info.syncInProgress, info.syncPercent, info.secondsSinceMasterInteraction],
      ['replica', 'down', true, 42.5, -1],
    );
  });

  it('reads a server that loads its data and one whose last save failed', () => {
    assert.equal(parseInfo('loading:1').loading, true);
    assert.equal(parseInfo('rdb_last_bgsave_status:err').lastSaveFailed, true);
  });

  it('takes the offset a replica has processed, not the one it would go on from as a master', () => {
    const text = 'role:slave\r\nslave_repl_offset:90\r\nmaster_repl_offset:100';
    assert.equal(parseInfo(text).offset, 90);
    assert.equal(parseInfo(text.replace('slave\r', 'master\r')).offset, 100);
  });

  it('reads replicas in every state, and those of 2.8 without lag', () => {
    const text = [
      'role:master',
      'slave0:ip=127.0.0.1,port=6380,state=wait_bgsave,offset=0,lag=0',
      'slave1:ip=::1,port=6381,state=send_bulk,offset=0',
      'slave2:ip=127.0.0.1,port=6382,state=online,offset=48211,lag=3,type=replica',
    ].join('\r\n');
    assert.deepEqual(parseInfo(text).replicas, [
      { ip: '127.0.0.1', port: 6380, state: 'wait_bgsave', offset: 0, lag: 0 },
      { ip: '::1', port: 6381, state: 'send_bulk', offset: 0, lag: undefined },
      { ip: '127.0.0.1', port: 6382, state: 'online', offset: 48_211, lag: 3 },
    ]);
  });

  it('leaves what is not there or is no number undefined', () => {
    const info = parseInfo('process_id:\r\nuptime_in_seconds:many\r\nmaster_port:');
    assert.deepEqual(
      [info.processId, info.uptimeSeconds, info.masterPort, info.runId, info.replicationId],
      [undefined, undefined, undefined, undefined, undefined],
    );
  });

  it('never throws', () => {
    const line = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom('role', 'slave0', 'slave1', 'process_id', 'redis_mode'), fc.string())
        .map(pair => pair.join(':')),
    );
    fc.assert(fc.property(fc.array(line), lines => void parseInfo(lines.join('\n'))));
  });
});
