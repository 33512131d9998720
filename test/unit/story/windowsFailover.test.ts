import assert from 'node:assert/strict';
import { makeReport } from '../../../src/core/story/report';
import { readStory } from '../../support/corpus';
import { fixture } from '../../support/fixtures';

const ports = [26379, 26380, 26381];
const leader = '5fa1beaee1927ce5983c791437454d71620d1cf2';
const loser = '1584bf09a783bbefdf8248b1955f72a442fc4efe';

describe('a failover on Windows (3.0.504), by the logs of its three Sentinels', () => {
  const report = makeReport(
    ports.map(port =>
      readStory(`sentinel-${port}.log`, Buffer.from(fixture(`windows-failover/sentinel-${port}.log`))),
    ),
  );
  const [failover] = report.failovers;
  const seenBy = (port: number) => failover?.observers.find(({ file }) => file === `sentinel-${port}.log`);

  it('is one, from 6379 to 6380, in epoch 1', () => {
    assert.equal(report.failovers.length, 1);
    assert.deepEqual(failover?.from, { ip: '127.0.0.1', port: 6379 });
    assert.deepEqual(failover.to, { ip: '127.0.0.1', port: 6380 });
    assert.equal(failover.epoch, 1);
    assert.equal(failover.outcome, 'succeeded');
    assert.equal(failover.forced, false);
  });

  it('was led by 26381', () => {
    assert.deepEqual(failover?.leader, { id: leader, address: '127.0.0.1:26381' });
  });

  it('has each vote once: two for the leader, one of 26379 for itself', () => {
    assert.deepEqual(
      failover?.votes.map(({ voter, candidate }) => `${voter} ${candidate}`).toSorted(),
      [`127.0.0.1:26380 ${leader}`, `${loser} ${loser}`, `${leader} ${leader}`].toSorted(),
    );
  });

  it('had two that tried, and one that announced a delay after its vote and saw +odown late', () => {
    assert.deepEqual(failover?.tried.toSorted(), ['sentinel-26379.log', 'sentinel-26381.log']);
    assert.equal(seenBy(26380)?.announcedDelay, true);
    assert.equal(seenBy(26379)?.announcedDelay, false);
    assert.ok((seenBy(26380)?.odownAt ?? '') > (seenBy(26381)?.odownAt ?? ''));
  });
});
