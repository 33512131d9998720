import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readReplicaViews } from '../../../src/core/model/replicaView';

const entry = (fields: Readonly<Record<string, string>>): string[] => Object.entries(fields).flat();

describe('readReplicaViews', () => {
  it('reads what a Sentinel of 7.0 says of a replica', () => {
    const reply = [
      entry({
        name: '127.0.0.1:6380',
        ip: '127.0.0.1',
        port: '6380',
        runid: 'a'.repeat(40),
        flags: 's_down,slave,disconnected',
        'last-ok-ping-reply': '1234',
        'info-refresh': '5678',
        'master-link-down-time': '9000',
        'master-link-status': 'err',
        'slave-priority': '50',
        'slave-repl-offset': '4096',
      }),
    ];
    assert.deepEqual(readReplicaViews(reply), [
      {
        host: '127.0.0.1',
        port: 6380,
        flags: ['s_down', 'slave', 'disconnected'],
        lastOkPingReply: 1_234,
        infoAge: 5_678,
        masterLinkDownTime: 9_000,
        isMasterLinkUp: false,
        priority: 50,
        offset: 4_096,
        runId: 'a'.repeat(40),
      },
    ]);
  });

  it('takes a replica that was never asked for one whose INFO is as old as can be', () => {
    const [view] = readReplicaViews([entry({ port: '6380', runid: '', 'info-refresh': '0' })]);
    assert.deepEqual([view?.infoAge, view?.runId, view?.priority], [Infinity, undefined, 100]);
    const [young] = readReplicaViews([entry({ port: '6380', runid: 'b', 'info-refresh': '0' })]);
    assert.equal(young?.infoAge, 0);
  });

  it('never throws, whatever the reply', () => {
    fc.assert(fc.property(fc.anything(), reply => void readReplicaViews(reply)));
    fc.assert(fc.property(fc.array(fc.array(fc.string())), reply => void readReplicaViews(reply)));
  });
});
