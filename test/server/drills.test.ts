import assert from 'node:assert/strict';
import type { DrillReport } from '../../src/core/drill/drillReport';
import { probeSummary } from '../../src/core/drill/drillProbe';
import { scenarioFiles } from '../support/drills';
import { doDrill, type DoneDrill } from './support/drills';
import { inAdvance } from './support/inAdvance';

const atOnce = 3;
/** The longest of them waits for TILT, and for a master that is told late to be a replica. */
const longest = 300_000;

/** What each drill must come to, beside what its own file expects. */
const outcomes: Readonly<Record<string, string>> = {
  'empty-master-restart': 'none',
  'flapping-link': 'none',
  'freeze-master': 'succeeded',
  'freeze-min-replicas': 'succeeded',
  'isolated-master': 'succeeded',
  'kill-master': 'succeeded',
  'manual-failover': 'succeeded',
  misconf: 'none',
  'no-good-replica': 'aborted-no-good-slave',
  'no-majority': 'aborted-not-elected',
  'quorum-lost': 'none',
  'replica-output-buffer': 'none',
  'sentinel-killed': 'succeeded',
  'sentinel-tilt': 'succeeded',
  'slow-master': 'none',
  'small-backlog': 'none',
  'stale-replica': 'none',
  'two-sentinels-try': 'succeeded',
  'wrong-masterauth': 'succeeded',
};

describe('the built-in drills', () => {
  const names = scenarioFiles().map(({ name }) => name);
  let done: ReadonlyMap<string, Promise<DoneDrill>>;

  before('they begin', () => {
    done = inAdvance(names, atOnce, doDrill);
  });

  for (const name of names) {
    it(`${name} goes as it says`, async () => {
      const { report } = await done.get(name)!;
      const missed = report.verdicts.filter(({ ok }) => !ok);
      assert.deepEqual(
        missed.map(({ text, found }) => `${text}: ${found}`),
        [],
        report.record.failure,
      );
      assert.equal(report.record.failure, undefined);
      assert.ok(report.isPassed);
      assert.equal(report.failover?.outcome ?? 'none', outcomes[name]);
      assertLedger(report);
      if (report.failover?.outcome === 'succeeded') assertMoved(report);
    }).timeout(longest);
  }
});

/** Counts that must fit together whatever happened. */
function assertLedger({ record: { probe }, probe: summary }: DrillReport): void {
  if (!probe) return;
  for (const { attempted, acknowledged, errors } of probe.ledger.clients)
    assert.equal(
      attempted,
      acknowledged + Object.values(errors).reduce((sum, count) => sum + count, 0),
      'every write was acknowledged or failed',
    );
  assert.deepEqual(summary, probeSummary(probe));
}

/** A failover that worked: the report names who was promoted, by whom, and in which epoch the Sentinels know it. */
function assertMoved({ record, failover, promoted, leader }: DrillReport): void {
  assert.equal(failover!.to?.port, record.finalMaster);
  assert.equal(promoted, record.nodes.find(({ port }) => port === record.finalMaster)?.name);
  assert.ok(leader !== undefined);
  const epochs = record.nodes.filter(({ kind }) => kind === 'sentinel').map(({ epoch }) => epoch);
  assert.ok(
    epochs.some(epoch => epoch === failover!.epoch),
    `epoch ${failover!.epoch} of ${epochs.join(', ')}`,
  );
}
