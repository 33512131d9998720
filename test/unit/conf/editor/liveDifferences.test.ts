import assert from 'node:assert/strict';
import { parseConf } from '../../../../src/core/conf/confText';
import { liveDifferences, type LiveDifference } from '../../../../src/core/conf/editor/liveDifferences';
import { confScope } from '../../../support/confScope';

function compare(
  text: string,
  running: Record<string, string>,
  version = '7.0.15',
): readonly LiveDifference[] {
  const kind = text.includes('sentinel ') ? 'sentinel' : 'server';
  return liveDifferences(parseConf(text), new Map(Object.entries(running)), confScope(version, kind));
}
const short = (all: readonly LiveDifference[]): unknown[] =>
  all.map(({ line, name, written, running, isRuntime }) => [line, name, written, running, isRuntime]);

describe('a conf beside its running node', () => {
  it('tells the values with which the node does not run, in bytes for CONFIG SET and in units for people', () => {
    const text = 'port 6379\nmaxmemory 256mb\nappendonly yes\ntimeout 0\n';
    const running = { port: '6380', maxmemory: '536870912', appendonly: 'yes', timeout: '0' };
    assert.deepEqual(short(compare(text, running)), [
      [1, 'port', '6379', '6380', true],
      [2, 'maxmemory', '268435456', '512mb', true],
    ]);
  });

  it('knows what needs a restart in which version', () => {
    const running = { port: '6380', databases: '16' };
    assert.deepEqual(short(compare('port 6379\ndatabases 8\n', running, '6.0.20')), [
      [1, 'port', '6379', '6380', false],
      [2, 'databases', '8', '16', false],
    ]);
  });

  it('takes the last of several lines, and all of save', () => {
    assert.deepEqual(compare('timeout 5\ntimeout 9\n', { timeout: '9' }), []);
    assert.deepEqual(compare('save 900 1\nsave 300 10\n', { save: '900 1 300 10' }), []);
    assert.deepEqual(short(compare('save 900 1\nsave ""\n', { save: '900 1' })), [
      [2, 'save', '', '900 1', true],
    ]);
  });

  it('sees the same value behind another form', () => {
    const text =
      'repl-backlog-size 1mb\nnotify-keyspace-events Ex\nloglevel NOTICE\nbind  127.0.0.1   ::1\nunixsocketperm 0700\n';
    const running = {
      'repl-backlog-size': '1048576',
      'notify-keyspace-events': 'xE',
      loglevel: 'notice',
      bind: '127.0.0.1 ::1',
      unixsocketperm: '700',
    };
    assert.deepEqual(compare(text, running), []);
  });

  it('compares a directive under its other name, and leaves the role to the person', () => {
    assert.deepEqual(
      short(compare('slaveof 127.0.0.1 6379\n', { replicaof: '127.0.0.1 6380', slaveof: '127.0.0.1 6380' })),
      [[1, 'slaveof', '127.0.0.1 6379', '127.0.0.1 6380', false]],
    );
    assert.deepEqual(compare('slave-priority 10\n', { 'replica-priority': '10' }), []);
  });

  it('compares each class of output buffers', () => {
    const running = { 'client-output-buffer-limit': 'normal 0 0 0 slave 268435456 67108864 60 pubsub 1 1 1' };
    const text =
      'client-output-buffer-limit replica 256mb 64mb 60\nclient-output-buffer-limit normal 1mb 0 0\n';
    assert.deepEqual(short(compare(text, running)), [
      [2, 'client-output-buffer-limit', 'normal 1048576 0 0', '0 0 0', true],
    ]);
  });

  it('never compares a password, and nothing that CONFIG GET does not tell', () => {
    const text = 'requirepass a\nmasterauth b\nuser c on >d\ninclude x\nrename-command CONFIG ""\ndir ./x\n';
    const running = { requirepass: 'z', masterauth: 'z', user: 'z', include: 'z', dir: '/z' };
    assert.deepEqual(compare(text, running), []);
  });

  it("compares a Sentinel's options by master", () => {
    const text = [
      'sentinel monitor mymaster 127.0.0.1 6379 2',
      'sentinel down-after-milliseconds mymaster 5000',
      'sentinel failover-timeout mymaster 60000',
    ].join('\n');
    const running = {
      'sentinel monitor mymaster': '127.0.0.1 6379 3',
      'sentinel down-after-milliseconds mymaster': '1000',
      'sentinel failover-timeout mymaster': '60000',
    };
    assert.deepEqual(short(compare(text, running)), [
      [1, 'sentinel monitor', '2', '127.0.0.1 6379 3', true],
      [2, 'sentinel down-after-milliseconds', '5000', '1000', true],
    ]);
    assert.deepEqual(
      compare(text, { 'sentinel monitor mymaster': '127.0.0.1 6380 2' }).map(({ isRuntime }) => isRuntime),
      [false],
    );
  });
});
