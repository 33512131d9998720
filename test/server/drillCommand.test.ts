import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../support/until';
import { useTemporaryFolder } from '../support/temporaryFolder';
import { errorOf, outputOf, runCli, startCli } from './support/cli';
import { useLab } from './support/lab';
import { useLabFolder } from './support/labFolder';
import { processesIn } from './support/processes';

/** What `drill --json` promises (docs/CLI.md), as far as it is looked at here. */
interface DrillOutput {
  readonly scenario: string;
  readonly passed: boolean;
  readonly outcome: string;
  readonly newMaster: number;
  readonly epoch: number;
  readonly leader: string;
  readonly expectations: readonly { readonly text: string; readonly ok: boolean; readonly found: string }[];
  readonly failovers: readonly { readonly epoch: number; readonly outcome: string }[];
  readonly probe: {
    readonly acknowledged: number;
    readonly lost: number;
    readonly errors: Readonly<Record<string, number>>;
    readonly outageMs: number;
    readonly staleMasterWindowMs: number;
    readonly ledger: { readonly run: string };
  };
}

const twoMinutes = 120_000;

describe('drill in a lab that is there', () => {
  const lab = useLab({ replicas: 2, sentinels: 3 });
  before('it runs', () => lab.output('up'));

  it('breaks it, measures, reports as the contract says, and leaves it running', async () => {
    const out = lab.file('out');
    const printed = JSON.parse(
      outputOf(await lab.run('drill', 'kill-master', '--json', '--keep', '--out', out)),
    ) as DrillOutput;
    assert.ok(printed.passed, JSON.stringify(printed.expectations));
    assert.equal(printed.newMaster, await lab.agreedMaster({ not: lab.port }));
    // On a busy machine a second Sentinel can win right after the first, in an epoch of its own.
    const { epoch, outcome } = printed.failovers.at(-1)!;
    assert.deepEqual({ epoch, outcome }, { epoch: printed.epoch, outcome: 'succeeded' });
    const { acknowledged, lost, ledger } = printed.probe;
    const keys = (await lab.ask(printed.newMaster, 'KEYS', `probe:${ledger.run}:*`)) as readonly string[];
    const numbered = keys.filter(key => !key.endsWith(':seen'));
    // What got no answer may be there, too.
    assert.ok(numbered.length >= acknowledged - lost);
    const status = await lab.status();
    assert.deepEqual(status.faults, []);
    assert.ok(status.nodes.every(({ state }) => state === 'running'));
    const report = readFileSync(path.join(out, 'report.md'), 'utf8');
    assert.match(report, /^# Kill the master: as expected\. mymaster moved from /);
    assert.match(readFileSync(path.join(out, 'report.svg'), 'utf8'), /^<svg /);
    assert.equal(
      (JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8')) as DrillOutput).scenario,
      'kill-master',
    );
    assert.equal(readdirSync(path.join(out, 'logs')).length, 6);
  }).timeout(twoMinutes);

  it('heals it when the command line is killed in the middle', async () => {
    await lab.output('ready', '--wait');
    const running = lab.start('drill', 'kill-master');
    await until('the master is dead', async () => (await lab.status()).faults.length > 0, {
      timeout: 60_000,
    });
    running.child.kill('SIGKILL');
    await running.ended;
    await until(
      'everything runs again, and no fault is on',
      async () => {
        const { nodes, faults } = await lab.status();
        return faults.length === 0 && nodes.every(({ state }) => state === 'running');
      },
      { timeout: 30_000 },
    );
    await until('only the nodes are left', () => processesIn(lab.dir).length === 6, { timeout: 20_000 });
  }).timeout(twoMinutes);

  it('undoes everything when it is interrupted', async () => {
    await lab.output('ready', '--wait');
    const running = lab.start('drill', 'freeze-master');
    await until('the master is frozen', async () => (await lab.status()).faults.length > 0, {
      timeout: 60_000,
    });
    running.child.kill('SIGINT');
    const ended = await running.ended;
    assert.equal(ended.code, 1);
    assert.match(ended.stderr, /redis-ha-lab: Interrupted\.\n$/);
    const { nodes, faults } = await lab.status();
    assert.deepEqual(faults, []);
    assert.ok(nodes.every(({ state }) => state === 'running'));
    assert.equal(processesIn(lab.dir).length, 6);
  }).timeout(twoMinutes);

  it('says in one message what a lab lacks', async () => {
    const message = errorOf(await lab.run('drill', 'wrong-masterauth'), 1);
    assert.match(message, /cannot be done in the lab .* It needs a lab with a password\./);
    assert.match(errorOf(await lab.run('drill', 'isolated-master'), 1), /"network": true/);
  });
});

describe('drill in a temporary lab', () => {
  const folder = useLabFolder();
  const env = (): Readonly<Record<string, string>> => ({ TMPDIR: folder.dir });

  it('removes it also when the command line is killed', async () => {
    const running = startCli(['drill', '-', 'kill-master'], { env: env() });
    await until('all Sentinels are being waited for', () => running.printed.stderr.includes('was killed'), {
      timeout: 60_000,
    });
    running.child.kill('SIGKILL');
    await running.ended;
    await until('no process is left', () => processesIn(folder.dir).length === 0, { timeout: 30_000 });
    await until('no folder is left', () => readdirSync(folder.dir).length === 0, { timeout: 10_000 });
  }).timeout(twoMinutes);

  it('fails with exit code 1 when an expectation does not come true, and says which', async () => {
    const file = path.join(folder.dir, 'mine.scenario.json');
    writeFileSync(
      file,
      '{ "lab": { "replicas": 1, "sentinels": 0 }, "act": [{ "after": "10ms" }], "expect": [{ "outcome": "succeeded" }] }',
    );
    const result = await runCli(['drill', '--temporary', file, '--json'], { env: env() });
    assert.equal(result.code, 1, result.stderr);
    const { expectations, passed } = JSON.parse(result.stdout) as DrillOutput;
    assert.equal(passed, false);
    assert.deepEqual(expectations, [{ text: 'failover: succeeded', ok: false, found: 'none' }]);
    assert.deepEqual(readdirSync(folder.dir), ['mine.scenario.json']);
  }).timeout(twoMinutes);

  it('foretells without doing anything', async () => {
    const printed = outputOf(await runCli(['drill', '-', 'kill-master', '--predict'], { env: env() }));
    assert.match(printed, /^redis-\d+ will be promoted\.\n/);
    assert.ok(!readdirSync(folder.dir).some(name => name.startsWith('redis-ha-drill-')));
  }).timeout(twoMinutes);
});

describe('what drill says of its words', () => {
  const folder = useTemporaryFolder();

  it('names the line of what is wrong in a scenario', async () => {
    const file = path.join(folder.dir, 'bad.scenario.json');
    writeFileSync(file, '{\n  "act": [\n    { "do": "kil", "node": "master" },\n  ],\n}\n');
    const message = errorOf(await runCli(['drill', '-', file]), 2);
    assert.ok(message.startsWith(`${file}:3: `), message);
    writeFileSync(file, '{\n  "act": [\n    { "wait": "log", "message": "no-such-message" },\n  ],\n}\n');
    assert.equal(
      errorOf(await runCli(['drill', '-', file]), 2),
      `${file}:3: No message has the id "no-such-message".`,
    );
  });

  it('says which words it takes', async () => {
    assert.match(errorOf(await runCli(['drill']), 2), /DIR\|- SCENARIO/);
    assert.match(errorOf(await runCli(['drill', '-', 'kil-master']), 2), /There is no scenario "kil-master"/);
    assert.match(errorOf(await runCli(['drill', '-', './nothing.json']), 2), /does not exist/);
    assert.match(errorOf(await runCli(['drill', 'compare', 'a.json']), 2), /compare A\.json B\.json/);
  });

  it('lists what is built in, in both languages', async () => {
    assert.match(outputOf(await runCli(['drill', '--list'])), /^kill-master +Kill the master$/m);
    assert.match(outputOf(await runCli(['drill', '--list', '--lang', 'ko'])), /^kill-master +마스터/m);
  });

  it('puts two reports side by side', async () => {
    const report = (name: string, downAfter: string, outageMs: number): string => {
      const file = path.join(folder.dir, name);
      const probe = {
        acknowledged: 900,
        lost: 0,
        errors: { ECONNREFUSED: 80 },
        outageMs,
        staleMasterWindowMs: 0,
      };
      const settings = { 'down-after-milliseconds': downAfter };
      writeFileSync(
        file,
        JSON.stringify({
          scenario: 'kill-master',
          passed: true,
          settings,
          outcome: 'succeeded',
          comparison: null,
          probe,
        }),
      );
      return file;
    };
    const files = [report('a.json', '1000', 2_000), report('b.json', '5000', 6_100)];
    const printed = outputOf(await runCli(['drill', 'compare', ...files]));
    assert.match(
      printed,
      /^# down-after-milliseconds 1000 → 5000: outage 2\.0 s → 6\.1 s, lost writes 0 → 0\.\n/,
    );
    assert.match(printed, /\| Outage \| 2\.0 s \| 6\.1 s \| \+4\.1 s \|/);
    const other = path.join(folder.dir, 'other.json');
    writeFileSync(other, '{}');
    assert.match(errorOf(await runCli(['drill', 'compare', files[0]!, other]), 2), /no report of a drill/);
    assert.ok(existsSync(other));
  });
});

describe('ready', () => {
  const lab = useLab({ replicas: 1, sentinels: 3 });

  it('says what is missing, waits for it, and says that nothing is', async () => {
    const stopped = await lab.run('ready');
    assert.equal(stopped.code, 1);
    assert.match(stopped.stdout, /^Not ready for a drill\.\n {2}✗ Not running or not answering: /);
    await lab.output('up');
    assert.match(await lab.output('ready', '--wait'), /^Ready for a drill\.\n/);
    const printed = JSON.parse(await lab.output('ready', '--json')) as {
      ready: boolean;
      checks: readonly unknown[];
    };
    assert.equal(printed.ready, true);
    assert.equal(printed.checks.length, 10);
  }).timeout(twoMinutes);

  it('knows that a failover failed before it was asked, and that Sentinels which were started anew do not', async () => {
    const [master, replica] = lab.serverPorts.map(String);
    for (const port of [replica, master]) await lab.output('kill', port!);
    const sentinels = lab.sentinelPorts.map(String);
    const logs = (): string =>
      sentinels.map(port => readFileSync(lab.file('log', `sentinel-${port}.log`), 'utf8')).join('\n');
    await until('the failover is given up', () => logs().includes('-failover-abort-no-good-slave'), {
      timeout: 30_000,
    });
    for (const port of [master, replica]) await lab.output('start', port!);
    const retry = async (): Promise<{ readonly ok: boolean; readonly waitMs: number | null }> => {
      const { checks } = JSON.parse((await lab.run('ready', '--json')).stdout) as {
        readonly checks: readonly {
          readonly id: string;
          readonly ok: boolean;
          readonly waitMs: number | null;
        }[];
      };
      return checks.find(({ id }) => id === 'retry')!;
    };
    // Where a second Sentinel tried at the same time, its attempt goes on for another ten seconds.
    await until('no attempt goes on', async () => !(await retry()).ok, { timeout: 30_000 });
    const { waitMs } = await retry();
    assert.ok(waitMs! > 60_000 && waitMs! <= 120_000, String(waitMs));
    await lab.output('stop', sentinels[0]!);
    await lab.output('start', sentinels[0]!);
    await until('the first Sentinel need not wait', async () => (await retry()).ok);
  }).timeout(twoMinutes);
});
