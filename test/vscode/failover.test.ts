import assert from 'node:assert/strict';
import { Redis } from 'ioredis';
import { commandIds } from '../../src/contributions';
import { masterPort } from '../../src/core/model/labState';
import type { RedisHaLabApi } from '../../src/extension';
import type { Disposable } from '../../src/lab/emitter';
import type { FailoverNews } from '../../src/ui/events/failoverNews';
import { until } from '../support/until';
import { extension, hideView, note, runCommand, showView } from './support/extension';
import { TestLab } from './support/testLab';

/** Times when a Sentinel's `+switch-master` arrived in this process, over a connection of the test's own. */
interface Switch {
  readonly sentinel: number;
  readonly to: number;
  readonly at: number;
}

async function listen(sentinels: readonly number[], heard: Switch[]): Promise<Redis[]> {
  return Promise.all(
    sentinels.map(async sentinel => {
      const client = new Redis({ port: sentinel, lazyConnect: true, retryStrategy: () => null });
      client.on('error', () => {});
      client.on('message', (_channel: string, message: string) => {
        heard.push({ sentinel, to: Number(message.split(' ').at(-1)), at: performance.now() });
      });
      await client.connect();
      await client.subscribe('+switch-master');
      return client;
    }),
  );
}

function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

function summary(samples: readonly number[]): string {
  const sorted = samples.toSorted((a, b) => a - b);
  const [p50, p95] = [percentile(sorted, 0.5), percentile(sorted, 0.95)];
  return `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, n = ${samples.length}`;
}

describe('the death of the master', () => {
  let api: RedisHaLabApi;
  let lab: TestLab;
  let old: number;
  let listening: Disposable | undefined;
  const told: FailoverNews[] = [];

  before(async () => {
    api = await extension();
    await showView();
    lab = await TestLab.write(api, 'failing-lab', { failoverTimeout: 5_000 });
    await lab.appears();
    await lab.run(commandIds.startLab);
    old = lab.servers[0]!;
    listening = api.news.onDidTell(news => {
      if (news.lab === lab.directory) told.push(news);
    });
  });
  after(async () => {
    listening?.dispose();
    await lab.remove();
  });

  it('moves the row of the new master, and keeps all ids', async () => {
    const ids = new Map(lab.rows().map(({ label, id }) => [label, id]));
    const heard: Switch[] = [];
    const clients = await listen(lab.sentinels, heard);
    let movedAt = 0;
    const listening = api.tree.onDidChangeTreeData(() => {
      if (lab.master !== undefined && lab.master !== old && lab.group(lab.master) === 'masters')
        movedAt ||= performance.now();
    });
    await lab.run(commandIds.killNode, old);
    await lab.until('the killed one is shown as such', () => lab.row(old).context === 'node server crashed');
    await until('the row has moved', () => movedAt > 0 && heard.length > 0, { timeout: 40_000 });
    listening.dispose();
    for (const client of clients) client.disconnect();

    note(`row moved ${(movedAt - heard[0]!.at).toFixed(0)} ms after the first +switch-master`);
    assert.equal(lab.master, heard[0]!.to);
    assert.match(lab.row(heard[0]!.to).description, /^master · .* · was replica until \d\d:\d\d:\d\d$/);
    for (const port of [...lab.servers, ...lab.sentinels])
      assert.equal(lab.row(port).id, ids.get(String(port)));
  });

  it('is told in one sentence when it is over, and only once', async () => {
    // Sentinels that all ask at the same moment split the votes, and a busy machine may see a second failover: the last one counts.
    const last = (): FailoverNews | undefined =>
      told.findLast(({ failover }) => failover.outcome === 'succeeded');
    await until('the failover to this master is told', () => last()?.failover.to?.port === lab.master, {
      timeout: 20_000,
    });
    const news = last()!;
    assert.equal(news.lab, lab.directory);
    assert.match(
      news.sentence,
      new RegExp(
        `^mymaster moved from 127\\.0\\.0\\.1:\\d+ to 127\\.0\\.0\\.1:${lab.master} in [\\d.]+ s \\(epoch \\d, leader sentinel-\\d+\\)`,
      ),
    );
    const epochs = told.map(({ failover }) => failover.epoch);
    assert.deepEqual(epochs, [...new Set(epochs)]);
  });

  it('says what the lab waits for', async () => {
    await lab.until('the failover is over', () => lab.labRow.description === `degraded: ${old} has crashed`);
    await lab.until('all Sentinels agree', () =>
      lab.sentinels.every(port => lab.row(port).description.startsWith(`master ${lab.master} · epoch `)),
    );
    assert.equal(lab.group(old), 'idle');
    assert.match(lab.row(old).description, /^killed \(SIGKILL\) · was master until/);
  });

  it('ends with the old master as a replica when it is started again', async () => {
    await lab.run(commandIds.startNode, old);
    await lab.until('it is a replica', () => lab.group(old) === 'replicas');
    await lab.ready();
    assert.match(lab.labRow.description, new RegExp(`^ready · master ${lab.master} · epoch \\d$`));
  });

  it('is told without a visible view as well, and then it is quiet', async () => {
    await hideView();
    const before = lab.master!;
    await lab.run(commandIds.killNode, before);
    await lab.until('another master', () => lab.master !== undefined && lab.master !== before);
    // The answers to what was asked before may still come.
    let events = 0;
    let last = performance.now();
    const listening = api.tree.onDidChangeTreeData(() => {
      events++;
      last = performance.now();
    });
    await until('no event for two seconds', () => performance.now() - last > 2_000, { timeout: 20_000 });
    listening.dispose();
    note(`${events} events came after the view was hidden`);
    await showView();
  });
});

