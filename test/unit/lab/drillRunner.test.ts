import assert from 'node:assert/strict';
import { readScenario, type Scenario } from '../../../src/core/drill/scenario';
import { DrillRunner, type DrillOptions } from '../../../src/lab/drill/drillRunner';
import { FakeDrill } from '../../support/fakeDrill';
import { makeLab } from '../../support/labs';
import { until } from '../../support/until';
import { recordOf, told } from '../probe/anyRecord';

function scenarioOf(file: object): Scenario {
  const result = readScenario(JSON.stringify(file), 'test');
  assert.ok('scenario' in result, JSON.stringify(result));
  return result.scenario;
}

describe('DrillRunner', () => {
  let drill: FakeDrill;
  let cancel: AbortController;
  let options: DrillOptions;
  const run = (scenario: object, more: Partial<DrillOptions> = {}): ReturnType<DrillRunner['run']> =>
    new DrillRunner(drill.ports).run(scenarioOf(scenario), { ...options, ...more });

  beforeEach(async () => {
    drill = new FakeDrill(makeLab(), recordOf({ sentinel: told('ok', 'ok', 'ECONNREFUSED', 'ok') }));
    await drill.start();
    cancel = new AbortController();
    options = { signal: cancel.signal, report: () => {} };
  });
  afterEach(() => drill.session.dispose());

  it('prepares, starts the probe, acts, ends the probe, heals, verifies and cleans up, in this order', async () => {
    const record = await run({
      prepare: [{ write: { keys: 10 } }],
      probe: { clients: ['sentinel'] },
      act: [{ do: 'freeze', node: 'sentinel:1' }, { after: '1ms' }],
    });
    assert.deepEqual(drill.calls, [
      'follow logs',
      'write 1 to 10 at 6379',
      'probe sentinel on 6379',
      'freeze sentinel-26379',
      'stop probe',
      'undo all',
      'verify on 6379',
      'remove 10 keys',
      'remove probe keys',
      'leave logs',
    ]);
    assert.deepEqual(
      record.steps.map(({ part, end }) => [part, end]),
      [
        ['prepare', 'done'],
        ['act', 'done'],
        ['act', 'done'],
      ],
    );
    assert.ok(record.steps.every(({ startedAt, endedAt }) => startedAt <= endedAt));
    assert.deepEqual(record.firstMaster, { name: 'redis-6379', port: 6379 });
    assert.equal(record.probe?.ledger.clients[0]?.acknowledged, 3);
    assert.equal(record.failure, undefined);
  });

  it('keeps what was measured while the master refuses to have the keys removed, and for good', async () => {
    const refuse = async (): Promise<never> => Promise.reject(new Error('NOREPLICAS'));
    const scenario = scenarioOf({ probe: { clients: ['sentinel'] }, act: [{ after: '1ms' }] });
    let refusals = 2;
    const patient = {
      ...drill.ports,
      removeProbeKeys: async () => (refusals-- > 0 ? refuse() : undefined),
    };
    assert.equal((await new DrillRunner(patient).run(scenario, options)).probe?.ledger.clients.length, 1);
    assert.equal(refusals, -1);
    let now = Date.now();
    const reports: string[] = [];
    const never = { ...drill.ports, removeProbeKeys: refuse, now: () => (now += 1_000) };
    const record = await new DrillRunner(never).run(scenario, {
      ...options,
      report: text => reports.push(text),
    });
    assert.ok(record.probe);
    assert.equal(reports.at(-1), 'What the drill wrote could not be removed: NOREPLICAS');
  });

  it('leaves what was written where that is wanted', async () => {
    await run({ prepare: [{ write: { keys: 10 } }], act: [{ after: '1ms' }] }, { keep: true });
    assert.ok(!drill.calls.some(call => call.startsWith('remove')), drill.calls.join());
  });

  it('numbers the keys of several writes on', async () => {
    const record = await run({ act: [{ write: { keys: 5 } }, { write: { keys: 7 } }] });
    assert.equal(record.keysWritten, 12);
    assert.ok(drill.calls.includes('write 6 to 12 at 6379'));
  });

  it('begins in spite of a fault of its own preparation, and not in spite of others', async () => {
    const scenario = {
      prepare: [{ do: 'config', node: 'master', set: { save: '1 1' } }],
      act: [{ after: '1ms' }],
    };
    assert.equal((await run(scenario)).light?.isReady, true);
  });

  it('ends the acting where something does not come in its time, and still heals and verifies', async () => {
    const record = await run({
      probe: { clients: ['sentinel'] },
      act: [
        { do: 'freeze', node: 'sentinel:1' },
        { wait: 'event', event: '+odown', atMost: '20ms' },
        { do: 'kill', node: 'master' },
      ],
    });
    assert.deepEqual(
      record.steps.map(({ end }) => end),
      ['done', 'late'],
    );
    assert.equal(record.failure, 'Not within 0.02 s: +odown.');
    assert.deepEqual(drill.calls.slice(-5), [
      'stop probe',
      'undo all',
      'verify on 6379',
      'remove probe keys',
      'leave logs',
    ]);
  });

  it('tells why a fault could not be applied', async () => {
    drill.faults.refused.add('kill');
    const record = await run({ act: [{ do: 'kill', node: 'master' }, { after: '1ms' }] });
    assert.equal(record.failure, 'no kill here');
    assert.equal(record.steps.length, 1);
  });

  it('does not begin where the preparation fails, and undoes what there was of it', async () => {
    drill.faults.refused.add('pause');
    await assert.rejects(
      run({
        prepare: [
          { do: 'freeze', node: 'sentinel:1' },
          { do: 'pause', node: 'master' },
        ],
        act: [{ after: '1ms' }],
      }),
      /no pause here/,
    );
    assert.ok(drill.calls.includes('undo all'));
    assert.equal(drill.calls.at(-1), 'leave logs');
  });

  it('waits for events of the drill, not for those of before', async () => {
    drill.log('sentinel-26379', { event: '+sdown', about: 'master' });
    const running = run({ act: [{ wait: 'event', event: '+sdown', of: 'master', atMost: '10s' }] });
    await until('the drill follows the logs', () => drill.calls.includes('follow logs'));
    setTimeout(() => drill.log('sentinel-26380', { event: '+sdown', about: 'replica' }), 50);
    setTimeout(() => drill.log('sentinel-26380', { event: '+sdown', about: 'master' }), 100);
    const record = await running;
    assert.deepEqual(
      record.lines.map(({ node, about }) => [node, about]),
      [
        ['sentinel-26380', 'replica'],
        ['sentinel-26380', 'master'],
      ],
    );
  });

  it('waits for what the probe meets', async () => {
    const running = run({
      probe: { clients: ['sentinel'] },
      act: [
        { wait: 'probe', client: 'sentinel', is: 'MISCONF' },
        { wait: 'probe', client: 'sentinel', is: 'writing' },
      ],
    });
    await until('the probe runs', () => drill.calls.includes('probe sentinel on 6379'));
    setTimeout(() => drill.tellProbe({ type: 'failing', client: 'sentinel', at: 1, error: 'MISCONF' }), 50);
    setTimeout(() => drill.tellProbe({ type: 'writing', client: 'sentinel', at: 2, afterMs: 1 }), 100);
    assert.equal((await running).failure, undefined);
  });

  it('heals one type of fault and leaves the others on until the end', async () => {
    await run({
      act: [{ do: 'freeze', node: 'all-sentinels' }, { do: 'pause', node: 'master' }, { heal: 'freeze' }],
    });
    assert.deepEqual(drill.calls.slice(1, 9), [
      'freeze sentinel-26379',
      'freeze sentinel-26380',
      'freeze sentinel-26381',
      'pause redis-6379',
      'undo f3',
      'undo f2',
      'undo f1',
      'undo all',
    ]);
  });

  it('foretells right before the step that takes the master away', async () => {
    const record = await run({
      act: [
        { do: 'stop', node: 'sentinel:3' },
        { do: 'kill', node: 'master' },
      ],
    });
    assert.equal(record.prediction?.cause, 'kill');
    assert.ok(record.faultAt! >= record.steps[0]!.endedAt);
  });

  for (const [moment, scenario] of [
    ['in a pause', { act: [{ do: 'freeze', node: 'master' }, { after: '1m' }] }],
    [
      'in a wait',
      {
        act: [
          { do: 'freeze', node: 'master' },
          { wait: 'switched', atMost: '1m' },
        ],
      },
    ],
    [
      'in the preparation',
      { prepare: [{ do: 'freeze', node: 'master' }, { after: '1m' }], act: [{ after: '1ms' }] },
    ],
  ] as const)
    it(`is cancelled ${moment} with everything undone`, async () => {
      const running = run({ probe: { clients: ['sentinel'] }, ...scenario });
      await until('the master is frozen', () => drill.calls.includes('freeze redis-6379'));
      cancel.abort(new Error('enough'));
      await assert.rejects(running, /enough/);
      assert.ok(drill.calls.includes('undo all'));
      assert.equal(drill.calls.includes('kill probe'), drill.calls.includes('probe sentinel on 6379'));
      assert.equal(drill.calls.at(-1), 'leave logs');
    });

  it('says what is missing where the lab does not get ready, unless it is to begin anyway', async () => {
    await drill.fake.stop(drill.session.lab.nodes[5]!);
    const record = await run({ act: [{ after: '1ms' }] }, { anyway: true });
    assert.equal(record.light?.isReady, false);
    const running = run({ act: [{ after: '1ms' }] });
    await until('it waits', () => drill.calls.filter(call => call === 'follow logs').length === 2);
    cancel.abort(new Error('enough'));
    await assert.rejects(running, /enough/);
  });

  it('ends with what can be done about it where one is, when the lab does not get ready in time', async () => {
    await drill.fake.stop(drill.session.lab.nodes[5]!);
    let now = Date.now();
    const ports = { ...drill.ports, now: () => (now += 30_000) };
    const ending = async (more: Partial<DrillOptions>): Promise<string> => {
      try {
        await new DrillRunner(ports).run(scenarioOf({ act: [{ after: '1ms' }] }), { ...options, ...more });
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    const missing = await ending({});
    assert.match(
      missing,
      /^The lab "[^"]+" is not ready for a drill after 90 s\. Not running or not answering: 26381\. .+\.$/,
    );
    assert.equal(await ending({ ifNotReady: 'Try again.' }), `${missing} Try again.`);
  });
});
