import assert from 'node:assert/strict';
import path from 'node:path';
import { predictFailover, type FailoverPrediction } from '../../src/core/drill/prediction';
import type { FailoverCause } from '../../src/core/drill/failoverCause';
import { readyLight } from '../../src/core/drill/readyLight';
import type { LabState } from '../../src/core/model/labState';
import type { ReplicaView } from '../../src/core/model/replicaView';
import { readLab } from '../../src/node/files/readLab';
import { openLab, type OpenLab } from '../../src/node/openLab';
import { askReplicaViews } from '../../src/node/redis/replicaViews';
import { DetachedControl } from '../../src/node/process/detachedControl';
import { ServerFinder } from '../../src/node/serverFinder';
import { repoRoot } from '../support/repoRoot';
import { until } from '../support/until';
import { useLab, type TestLab } from './support/lab';
import { masterKnownBy } from './support/redis';

/** A lab that is looked at as the extension does, and what a failover now would do. */
class Watched {
  private constructor(private readonly open: OpenLab) {}

  static async of(lab: TestLab): Promise<Watched> {
    return new Watched(
      openLab(lab.dir, await readLab(lab.dir), {
        finder: new ServerFinder(),
        control: folder => new DetachedControl(folder, path.join(repoRoot, 'dist')),
      }),
    );
  }

  async state(): Promise<LabState> {
    await this.open.session.refresh();
    return this.open.session.store.state;
  }

  async isReady(): Promise<boolean> {
    const state = await this.state();
    return readyLight(state, Date.now(), { replicas: await this.replicas(state) }).isReady;
  }

  async replicas(state: LabState): Promise<ReadonlyMap<string, readonly ReplicaView[]>> {
    return askReplicaViews(state, node => this.open.folder.passwordOf(node));
  }

  async predict(cause: FailoverCause = 'kill'): Promise<FailoverPrediction> {
    const state = await this.state();
    return predictFailover(state, Date.now(), { cause, replicas: await this.replicas(state) });
  }

  close(): void {
    this.open.session.dispose();
  }
}