describe('failovers on request', () => {
  const times = 4;
  let api: RedisHaLabApi;
  let lab: TestLab;

  before(async () => {
    api = await extension();
    await showView();
    lab = await TestLab.write(api, 'moving-lab', { replicas: times, parallelSyncs: times });
    await lab.appears();
    await lab.run(commandIds.startLab);
  });
  after(() => lab.remove());

  it('reach the tree as soon as a Sentinel tells of them', async function () {
    this.timeout(180_000);
    const heard: Switch[] = [];
    const masterTimes: number[] = [];
    const sentinelTimes: number[] = [];
    const clients = await listen(lab.sentinels, heard);

    for (let round = 0; round < times; round++) {
      heard.length = 0;
      const before = lab.opened.session.store.state;
      const masters = new Set(lab.servers.filter(port => lab.group(port) === 'masters'));
      const shownAt = new Map<number, number>();
      const listening = api.tree.onDidChangeTreeData(() => {
        const now = performance.now();
        const told = heard.filter(({ sentinel, to }) =>
          lab.row(sentinel).description.startsWith(`master ${to} `),
        );
        const moved = lab.servers.filter(port => !masters.has(port) && lab.group(port) === 'masters');
        for (const port of [...told.map(({ sentinel }) => sentinel), ...moved])
          if (!shownAt.has(port)) shownAt.set(port, now);
      });
      await until(
        'a Sentinel does the failover',
        async () => {
          // Right after the last one it does not know enough of the replicas: NOGOODSLAVE, INPROG.
          const messages = await runCommand(commandIds.failover, lab.ref());
          return messages.length === 0;
        },
        { timeout: 60_000, every: 250 },
      );
      await lab.until('every Sentinel tells of it', () =>
        lab.sentinels.every(port => shownAt.has(port) && heard.some(({ sentinel }) => sentinel === port)),
      );
      listening.dispose();

      const [{ to, at }] = heard as [Switch];
      assert.notEqual(to, masterPort(before));
      await lab.until('the row stands under Master', () => lab.group(to) === 'masters');
      masterTimes.push((shownAt.get(to) ?? performance.now()) - at);
      for (const told of heard) sentinelTimes.push(shownAt.get(told.sentinel)! - told.at);
    }
    for (const client of clients) client.disconnect();
    note(
      `+switch-master to the row of the new master: ${summary(masterTimes)} (below 0: INFO told it before)`,
    );
    note(`+switch-master to the row of the Sentinel that said it: ${summary(sentinelTimes)}`);
    await lab.ready();
  });

  it('is refused with the words of the Sentinel when no replica is good enough', async function () {
    // Every Sentinel has to notice by itself, one after the other here.
    this.timeout(150_000);
    const replicas = lab.servers.filter(port => port !== lab.master);
    await lab.run(commandIds.stopNode, ...replicas);
    for (const port of lab.sentinels) {
      const client = new Redis({ port });
      await until(
        `Sentinel ${port} knows that the replicas are gone`,
        async () => {
          const known = (await client.call('SENTINEL', 'REPLICAS', 'mymaster')) as string[][];
          const flags = known.map(reply => reply[reply.indexOf('flags') + 1] ?? '');
          // Not "disconnected": while it tries to connect again, a Sentinel does not say so.
          return flags.every(text => text.includes('s_down'));
        },
        { timeout: 30_000 },
      );
      client.disconnect();
    }
    const [message] = await runCommand(commandIds.failover, lab.ref());
    assert.match(message ?? '', /^sentinel-\d+ refused the failover: NOGOODSLAVE/);
    await lab.terminalCount(lab.sentinels.length + 1);
  });
});
