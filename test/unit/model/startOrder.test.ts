import assert from 'node:assert/strict';
import { readSentinelConf, readServerConf } from '../../../src/core/conf/confDocument';
import { startOrder, type StartOrder } from '../../../src/core/model/startOrder';
import { makeLab } from '../../support/labs';

const lab = makeLab();

/** The order of ports, for confs given by port. */
function order(confs: Readonly<Record<number, string>>): Record<keyof StartOrder, number[]> {
  const present = lab.nodes.filter(node => confs[node.port] !== undefined);
  const result = startOrder(lab, {
    servers: new Map(
      present
        .filter(node => node.kind === 'server')
        .map(node => [node.name, readServerConf(confs[node.port] ?? '')]),
    ),
    sentinels: new Map(
      present
        .filter(node => node.kind === 'sentinel')
        .map(node => [node.name, readSentinelConf(confs[node.port] ?? '', lab.masterName)]),
    ),
  });
  const ports = (group: keyof StartOrder): number[] => result[group].map(node => node.port);
  return { masters: ports('masters'), replicas: ports('replicas'), sentinels: ports('sentinels') };
}

const saved = (port: number, epoch: number): string =>
  `sentinel monitor mymaster 127.0.0.1 ${port} 2\nsentinel config-epoch mymaster ${epoch}`;

describe('startOrder', () => {
  it('goes by lab.json while there are no confs', () => {
    assert.deepEqual(order({}), {
      masters: [6379],
      replicas: [6380, 6381],
      sentinels: [26379, 26380, 26381],
    });
  });

  it('goes by the confs after a failover', () => {
    const { masters, replicas } = order({
      6379: 'replicaof 127.0.0.1 6380',
      6380: 'port 6380',
      6381: 'replicaof 127.0.0.1 6380',
      26379: saved(6380, 1),
    });
    assert.deepEqual([masters, replicas], [[6380], [6379, 6381]]);
  });

  it('starts the master that the Sentinels saved before one that was down during the failover', () => {
    const { masters, replicas } = order({
      6379: 'port 6379',
      6380: 'port 6380',
      6381: 'replicaof 127.0.0.1 6380',
      26379: saved(6379, 0),
      26380: saved(6380, 4),
      26381: saved(6380, 4),
    });
    assert.deepEqual([masters, replicas], [[6380, 6379], [6381]]);
  });

  it('believes the Sentinel with the highest epoch, not the first', () => {
    assert.deepEqual(
      order({ 6379: '', 6380: '', 26379: saved(6380, 2), 26380: saved(6379, 3), 26381: saved(6380, 2) })
        .masters,
      [6379, 6380],
    );
  });

  it('has every node once, whatever the confs say', () => {
    const all = order({
      6379: 'replicaof 127.0.0.1 6380',
      6380: 'replicaof 127.0.0.1 6379',
      6381: 'slaveof no one',
    });
    assert.deepEqual(all, { masters: [6381], replicas: [6379, 6380], sentinels: [26379, 26380, 26381] });
  });
});
