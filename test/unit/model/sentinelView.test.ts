import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readSentinelView } from '../../../src/core/model/sentinelView';
import { sentinelMasterFixture } from '../../support/fixtures';

const ok = 'OK 3 usable Sentinels. Quorum and failover authorization can be reached';

describe('readSentinelView', () => {
  for (const [name, port, answeredBefore] of [
    ['redis-7.0.15', 28_100, 85],
    ['valkey-9.1', 28_110, 125],
  ] as const) {
    it(`reads what a Sentinel of ${name} said`, () => {
      assert.deepEqual(readSentinelView(sentinelMasterFixture(name), ok), {
        masterHost: '127.0.0.1',
        masterPort: port,
        flags: ['master'],
        configEpoch: 0,
        knownReplicas: 1,
        knownSentinels: 0,
        quorum: 1,
        downAfterMilliseconds: 30_000,
        failoverTimeout: 180_000,
        parallelSyncs: 1,
        answeredBefore,
        quorumOk: true,
        quorumText: ok,
        hellos: undefined,
      });
    });
  }

  it('reads flags as words', () => {
    const view = readSentinelView(['flags', 's_down,o_down,master,failover_in_progress'], ok);
    assert.deepEqual(view.flags, ['s_down', 'o_down', 'master', 'failover_in_progress']);
    assert.deepEqual(readSentinelView(['flags', ''], ok).flags, []);
  });

  it('takes an error of CKQUORUM for what it says', () => {
    const text =
      'NOQUORUM 1 usable Sentinels. Not enough available Sentinels to reach the majority and authorize a failover';
    const view = readSentinelView(['num-other-sentinels', '2', 'quorum', '2'], text);
    assert.deepEqual([view.quorumOk, view.quorumText], [false, text]);
  });

  it('counts Sentinels where the version has no CKQUORUM', () => {
    const unknown = "ERR Unknown sentinel subcommand 'ckquorum'";
    const view = (others: string): readonly unknown[] => {
      const { quorumOk, quorumText } = readSentinelView(
        ['num-other-sentinels', others, 'quorum', '2'],
        unknown,
      );
      return [quorumOk, quorumText];
    };
    assert.deepEqual(view('1'), [true, undefined]);
    assert.deepEqual(view('0'), [false, undefined]);
  });

  it('never throws, whatever the list', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (list, text) => void readSentinelView(list, text)),
    );
  });
});
