import assert from 'node:assert/strict';
import { Recogniser } from '../../../src/core/log/logRecord';
import type { Lab } from '../../../src/core/model/lab';
import { LabLog, type LogTools } from '../../../src/lab/labLog';
import type { LogEntry } from '../../../src/lab/logEntry';
import { readExplainTexts } from '../../../src/node/files/explainTexts';
import { FakeLogs } from '../../support/fakeLogs';
import { useFakeTime } from '../../support/fakeTime';
import { fixture } from '../../support/fixtures';
import { makeLab } from '../../support/labs';
import { repoRoot } from '../../support/repoRoot';

const tools: LogTools = {
  recogniser: new Recogniser(),
  texts: readExplainTexts(`${repoRoot}/l10n`, 'en'),
};
const ports = [23288, 23289, 23290, 23291, 23292, 23293];
const leader = '45e5f9b127dfdc57a9657324832e650fa2a98f0b';
const lab = makeLab({ port: 23288, sentinelPort: 23291 });
const nameOf = (port: number): string => lab.nodes.find(node => node.port === port)?.name ?? '';
const pastOf = (name: string): string => fixture(`logs/failover/${name}.log`);

describe('LabLog', () => {
  const time = useFakeTime();
  let logs: FakeLogs;
  let log: LabLog;
  let batches: (readonly LogEntry[])[];

  const open = async (options: { lab?: Lab; limit?: number } = {}): Promise<void> => {
    log = new LabLog('/lab', options.lab ?? lab, logs, tools, options.limit);
    log.onDidAppend(batch => batches.push(batch));
    await time.pass(20);
  };
  /** Lets time pass for the timers and for the clock. */
  const pass = async (milliseconds: number): Promise<void> => {
    for (let passed = 0; passed < milliseconds; passed += 10) {
      logs.time += 10;
      await time.pass(10);
    }
  };
  const told = (): LogEntry[] => batches.flat();
  const line = (clock: string, text: string, role = 'M'): string =>
    `7:${role} 23 Nov 2026 12:00:${clock} # ${text}`;

  beforeEach(() => {
    logs = new FakeLogs();
    batches = [];
  });
  afterEach(() => log.dispose());

  it('is made of a lab whose nodes have the ports of the fixture', () => {
    assert.deepEqual(
      lab.nodes.map(({ port }) => port),
      ports,
    );
    logs = new FakeLogs();
    log = new LabLog('/lab', lab, logs, tools);
  });

  it('tells the past of all nodes at once, by time', async () => {
    for (const port of ports) logs.had(nameOf(port), pastOf(nameOf(port)));
    await open();
    assert.equal(batches.length, 1);
    const lines = ports.map(port => pastOf(nameOf(port)).trimEnd().split('\n').length);
    assert.equal(
      told().length,
      lines.reduce((sum, count) => sum + count, 0),
    );
    assert.ok(told().every(entry => entry.isPast));
    for (const [index, entry] of told().entries()) assert.ok(entry.at >= (told()[index - 1]?.at ?? 0));
    assert.deepEqual(log.entries, told());
  });

  it('knows of every entry where it stands, when it was, and what it means', async () => {
    for (const port of ports) logs.had(nameOf(port), pastOf(nameOf(port)));
    await open();
    const entry = told().find(({ record }) => record.head.message.startsWith('+elected-leader'));
    assert.ok(entry);
    assert.equal(entry.node, 'sentinel-23291');
    assert.equal(entry.file, '/lab/log/sentinel-23291.log');
    assert.equal(entry.line, 25);
    assert.equal(entry.at, new Date(2026, 10, 23, 7, 3, 34, 473).getTime());
    assert.equal(entry.phase, 'election');
    assert.equal(entry.weight, 'noteworthy');
    assert.equal(entry.role, 'sentinel');
    assert.match(entry.explanation?.text ?? '', /leader/);
  });

  it('names Sentinels by name, and says of a vote who won', async () => {
    for (const port of ports) logs.had(nameOf(port), pastOf(nameOf(port)));
    await open();
    const votes = told()
      .filter(({ record }) => record.said?.id === 'voted')
      .map(entry => entry.explanation?.text);
    assert.deepEqual(
      votes.map(String).toSorted((a, b) => a.localeCompare(b)),
      [
        'The vote of sentinel-23292 in epoch 1 went to sentinel-23291, which won and became the leader.',
        'The vote of sentinel-23293 in epoch 1 went to sentinel-23291, which won and became the leader.',
      ],
    );
  });

  it('takes the role of a data node from its own lines', async () => {
    logs.had('redis-23290', pastOf('redis-23290'));
    await open();
    const roleAt = (start: string): string | undefined =>
      told().find(({ record }) => record.head.message.startsWith(start))?.role;
    assert.equal(roleAt('Redis version='), undefined);
    assert.equal(roleAt('MASTER <-> REPLICA sync started'), 'replica');
    assert.equal(roleAt('MASTER MODE enabled'), 'master');
    assert.equal(roleAt('Fork CoW for RDB'), 'master');
  });

  it('tells of a lone new line after a moment', async () => {
    await open();
    logs.write('redis-23288', line('01.000', 'Ready to accept connections'));
    await pass(10);
    assert.deepEqual(told(), []);
    await pass(30);
    assert.equal(told().length, 1);
    assert.equal(told()[0]?.isPast, false);
    assert.equal(told()[0]?.line, 1);
  });

  it('keeps lines without prefix with the record before them', async () => {
    await open();
    logs.write(
      'redis-23288',
      line('01.000', '=== REDIS BUG REPORT START: Cut & paste starting from here ==='),
    );
    await pass(10);
    logs.write('redis-23288', 'one', 'two');
    await pass(100);
    assert.deepEqual(
      told().map(({ record }) => record.more),
      [['one', 'two']],
    );
  });

  it('tells in one batch, causes first, what several logs say within a moment', async () => {
    await open();
    logs.write('redis-23289', line('02.000', 'Connection with master lost.', 'S'));
    logs.write('redis-23288', line('02.000', 'Redis is now ready to exit, bye bye...'));
    await pass(100);
    assert.equal(batches.length, 1);
    assert.deepEqual(
      told().map(({ node }) => node),
      ['redis-23288', 'redis-23289'],
    );
  });

  it('puts a line that is read late where it belongs', async () => {
    await open();
    logs.write('redis-23288', line('05.000', 'Ready to accept connections'));
    await pass(100);
    logs.write('redis-23289', line('04.000', 'Ready to accept connections', 'S'));
    await pass(100);
    assert.deepEqual(
      told().map(({ port }) => port),
      [23288, 23289],
    );
    assert.deepEqual(
      log.entries.map(({ port }) => port),
      [23289, 23288],
    );
  });

  it('goes on with line 1 when the file was replaced', async () => {
    logs.had('redis-23288', pastOf('redis-23288'));
    await open();
    logs.replace('redis-23288');
    logs.write('redis-23288', line('07.000', 'one'), line('07.001', 'two'));
    await pass(100);
    assert.deepEqual(
      told()
        .slice(-2)
        .map(entry => entry.line),
      [1, 2],
    );
  });

  it('takes the id of a Sentinel from its conf where its log does not tell it', async () => {
    logs.ids.set('sentinel-23291', leader);
    await open();
    logs.write('sentinel-23292', line('08.000', `+vote-for-leader ${leader} 3`, 'X'));
    await pass(100);
    assert.match(told()[0]?.explanation?.text ?? '', /sentinel-23291/);
  });

  it('tells which explanations read otherwise when a name was learnt', async () => {
    const reworded: (string | undefined)[] = [];
    await open();
    log.onDidReword(entries => reworded.push(...entries.map(entry => entry.explanation?.text)));
    logs.write('sentinel-23292', line('08.000', `+vote-for-leader ${leader} 3`, 'X'));
    await pass(100);
    assert.match(told()[0]?.explanation?.text ?? '', /45e5f9b1…/);
    logs.write('sentinel-23291', line('08.100', `Sentinel ID is ${leader}`, 'X'));
    await pass(100);
    assert.equal(reworded.length, 1);
    assert.match(reworded[0] ?? '', /sentinel-23291/);
    assert.equal(told()[0]?.explanation?.text, reworded[0]);
  });

  it('keeps the newest entries only', async () => {
    await open({ limit: 100 });
    for (let count = 0; count < 300; count++) logs.write('redis-23288', line('09.000', `line ${count}`));
    await pass(100);
    assert.equal(log.entries.length, 100);
    assert.match(log.entries.at(-1)?.record.head.message ?? '', /line 299/);
    assert.equal(told().length, 300);
  });

  it('follows nodes that are new in an edited lab.json, and lets go of those that are gone', async () => {
    await open();
    const larger = makeLab({ port: 23288, sentinelPort: 23291, replicas: 1 });
    await log.change(larger);
    assert.deepEqual(logs.disposed, ['redis-23290']);
    logs.had('redis-23290', line('01.000', 'old', 'S'));
    await log.change(lab);
    assert.deepEqual(
      told().map(({ node, isPast }) => [node, isPast]),
      [['redis-23290', true]],
    );
  });

  it('weighs what nobody recognises by its level', async () => {
    await open();
    const text = 'words that no version ever wrote';
    logs.write(
      'redis-23288',
      ...['#', '*', '-', '.'].map(level => `7:M 23 Nov 2026 12:00:10.000 ${level} ${text}`),
    );
    await pass(100);
    assert.deepEqual(
      told().map(({ weight }) => weight),
      ['noteworthy', 'routine', 'detail', 'detail'],
    );
    assert.ok(told().every(({ explanation }) => explanation === undefined));
  });

  it('is silent when it was disposed, and leaves no timer', async () => {
    await open();
    logs.write('redis-23288', line('11.000', 'one'));
    log.dispose();
    await pass(100);
    assert.deepEqual(told(), []);
    assert.equal(logs.disposed.length, lab.nodes.length);
  });
});
