import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Recogniser } from '../../../src/core/log/logRecord';
import { readLogLine } from '../../../src/core/log/logLine';
import { nodesOf, type LabState } from '../../../src/core/model/labState';
import { Replay } from '../../../src/core/replay/replay';
import type { ReplayFault, ReplayLine } from '../../../src/core/replay/replayLine';
import { makeLab } from '../../support/labs';

const lab = makeLab();
const recogniser = new Recogniser();
const down = '+sdown master mymaster 127.0.0.1 6379';
const up = '-sdown master mymaster 127.0.0.1 6379';

/** `second node message`; names as `6379` and `26379`. */
function lines(text: string): readonly ReplayLine[] {
  return text
    .trim()
    .split('\n')
    .map((line): ReplayLine => {
      const [, second = '', port = '', rest = ''] = /^\s*(\d+) (\d+) (.*)$/.exec(line) ?? [];
      const isSentinel = port.startsWith('2');
      const letter = isSentinel ? 'X' : rest.startsWith('S ') ? 'S' : 'M';
      const head = readLogLine(`1${port}:${letter} 23 Nov 2026 12:00:00.000 # ${rest.replace(/^[SM] /, '')}`);
      return {
        at: Number(second) * 1_000,
        node: `${isSentinel ? 'sentinel' : 'redis'}-${port}`,
        kind: isSentinel ? 'sentinel' : 'server',
        role: undefined,
        record: { head, said: recogniser.recognise(head) },
      };
    });
}

/** All three Sentinels say the same. */
const all = (second: number, message: string): string =>
  [26379, 26380, 26381].map(port => `${second} ${port} ${message}`).join('\n');

const running = `
0 6379 M Ready to accept connections
0 6380 S MASTER <-> REPLICA sync: Finished with success
0 6381 S MASTER <-> REPLICA sync: Finished with success
${all(1, '+new-epoch 1')}`;

const statusAt = (replay: Replay, second: number, port: number): unknown => {
  const node = nodesOf(replay.stateAt(second * 1_000)).find(({ spec }) => spec.port === port);
  return node?.failure === undefined ? node?.status : `${node.status}, ${node.failure}`;
};
const replayOf = (text: string, faults: readonly ReplayFault[] = []): Replay =>
  Replay.of(lab, lines(text), { faults });

