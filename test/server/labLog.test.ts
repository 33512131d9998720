import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { Recogniser } from '../../src/core/log/logRecord';
import { LabLog } from '../../src/lab/labLog';
import type { LogEntry } from '../../src/lab/logEntry';
import { readExplainTexts } from '../../src/node/files/explainTexts';
import { LabPaths } from '../../src/node/files/labPaths';
import { readLab } from '../../src/node/files/readLab';
import { followLogs } from '../../src/node/followLogs';
import { repoRoot } from '../support/repoRoot';
import { logStamp } from '../support/logStamp';
import { until } from '../support/until';
import { useLab } from './support/lab';

const tools = { recogniser: new Recogniser(), texts: readExplainTexts(`${repoRoot}/l10n`, 'en') };

describe('the log of a lab that runs', () => {
  const lab = useLab({ replicas: 2, sentinels: 3 });
  const logs: LabLog[] = [];
  let entries: LogEntry[];

  const open = async (): Promise<LabLog> => {
    const log = new LabLog(lab.dir, await readLab(lab.dir), followLogs(new LabPaths(lab.dir)), tools);
    logs.push(log);
    log.onDidAppend(batch => entries.push(...batch));
    return log;
  };
  const has = (event: string, node?: string): LogEntry | undefined =>
    entries.find(
      ({ record, ...entry }) => record.said?.event === event && (node === undefined || entry.node === node),
    );

  beforeEach(() => {
    entries = [];
  });
  afterEach('nothing is followed any more', () => {
    for (const log of logs.splice(0)) log.dispose();
  });

  it('tells how the nodes of a new lab start, although their logs come later', async () => {
    await open();
    await lab.output('up');
    await until('every node tells of its start', () =>
      lab.ports.every(port =>
        entries.some(entry => entry.port === port && /port=/.test(entry.record.head.message)),
      ),
    );
    assert.ok(entries.every(entry => !entry.isPast));
    const recognised = entries.filter(({ record }) => record.said !== undefined);
    assert.ok(recognised.length / entries.length > 0.99, 'nearly every line is recognised');
    assert.ok(recognised.every(({ explanation }) => explanation !== undefined));
  });

  it('tells the story of a failover as it happens, with names instead of ids', async () => {
    await open();
    await until('the past', () => entries.length > 0);
    assert.ok(entries.every(entry => entry.isPast));
    entries = [];
    const former = lab.port;
    await lab.output('kill', 'master');
    const master = await lab.agreedMaster({ not: former });
    await until('all Sentinels tell of the new master', () =>
      lab.sentinelPorts.every(port => has('+switch-master', `sentinel-${port}`)),
    );
    assert.ok(entries.every(entry => !entry.isPast));
    const leader = has('+elected-leader')?.node;
    const votes = entries.filter(({ record }) => record.said?.event === '+vote-for-leader');
    assert.ok(votes.length >= 2);
    for (const vote of votes) assert.doesNotMatch(vote.explanation?.text ?? '', /[0-9a-f]{8}…|[0-9a-f]{40}/);
    const told = entries.filter(({ record }) => record.said?.id === 'voted');
    assert.ok(told.some(({ explanation }) => explanation?.text.includes(leader ?? '')));
    const promoted = entries.find(({ record }) => record.said?.id === 'master-mode-enabled-user-request');
    // On a busy machine a second failover can follow at once: what the first one promoted need not be the master now.
    const switched = entries.filter(({ record }) => record.said?.event === '+switch-master');
    assert.ok(switched.some(({ record }) => record.said?.args['newPort'] === promoted?.port));
    assert.ok(switched.some(({ record }) => record.said?.args['newPort'] === master));
    assert.equal(promoted?.role, 'master');
    const order = ['+odown', '+try-failover', '+elected-leader', '+promoted-slave', '+switch-master'];
    const places = order.map(event => entries.findIndex(({ record }) => record.said?.event === event));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

  it('goes on after the logs were deleted by a reset', async () => {
    const log = await open();
    await until('the past', () => entries.length > 0);
    await lab.output('down');
    await lab.output('reset');
    entries = [];
    await lab.output('up');
    await until('the first line of the new log', () =>
      lab.ports.every(port => entries.some(entry => entry.port === port && entry.line === 1)),
    );
    assert.ok(log.entries.length > entries.length);
  });

  it('tells of a line when it is written, not when files are looked at anyway', async () => {
    await open();
    await until('the past', () => entries.length > 0);
    const times: number[] = [];
    for (let round = 0; round < 20; round++) {
      const text = `line ${round} of the test`;
      const began = performance.now();
      appendFileSync(lab.file('log', `redis-${lab.port}.log`), `1:M ${logStamp(new Date())} * ${text}\n`);
      await until(text, () => entries.some(({ record }) => record.head.message === text), { every: 1 });
      times.push(performance.now() - began);
    }
    // One second lies between two such looks, and each round begins right after one.
    const middle = times.toSorted((a, b) => a - b)[times.length / 2] ?? Infinity;
    assert.ok(middle < 500, `told after ${times.map(time => time.toFixed(0)).join(', ')} ms`);
  });
});
