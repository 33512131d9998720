import assert from 'node:assert/strict';
import { applyConfEdit, confTargets } from '../../../src/core/drill/confEdit';
import { readExercise } from '../../../src/core/drill/exercise';
import { writeRedisConf } from '../../../src/core/conf/redisConf';
import { writeSentinelConf } from '../../../src/core/conf/sentinelConf';
import { exerciseFiles } from '../../support/drills';
import { makeLab } from '../../support/labs';

const lab = makeLab({ masterName: 'orders' });
const edit = (
  text: string,
  set: Readonly<Record<string, string>>,
  remove: readonly string[] = [],
  spell?: (name: string) => string,
): string => applyConfEdit(text, { set, remove }, lab, spell);

describe('applyConfEdit', () => {
  it('changes the first line of a name, takes further ones away, and leaves all others as they are', () => {
    const conf = '# a comment\r\nport 6379\r\nSAVE 900 1\r\nsave 300 10\r\n\r\ndir "a b"\r\n';
    assert.equal(edit(conf, { save: '""' }), '# a comment\r\nport 6379\r\nsave ""\r\n\r\ndir "a b"\r\n');
  });

  it('adds a line that is not there', () => {
    assert.equal(edit('port 1', { 'replica-priority': '0' }), 'port 1\nreplica-priority 0\n');
    assert.equal(edit('', { save: '""' }), 'save ""\n');
  });

  it('takes all lines of a name away', () => {
    assert.equal(edit('masterauth a\nport 1\nmasterauth b\n', {}, ['masterauth']), 'port 1\n');
  });

  it('tells lines apart by more words than the first, and knows the lab', () => {
    const conf = 'sentinel monitor other 127.0.0.1 1 1\nsentinel monitor orders 127.0.0.1 6379 2\n';
    assert.equal(
      edit(conf, { 'sentinel monitor {master}': '{address:replica:1} 4' }),
      'sentinel monitor other 127.0.0.1 1 1\nsentinel monitor orders 127.0.0.1 6380 4\n',
    );
    assert.equal(edit('', { port: '{port:sentinel:2}' }), 'port 26380\n');
    assert.equal(edit('', { port: '{port:sentinel:9}' }), 'port {port:sentinel:9}\n');
  });

  it('writes a directive as the version spells it', () => {
    const old = (name: string): string => name.replace('replica', 'slave');
    assert.equal(edit('slave-priority 10\n', { 'replica-priority': '0' }, [], old), 'slave-priority 0\n');
  });
});

describe('confTargets', () => {
  it('are the nodes of the lab as lab.json has them', () => {
    const names = (target: string): readonly string[] => confTargets(target, lab).map(node => node.name);
    assert.deepEqual(names('master'), ['redis-6379']);
    assert.deepEqual(names('replica:2'), ['redis-6381']);
    assert.deepEqual(names('all-servers'), ['redis-6379', 'redis-6380', 'redis-6381']);
    assert.deepEqual(names('all-replicas'), ['redis-6380', 'redis-6381']);
    assert.deepEqual(names('sentinel:3'), ['sentinel-26381']);
    assert.deepEqual(names('all-sentinels').length, 3);
    assert.deepEqual(names('sentinel:4'), []);
  });
});

describe('what the exercises break', () => {
  const context = {
    version: { product: 'redis', major: 7, minor: 0, patch: 15, windows: false },
    windows: false,
    dataDirectory: '/lab/data',
    logFile: '/lab/log',
    password: 'secret',
  } as unknown as Parameters<typeof writeRedisConf>[2];

  for (const { name, text } of exerciseFiles()) {
    const result = readExercise(text, name);
    if (!('exercise' in result) || result.exercise.breakBy.length === 0) continue;
    const { breakBy, lab: needs } = result.exercise;
    it(`${name}: the confs of the lab are other ones afterwards`, () => {
      const own = makeLab({ replicas: needs.replicas, sentinels: needs.sentinels });
      for (const change of breakBy) {
        const targets = confTargets(change.conf, own);
        assert.ok(targets.length > 0);
        for (const node of targets) {
          const write = node.kind === 'server' ? writeRedisConf : writeSentinelConf;
          const before = write(own, node, context);
          const after = applyConfEdit(before, change, own);
          assert.notEqual(after, before, node.name);
          assert.doesNotMatch(after, /[{}]/);
          // Doing it again changes nothing more.
          assert.equal(applyConfEdit(after, change, own), after);
        }
      }
    });
  }
});