describe('a replay', () => {
  it('takes a node that never speaks again for gone, from the first sign on', () => {
    const replay = replayOf(`${running}\n5 6380 S Connection with master lost.\n${all(7, down)}`);
    assert.equal(statusAt(replay, 4, 6379), 'running');
    assert.equal(statusAt(replay, 5, 6379), 'crashed');
    assert.equal(statusAt(replay, 9, 6379), 'crashed');
  });

  it('takes one that goes on logging for not reached, until it answers', () => {
    const replay = replayOf(
      `${running}\n${all(7, down)}\n8 6379 M Background saving started by pid 7\n${all(12, up)}`,
    );
    assert.equal(statusAt(replay, 6, 6379), 'running');
    assert.equal(statusAt(replay, 8, 6379), 'running, timeout');
    assert.equal(statusAt(replay, 12, 6379), 'running');
  });

  it('takes one that starts again for gone in between', () => {
    const replay = replayOf(
      `${running}\n${all(7, down)}\n9 6379 oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n10 6379 M Ready to accept connections`,
    );
    assert.deepEqual(
      [6, 7, 9, 10].map(second => statusAt(replay, second, 6379)),
      ['running', 'crashed', 'starting', 'running'],
    );
  });

  it('does not take the word of one Sentinel against two', () => {
    const replay = replayOf(`${running}\n7 26379 ${down}\n20 26380 +new-epoch 2`);
    assert.equal(statusAt(replay, 10, 6379), 'running');
    assert.deepEqual(replay.stateAt(10_000).nodes['sentinel-26379']?.view?.flags, ['master', 's_down']);
  });

  it('tells a graceful end from others', () => {
    const replay = replayOf(`${running}\n5 6381 S Redis is now ready to exit, bye bye...`);
    assert.equal(statusAt(replay, 5, 6381), 'stopped');
  });

  it('knows what was done to nodes on purpose', () => {
    const replay = replayOf(`${running}\n${all(7, down)}\n${all(12, up)}`, [
      { fault: { type: 'freeze', node: 'redis-6379' }, from: 5_500, to: 11_000 },
      { fault: { type: 'kill', node: 'redis-6381' }, from: 6_500, to: undefined },
    ]);
    assert.equal(statusAt(replay, 6, 6379), 'frozen');
    // Nobody says sooner that it answers than who let it go on.
    assert.equal(statusAt(replay, 11, 6379), 'running');
    assert.equal(statusAt(replay, 6, 6381), 'running');
    assert.equal(statusAt(replay, 7, 6381), 'crashed');
    assert.equal(replay.stateAt(7_000).nodes['redis-6381']?.process.exit?.signal, 'SIGKILL');
    assert.deepEqual(
      [5_000, 6_000, 7_000, 11_000].map(at => replay.stateAt(at).faults.map(({ fault }) => fault.type)),
      [[], ['freeze'], ['freeze', 'kill'], ['kill']],
    );
    assert.deepEqual(
      replay.moments.filter(at => at % 1_000 !== 0),
      [5_500, 6_500],
    );
  });

  it('gives what a Sentinel would answer to CKQUORUM', () => {
    const text = `${running}
5 26379 +sdown sentinel ${'a'.repeat(40)} 127.0.0.1 26380 @ mymaster 127.0.0.1 6379
6 26379 +sdown sentinel ${'b'.repeat(40)} 127.0.0.1 26381 @ mymaster 127.0.0.1 6379`;
    const view = replayOf(text).stateAt(6_000).nodes['sentinel-26379']?.view;
    assert.equal(view?.quorumOk, false);
    assert.equal(
      view?.quorumText,
      'NOQUORUM 1 usable Sentinels. Not enough available Sentinels to reach the specified quorum for this master. Not enough available Sentinels to reach the majority and authorize a failover',
    );
  });

  it('knows when a process was gone that wrote its last line long before', () => {
    const kill: ReplayFault = { fault: { type: 'kill', node: 'redis-6379' }, from: 5_500, to: undefined };
    const replay = replayOf(`${running}\n${all(7, down)}`, [kill]);
    assert.equal(replay.endAfter('redis-6379', 0), 5_500);
    assert.equal(replay.endAfter('redis-6380', 0), undefined);
  });

  it('does not say that a node without a log has crashed: it may only not be reached', () => {
    const text = `0 26379 +monitor master mymaster 127.0.0.1 6379 quorum 2\n${all(7, down)}`;
    assert.equal(statusAt(replayOf(text), 6, 6379), 'running');
    assert.equal(statusAt(replayOf(text), 9, 6379), 'running, timeout');
    const kill: ReplayFault = { fault: { type: 'kill', node: 'redis-6379' }, from: 5_500, to: undefined };
    assert.equal(statusAt(replayOf(text, [kill]), 9, 6379), 'crashed');
  });

  it('says the same where no Sentinel speaks of it, but a replica has lost it', () => {
    const text = `0 6380 S Connecting to MASTER 127.0.0.1:6379
0 6380 S MASTER <-> REPLICA sync: Finished with success
5 6380 S Connection with master lost.`;
    assert.equal(statusAt(replayOf(text), 4, 6379), 'running');
    assert.equal(statusAt(replayOf(text), 9, 6379), 'running, timeout');
    const back = `${text}\n7 6380 S MASTER <-> REPLICA sync: Finished with success`;
    assert.equal(statusAt(replayOf(back), 9, 6379), 'running');
    assert.equal(statusAt(replayOf(`0 6379 M Ready to accept connections\n${text}`), 9, 6379), 'crashed');
  });

  it('of Sentinels alone tells of the master who replicates from it, before and after a failover', () => {
    const replay = replayOf(
      `${all(0, '+monitor master mymaster 127.0.0.1 6379 quorum 2')}
${[6380, 6381].map(port => all(1, `+slave slave 127.0.0.1:${port} 127.0.0.1 ${port} @ mymaster 127.0.0.1 6379`)).join('\n')}
${all(7, down)}
${all(9, '+switch-master mymaster 127.0.0.1 6379 127.0.0.1 6381')}`,
    );
    const replicasAt = (second: number, port: number): readonly number[] | undefined =>
      nodesOf(replay.stateAt(second * 1_000))
        .find(({ spec }) => spec.port === port)
        ?.info?.replicas.map(replica => replica.port);
    assert.deepEqual(replicasAt(6, 6379), [6380, 6381]);
    assert.deepEqual(replicasAt(9, 6381), [6380]);
    assert.deepEqual(replicasAt(9, 6380), []);
  });

  it('of one Sentinel alone does not tell whether others are within reach', () => {
    const alone = makeLab({ sentinels: 1, quorum: 1 });
    const viewOf = (text: string): unknown => {
      const state = Replay.of(alone, lines(text)).stateAt(9_000);
      const { knownSentinels, quorumOk } = state.nodes['sentinel-26379']?.view ?? {};
      return [knownSentinels, quorumOk];
    };
    assert.deepEqual(viewOf(`1 26379 ${down}`), [0, true]);
    assert.deepEqual(viewOf(`1 26379 ${down}\n2 26379 127.0.0.1:26380 voted for ${'a'.repeat(40)} 1`), [
      undefined,
      undefined,
    ]);
  });

  it('of no lines at all is an empty lab', () => {
    const replay = Replay.of(lab, []);
    assert.deepEqual([replay.from, replay.to, replay.moments], [0, 0, []]);
    assert.ok(nodesOf(replay.stateAt(1)).every(({ status }) => status === 'stopped'));
  });

  it('gives the same state of a moment however one got there', () => {
    const text = Array.from({ length: 2_000 }, (_, second) =>
      second % 2 === 0 ? all(second + 2, down) : all(second + 2, up),
    ).join('\n');
    const long = lines(`${running}\n${text}`);
    const inOrder: LabState[] = [];
    const played = Replay.of(lab, long);
    for (let second = 0; second <= 2_002; second++) inOrder.push(played.stateAt(second * 1_000));
    const sought = Replay.of(lab, long);
    fc.assert(
      fc.property(fc.array(fc.nat(2_002), { maxLength: 10 }), seconds => {
        for (const second of seconds) assert.deepEqual(sought.stateAt(second * 1_000), inOrder[second]);
      }),
      { numRuns: 40 },
    );
  });
});
