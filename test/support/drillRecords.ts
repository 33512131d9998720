import type { DrillRecord } from '../../src/core/drill/drillRecord';
import { predictFailover } from '../../src/core/drill/prediction';
import { readyLight } from '../../src/core/drill/readyLight';
import { readScenario } from '../../src/core/drill/scenario';
import type { SeenLine } from '../../src/core/drill/seenLine';
import { nodesOf } from '../../src/core/model/labState';
import { makeLedger } from '../../src/core/probe/ledger';
import type { ProbeRecord } from '../../src/core/probe/probeRecord';
import { NumberSet } from '../../src/core/probe/numberSet';
import { verifyLedger } from '../../src/core/probe/verifyLedger';
import { recordOf, told } from '../unit/probe/anyRecord';
import { makeLab } from './labs';
import { startedStory } from './labStory';
import { scenarioFiles } from './drills';

/** When the master of the recorded failover `e_failover_kill_1` was killed, by the clock of its logs taken for UTC. */
const killedAt = Date.UTC(2026, 10, 23, 7, 3, 33, 300);
const ports = { port: 23_288, sentinelPort: 23_291 } as const;

/** What the client that asks the Sentinels and the one that does not felt of it: 100 attempts a second. */
function probeRecord(): ProbeRecord {
  const asking = [...words('ok', 50), ...words('ECONNREFUSED', 215), ...words('ok@2', 1_300)];
  const fixed = [
    ...words('ok', 50),
    ...words('ECONNREFUSED', 1_100),
    ...words('ok', 400),
    'READONLY',
    ...words('READONLY', 14),
  ];
  return recordOf(
    { sentinel: told(...asking), fixed: told(...fixed) },
    {
      wallZero: killedAt - 1_500,
      endedAt: 16_650,
      master: ports.port,
      servers: [0, 1, 2].map(index => ({ port: ports.port + index, runId: String(index).repeat(40) })),
    },
  );
}

function words(word: string, count: number): readonly string[] {
  return Array.from({ length: count }, () => word);
}

/** All that was acknowledged by the first master before it was killed, and by the new one. */
function present(record: ProbeRecord): ReadonlyMap<'sentinel' | 'fixed', NumberSet> {
  return new Map(
    record.clients.map(({ client, attempts }) => {
      const numbers = new NumberSet(attempts.length);
      for (const { number, result, server, settledAt } of attempts)
        if (result === 'ok' && (server !== 0 || settledAt < 1_500)) numbers.add(number);
      return [client, numbers];
    }),
  );
}

/** The drill `kill-master` as it could have gone with the recorded failover `e_failover_kill_1` of Redis 7.0.15. */
export function killedMasterRecord(changes: Partial<DrillRecord> = {}): DrillRecord {
  const file = scenarioFiles().find(({ name }) => name === 'kill-master');
  const read = readScenario(file?.text ?? '', 'kill-master');
  if (!('scenario' in read)) throw new Error(JSON.stringify(read));
  const { scenario } = read;
  const lab = makeLab({ ...ports, name: 'kill-master', downAfterMilliseconds: 1_000 });
  const { state } = startedStory(lab);
  const node = (index: number): string => lab.nodes[index]?.name ?? '';
  const line = (event: string, after: number): SeenLine => ({
    node: node(3),
    kind: 'sentinel',
    file: 'sentinel1.log',
    line: 1,
    at: killedAt + after,
    id: event,
    event,
    about: 'master',
    to: undefined,
    text: '',
  });
  const record = probeRecord();
  const step = (index: number, startedAt: number, endedAt: number): DrillRecord['steps'][number] => ({
    part: 'act',
    step: scenario.act[index]!,
    startedAt: killedAt + startedAt,
    endedAt: killedAt + endedAt,
    end: 'done',
    message: undefined,
    faults:
      index === 0 ? [{ type: 'kill', node: node(0) }] : index === 3 ? [{ type: 'start', node: node(0) }] : [],
  });
  return {
    scenario,
    labName: lab.name,
    masterName: lab.masterName,
    settings: [
      { name: 'quorum', value: '2' },
      { name: 'down-after-milliseconds', value: '1000' },
    ],
    startedAt: killedAt - 5_000,
    actAt: killedAt,
    storyEndedAt: killedAt + 16_000,
    endedAt: killedAt + 16_200,
    zoneMs: 0,
    firstMaster: { name: node(0), port: ports.port },
    light: readyLight(state, killedAt),
    waitedMs: 0,
    prediction: predictFailover(state, killedAt, { cause: 'kill' }),
    faultAt: killedAt,
    guess: node(2),
    steps: [
      step(0, 0, 40),
      step(1, 40, 3_212),
      step(2, 3_212, 3_220),
      step(3, 3_220, 3_400),
      step(4, 3_400, 15_338),
    ],
    lines: [line('+odown', 1_109), line('+switch-master', 2_201)],
    probe: {
      ledger: makeLedger(record),
      verification: verifyLedger(record, present(record), [
        { port: ports.port, at: Number.NEGATIVE_INFINITY },
        { port: ports.port + 2, at: 3_500 },
      ]),
    },
    keysWritten: 1_000,
    nodes: nodesOf(state).map(({ spec }, index) => ({
      name: spec.name,
      kind: spec.kind,
      port: spec.port,
      status: 'running',
      role: spec.kind === 'sentinel' ? 'sentinel' : index === 2 ? 'master' : 'replica',
      version: '7.0.15',
      epoch: spec.kind === 'sentinel' ? 1 : undefined,
      keys: index === 2 ? 1_000 : undefined,
    })),
    finalMaster: ports.port + 2,
    isReadyAtEnd: true,
    firstRefs: { 'old-master': [node(0)], master: [node(0)] },
    lastRefs: { 'old-master': [node(0)], master: [node(2)] },
    failure: undefined,
    leftFaults: [],
    ...changes,
  };
}