describe('the prediction of a failover', () => {
  // Long enough that a busy machine does not make a Sentinel take a node for down.
  const lab = useLab({ replicas: 3, sentinels: 3, more: ['--down-after', '3000'] });
  let watched: Watched;

  const portOf = (name: string | undefined): number => Number(name?.split('-').at(-1));
  const ready = (): Promise<unknown> =>
    until('the ready light is on', async () => watched.isReady(), {
      timeout: 60_000,
    });
  /** Waits until the Sentinels know what the replicas say now: they ask every ten seconds. */
  const sentinelsKnow = (port: number, priority: number): Promise<unknown> =>
    until(
      `the Sentinels know the priority of ${port}`,
      async () => {
        const state = await watched.state();
        const views = await watched.replicas(state);
        return (
          views.size === 3 &&
          [...views.values()].every(list => list.find(view => view.port === port)?.priority === priority)
        );
      },
      { timeout: 20_000 },
    );

  before('the lab runs and is ready', async () => {
    await lab.output('up');
    watched = await Watched.of(lab);
    await ready();
  });

  after(() => watched.close());

  it('reads of each Sentinel what it knows of the replicas', async () => {
    const state = await watched.state();
    const views = await watched.replicas(state);
    assert.equal(views.size, 3);
    for (const list of views.values()) {
      assert.deepEqual(
        list.map(view => view.port).toSorted((a, b) => a - b),
        lab.serverPorts.slice(1),
      );
      for (const view of list) {
        assert.match(view.runId ?? '', /^[0-9a-f]{40}$/);
        assert.deepEqual([view.priority, view.isMasterLinkUp, view.flags], [100, true, ['slave']]);
        assert.ok(view.lastOkPingReply >= 0 && Number.isFinite(view.infoAge));
      }
    }
  });

  it('names the replica with the smallest run id where all else is the same, and the others as possible', async () => {
    const prediction = await watched.predict();
    const replicas = lab.serverPorts.slice(1);
    const runIds = await Promise.all(
      replicas.map(async port => [await lab.info(port, 'run_id'), port] as const),
    );
    const [smallest] = runIds.toSorted(([a], [b]) => (a < b ? -1 : 1));
    assert.deepEqual([prediction.outcome, portOf(prediction.promoted)], ['promotes', smallest?.[1]]);
    assert.equal(prediction.rivals.length, 2);
  });

  it('names the replica that is then promoted, by its priority', async () => {
    const [, , second = 0, third = 0] = lab.serverPorts;
    await lab.ask(second, 'CONFIG', 'SET', 'slave-priority', '0');
    await lab.ask(third, 'CONFIG', 'SET', 'slave-priority', '20');
    await sentinelsKnow(third, 20);
    const prediction = await watched.predict();
    assert.deepEqual(
      [portOf(prediction.promoted), prediction.selection.basis, prediction.rivals],
      [third, 'priority', []],
    );
    const out = prediction.selection.verdicts.find(({ candidate }) => portOf(candidate.name) === second);
    assert.equal(out?.leftOut, 'priority-0');
    assert.deepEqual([prediction.agreeing, prediction.voting, prediction.majority], [3, 3, 2]);
    await lab.output('kill', String(lab.port));
    assert.equal(await lab.agreedMaster({ not: lab.port }), third);
  });

  it('names the replica that has more data, where one has lost its master', async () => {
    const [first = 0, behind = 0, never = 0, master = 0] = lab.serverPorts;
    await lab.output('start', String(first));
    await until('it is a replica', async () => (await lab.info(first, 'role')) === 'slave', {
      timeout: 30_000,
    });
    await ready();
    // Nobody listens on port 1, so its link stays down until the next leader tells it otherwise.
    await lab.ask(behind, 'REPLICAOF', '127.0.0.1', '1');
    await lab.ask(master, 'SET', 'large', 'x'.repeat(100_000));
    await until('the other one has it', async () => Number(await lab.ask(first, 'STRLEN', 'large')) > 0);
    const prediction = await watched.predict();
    assert.deepEqual(
      [portOf(prediction.promoted), prediction.selection.basis, prediction.rivals],
      [first, 'offset', []],
    );
    const verdicts = prediction.selection.verdicts.map(
      ({ candidate, leftOut, beatenBy }) => [portOf(candidate.name), leftOut ?? beatenBy] as const,
    );
    assert.deepEqual(verdicts, [
      [first, undefined],
      [behind, 'offset'],
      [never, 'priority-0'],
    ]);
    await lab.output('kill', String(master));
    assert.equal(await lab.agreedMaster({ not: master }), first);
  });

  it('says that a quorum is missing when two of three Sentinels are stopped, and there is no failover', async () => {
    const [one = 0, two = 0, three = 0] = lab.sentinelPorts;
    await lab.output('stop', String(two));
    await lab.output('stop', String(three));
    const prediction = await watched.predict();
    assert.deepEqual(
      [prediction.outcome, prediction.agreeing, prediction.quorum, prediction.promoted],
      ['no-quorum', 1, 2, undefined],
    );
    const master = portOf(prediction.master);
    await until('what the others said of the last master is forgotten', async () => {
      const others = (await lab.ask(
        one,
        'SENTINEL',
        'SENTINELS',
        'mymaster',
      )) as readonly (readonly string[])[];
      return others.every(fields => !fields[fields.indexOf('flags') + 1]?.includes('master_down'));
    });
    assert.equal(await watched.isReady(), false);
    await lab.output('kill', String(master));
    await until('the last Sentinel finds it down', async () =>
      (await masterKnownBy(one)).flags.includes('s_down'),
    );
    const known = await masterKnownBy(one);
    assert.deepEqual([known.port, known.flags.includes('o_down')], [master, false]);
  });

  it('says that a majority is missing where one Sentinel is a quorum, and the vote comes to nothing', async () => {
    const [one = 0] = lab.sentinelPorts;
    const master = portOf((await watched.predict()).master);
    await lab.output('start', String(master));
    await until('it is up again', async () => (await masterKnownBy(one)).flags === 'master', {
      timeout: 20_000,
    });
    await lab.ask(one, 'SENTINEL', 'SET', 'mymaster', 'quorum', '1');
    await lab.ask(one, 'SENTINEL', 'SET', 'mymaster', 'failover-timeout', '3000');
    const prediction = await watched.predict();
    assert.deepEqual(
      [prediction.outcome, prediction.voting, prediction.majority, prediction.retryMs],
      ['no-majority', 1, 2, 6_000],
    );
    await lab.output('kill', String(master));
    await until('it tries', async () => (await masterKnownBy(one)).flags.includes('failover_in_progress'), {
      timeout: 20_000,
    });
    await until(
      'it gives up',
      async () => !(await masterKnownBy(one)).flags.includes('failover_in_progress'),
      {
        timeout: 20_000,
      },
    );
    assert.equal((await masterKnownBy(one)).port, master);
  });
});
