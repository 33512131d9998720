import assert from 'node:assert/strict';
import { Replay } from '../../../src/core/replay/replay';
import { recordedLab } from '../../support/recordings';

/** Three machines with the same ports, as in production: what the Sentinel on the first one logged. */
const sentinel = `
7:X 23 Nov 2026 10:00:00.000 # +monitor master cache 10.0.0.1 6379 quorum 2
7:X 23 Nov 2026 10:00:00.001 * +slave slave 10.0.0.2:6379 10.0.0.2 6379 @ cache 10.0.0.1 6379
7:X 23 Nov 2026 10:00:00.002 * +slave slave 10.0.0.3:6379 10.0.0.3 6379 @ cache 10.0.0.1 6379
7:X 23 Nov 2026 10:00:02.000 * +sentinel sentinel ${'b'.repeat(40)} 10.0.0.2 26379 @ cache 10.0.0.1 6379
7:X 23 Nov 2026 10:00:02.000 * +sentinel sentinel ${'c'.repeat(40)} 10.0.0.3 26379 @ cache 10.0.0.1 6379
7:X 23 Nov 2026 10:01:00.000 # +sdown master cache 10.0.0.1 6379
7:X 23 Nov 2026 10:01:00.100 # +new-epoch 1
7:X 23 Nov 2026 10:01:01.000 # +config-update-from sentinel ${'b'.repeat(40)} 10.0.0.2 26379 @ cache 10.0.0.1 6379
7:X 23 Nov 2026 10:01:01.000 # +switch-master cache 10.0.0.1 6379 10.0.0.3 6379
7:X 23 Nov 2026 10:01:01.001 * +slave slave 10.0.0.2:6379 10.0.0.2 6379 @ cache 10.0.0.3 6379
7:X 23 Nov 2026 10:01:01.001 * +slave slave 10.0.0.1:6379 10.0.0.1 6379 @ cache 10.0.0.3 6379
7:X 23 Nov 2026 10:01:31.001 # +sdown slave 10.0.0.1:6379 10.0.0.1 6379 @ cache 10.0.0.3 6379
`.trim();

describe('labOfReport', () => {
  const { lab, hosts, entries } = recordedLab({ 'sentinel-a.log': sentinel });

  it('makes a lab of all nodes that a log speaks of and that have one', () => {
    assert.equal(lab.masterName, 'cache');
    assert.equal(lab.quorum, 2);
    assert.deepEqual(
      lab.nodes.map(({ name, log }) => [name, log]),
      [
        ['redis-10.0.0.1:6379', ''],
        ['redis-10.0.0.2:6379', ''],
        ['redis-10.0.0.3:6379', ''],
        [lab.nodes[3]?.name, 'sentinel-a.log'],
      ],
    );
    assert.equal(hosts.get('redis-10.0.0.3:6379'), '10.0.0.3');
  });

  it('tells nodes on several machines with one port apart', () => {
    const replay = Replay.of(lab, entries, { hosts });
    const rolesAt = (at: number): unknown =>
      lab.nodes.slice(0, 3).map(({ name }) => {
        const node = replay.stateAt(at).nodes[name];
        return node?.failure ?? (node?.status === 'running' ? node.role : node?.status);
      });
    assert.deepEqual(rolesAt(replay.from), ['master', 'replica', 'replica']);
    assert.deepEqual(rolesAt(replay.to), ['timeout', 'replica', 'master']);
  });
});
