import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { HumanError } from '../../../src/core/humanError';
import { nodesOf } from '../../../src/core/model/labState';
import { LabOperator, type OperationOptions } from '../../../src/lab/labOperator';
import { LabSession } from '../../../src/lab/labSession';
import { FakeLab } from '../../support/fakeLab';
import { makeLab, nodeAt } from '../../support/labs';
import { until } from '../../support/until';

const lab = makeLab();

describe('LabOperator', () => {
  let fake: FakeLab;
  let session: LabSession;
  let operator: LabOperator;
  let reports: string[];
  let warnings: string[];
  let cancel: AbortController;
  let options: OperationOptions;
  const statuses = (): Record<number, string> =>
    Object.fromEntries(nodesOf(session.store.state).map(node => [node.spec.port, node.status]));
  const calls = (verb: string): string[] => fake.calls.filter(call => call.startsWith(`${verb} `));

  beforeEach(() => {
    fake = new FakeLab(lab);
    session = new LabSession('/lab', lab, fake);
    operator = new LabOperator(session, fake, fake);
    reports = [];
    warnings = [];
    cancel = new AbortController();
    options = {
      signal: cancel.signal,
      report: ({ text }) => reports.push(text),
      warn: text => warnings.push(text),
    };
  });
  afterEach(() => session.dispose());

  it('starts master, replicas and Sentinels in this order, after everything is prepared', async () => {
    await operator.startLab(options);
    assert.deepEqual(fake.calls, [
      'prepare 6379 6380 6381 26379 26380 26381',
      'start 6379',
      'start 6380',
      'start 6381',
      'start 26379',
      'start 26380',
      'start 26381',
    ]);
    assert.deepEqual(new Set(Object.values(statuses())), new Set(['running']));
    assert.deepEqual(reports, [
      'starting the master',
      'starting the replicas',
      'waiting for the links',
      'starting the Sentinels',
      'waiting until the Sentinels know each other',
    ]);
  });

  it('starts the network of a lab before its nodes, opens it to each group, and ends it after them', async () => {
    const networked = makeLab({ replicas: 1, sentinels: 1, network: true });
    const other = new FakeLab(networked);
    const own = new LabSession('/lab', networked, other);
    const work = new LabOperator(own, other, other);
    await work.startLab(options);
    await work.stopLab(options);
    assert.deepEqual(other.calls, [
      'prepare 6379 6380 26379',
      'start network',
      ...['start 6379', 'open 6379', 'start 6380', 'open 6380', 'start 26379', 'open 26379'],
      ...['stop 26379', 'stop 6380', 'stop 6379'],
      'stop network',
    ]);
    own.dispose();
  });

  it('starts no Sentinel before the links of the replicas are up', async () => {
    fake.node(6380).fields = { master_link_status: 'down' };
    const starting = operator.startLab(options);
    await until(
      'the answers of the replicas',
      () => statuses()[6381] === 'running' && statuses()[6380] === 'running',
    );
    await sleep(100);
    assert.deepEqual(calls('start'), ['start 6379', 'start 6380', 'start 6381']);
    fake.node(6380).fields = {};
    await starting;
    assert.equal(calls('start').length, 6);
  });

  it('starts only what does not run', async () => {
    await operator.startLab(options);
    await operator.stopNodes([nodeAt(lab, 6381)], options);
    fake.calls.length = 0;
    await operator.startLab(options);
    assert.deepEqual(fake.calls, ['prepare 6381', 'start 6381']);
  });

  it('stops Sentinels first and the master last', async () => {
    await operator.startLab(options);
    fake.calls.length = 0;
    await operator.stopLab(options);
    assert.deepEqual(fake.calls, [
      'stop 26379',
      'stop 26380',
      'stop 26381',
      'stop 6380',
      'stop 6381',
      'stop 6379',
    ]);
    assert.deepEqual(new Set(Object.values(statuses())), new Set(['stopped']));
  });

  it('does not stop what does not run', async () => {
    await operator.stopLab(options);
    assert.deepEqual(fake.calls, []);
  });

  it('leaves a stranger on a port alone', async () => {
    fake.node(6379).pid = 500;
    // It answers, but there is no record of a process.
    session.store.dispatch({
      type: 'infoReceived',
      node: 'redis-6379',
      at: 0,
      text: 'redis_version:7.0.15\r\nprocess_id:999\r\nrole:master',
    });
    assert.equal(statuses()[6379], 'unmanaged');
    await operator.stopLab(options);
    assert.deepEqual(fake.calls, []);
  });

  it('says why a node ended before it answered, and is not starting any longer', async () => {
    fake.startFaults.set(
      6380,
      node => (node.exit = { code: 1, reason: 'The port is in use by another program.' }),
    );
    await assert.rejects(
      operator.startLab(options),
      (error: unknown) =>
        error instanceof HumanError &&
        error.message === 'redis-6380 did not start. The port is in use by another program.' &&
        error.details.node === 'redis-6380',
    );
    assert.deepEqual(calls('start'), ['start 6379', 'start 6380', 'start 6381']);
    assert.equal(statuses()[6380], 'crashed');
    assert.equal(session.store.state.nodes['redis-6380']?.requested, undefined);
  });

  it('looks into the log where the process left no reason', async () => {
    fake.startFaults.set(6379, node => (node.exit = { code: 1, reason: undefined }));
    await assert.rejects(
      operator.startNodes([nodeAt(lab, 6379)], options),
      /redis-6379 ended right after its start/,
    );
    assert.ok(fake.calls.includes('explain 6379'));
  });

  it('ends with the error of a start that failed, and nothing is starting any longer', async () => {
    fake.startFaults.set(6379, () => {
      throw new HumanError('no such program');
    });
    await assert.rejects(operator.startLab(options), /no such program/);
    assert.equal(statuses()[6379], 'stopped');
    assert.deepEqual(calls('start'), ['start 6379']);
  });

  it('starts a node once when two ask for it at the same time', async () => {
    const node = nodeAt(lab, 6379);
    await Promise.all([operator.startNodes([node], options), operator.startNodes([node], options)]);
    assert.deepEqual(calls('start'), ['start 6379']);
    assert.equal(statuses()[6379], 'running');
  });

  it('starts nothing when the preparation finds something in the way', async () => {
    fake.prepare = () => Promise.reject(new HumanError('port in use'));
    await assert.rejects(operator.startLab(options), /port in use/);
    assert.deepEqual(fake.calls, []);
  });

  it('passes on what the preparation has to say, and goes on', async () => {
    fake.notes.push('the disk is nearly full');
    await operator.startNodes([nodeAt(lab, 6379)], options);
    assert.deepEqual(warnings, ['the disk is nearly full']);
    assert.equal(statuses()[6379], 'running');
  });

  it('can be cancelled while it waits, and what runs keeps running', async () => {
    fake.node(6380).fields = { master_link_status: 'down' };
    const starting = operator.startLab(options);
    const reason = new Error('cancelled');
    setTimeout(() => cancel.abort(reason), 60);
    await assert.rejects(starting, reason);
    assert.equal(statuses()[6379], 'running');
    assert.equal(calls('stop').length, 0);
  });

  it('restarts nodes: stop, then start', async () => {
    await operator.startLab(options);
    fake.calls.length = 0;
    await operator.restartNodes([nodeAt(lab, 6380)], options);
    assert.deepEqual(fake.calls, ['stop 6380', 'prepare 6380', 'start 6380']);
    assert.equal(statuses()[6380], 'running');
  });

  it('kills, freezes and resumes one node and sees it at once', async () => {
    await operator.startLab(options);
    await operator.freezeNode(nodeAt(lab, 6380));
    assert.equal(statuses()[6380], 'frozen');
    await operator.resumeNode(nodeAt(lab, 6380));
    assert.equal(statuses()[6380], 'running');
    await operator.killNode(nodeAt(lab, 6379));
    assert.equal(statuses()[6379], 'crashed');
    assert.deepEqual(fake.calls.slice(-3), ['freeze 6380', 'resume 6380', 'kill 6379']);
  });
});
