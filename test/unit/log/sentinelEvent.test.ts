import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readSentinelEvent, type SentinelInstance } from '../../../src/core/log/sentinelEvent';

const id = '5d0b1f2d5c9a4c1e8f7a6b5c4d3e2f1a0b9c8d7e';
const master = 'master mymaster 127.0.0.1 6379';
const replica = 'slave 127.0.0.1:6380 127.0.0.1 6380 @ mymaster 127.0.0.1 6379';
const sentinel = `sentinel ${id} 127.0.0.1 26380 @ mymaster 127.0.0.1 6379`;
const oldSentinel = 'sentinel 127.0.0.1:26380 127.0.0.1 26380 @ mymaster 127.0.0.1 6379';

const instances: Readonly<Record<string, SentinelInstance>> = {
  [master]: { type: 'master', name: 'mymaster', ip: '127.0.0.1', port: 6379 },
  [replica]: { type: 'slave', name: '127.0.0.1:6380', ip: '127.0.0.1', port: 6380 },
  [sentinel]: { type: 'sentinel', name: id, ip: '127.0.0.1', port: 26_380 },
  [oldSentinel]: { type: 'sentinel', name: '127.0.0.1:26380', ip: '127.0.0.1', port: 26_380 },
};

// Every event type of sentinel.c that carries an instance, with what may follow it.
const withInstance: readonly (readonly [type: string, instance: string, rest?: string])[] = [
  ...['+sdown', '-sdown', '+reboot'].flatMap(type =>
    [master, replica, sentinel, oldSentinel].map(instance => [type, instance] as const),
  ),
  ['+odown', master, '#quorum 2/2'],
  ['-odown', master],
  ['+try-failover', master],
  ['+elected-leader', master],
  ['+failover-state-select-slave', master],
  ['+selected-slave', replica],
  ['+failover-state-send-slaveof-noone', replica],
  ['+failover-state-wait-promotion', replica],
  ['+promoted-slave', replica],
  ['+failover-state-reconf-slaves', master],
  ['+slave-reconf-sent', replica],
  ['+slave-reconf-inprog', replica],
  ['+slave-reconf-done', replica],
  ['-slave-reconf-sent-timeout', replica],
  ['+slave-reconf-sent-be', replica],
  ['+convert-to-slave', replica],
  ['+fix-slave-config', replica],
  ['+failover-end-for-timeout', master],
  ['+failover-end', master],
  ['+config-update-from', sentinel],
  ['-failover-abort-not-elected', master],
  ['-failover-abort-no-good-slave', master],
  ['-failover-abort-slave-timeout', master],
  ['-failover-abort-master-timeout', master],
  ['+slave', replica],
  ['+sentinel', sentinel],
  ['-dup-sentinel', master, `#duplicate of 127.0.0.1:26380 or ${id}`],
  ['+sentinel-address-switch', master, `ip 127.0.0.1 port 26390 for ${id}`],
  ['+sentinel-invalid-addr', sentinel],
  ['+sentinel-address-update', sentinel, '2 additional matching instances'],
  ['+role-change', replica, 'new reported role is slave'],
  ['-role-change', replica, 'new reported role is master'],
  ['+cmd-link', oldSentinel],
  ['-cmd-link', replica, '#Connection reset by peer'],
  ['+pubsub-link', replica],
  ['-pubsub-link', replica, '#Server closed the connection'],
  ['-cmd-link-reconnection', sentinel, '#Connection refused'],
  ['-pubsub-link-reconnection', master, '#Failed to initialize TLS'],
  ['+monitor', master, 'quorum 2'],
  ['-monitor', master],
  ['+set', master, 'auth-pass ******'],
  ['+reset-master', master],
];

describe('readSentinelEvent', () => {
  for (const [type, instance, rest] of withInstance) {
    const text = rest === undefined ? instance : `${instance} ${rest}`;
    it(`reads ${type} ${text}`, () => {
      assert.deepEqual(readSentinelEvent(type, text), {
        type,
        text,
        instance: instances[instance],
        masterName: 'mymaster',
        moved: undefined,
        epoch: undefined,
      });
    });
  }

  it('reads where the master moved', () => {
    const event = readSentinelEvent('+switch-master', 'mymaster 127.0.0.1 6379 127.0.0.1 6380');
    assert.deepEqual(event.moved, { fromPort: 6379, toIp: '127.0.0.1', toPort: 6380 });
    assert.deepEqual([event.masterName, event.instance], ['mymaster', undefined]);
  });

  it('reads the epoch of an election', () => {
    assert.equal(readSentinelEvent('+new-epoch', '17').epoch, 17);
    assert.equal(readSentinelEvent('+vote-for-leader', `${id} 18`).epoch, 18);
  });

  it('reads host names and IPv6, which 6.2 and newer may write', () => {
    const event = readSentinelEvent('+slave', 'slave [::1]:6380 ::1 6380 @ mymaster redis.local 6379');
    assert.deepEqual(event.instance, { type: 'slave', name: '[::1]:6380', ip: '::1', port: 6380 });
  });

  for (const [type, text] of [
    ['+tilt', '#tilt mode entered'],
    ['-tilt', '#tilt mode exited'],
    ['+script-child', '4711'],
    ['-script-child', '4711 0 0'],
    ['-script-error', '/srv/notify.sh 0 1'],
    ['-script-timeout', '/srv/notify.sh 4711'],
  ] as const) {
    it(`finds no instance and no master in ${type} ${text}`, () => {
      const event = readSentinelEvent(type, text);
      assert.deepEqual(
        [event.instance, event.masterName, event.moved, event.epoch],
        [undefined, undefined, undefined, undefined],
      );
    });
  }

  it('takes a broken message for one about nothing', () => {
    for (const text of ['', 'master', 'master mymaster', 'slave 127.0.0.1:6380 127.0.0.1', 'client a b 1'])
      assert.equal(readSentinelEvent('+sdown', text).instance, undefined, text);
  });

  it('never throws', () => {
    const type = fc.constantFrom('+switch-master', '+sdown', '+new-epoch', '+vote-for-leader', '+x');
    fc.assert(fc.property(type, fc.string(), (name, text) => void readSentinelEvent(name, text)));
  });
});
