import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { adoptConfs, type Adoption } from '../../../src/core/conf/adoptConfs';
import { chooseConfs, isWorthAdopting } from '../../../src/core/conf/chooseConfs';
import { recognisedKind } from '../../../src/core/conf/confKind';
import { readFoundConf, type FoundConf } from '../../../src/core/conf/foundConf';
import { writeAdoptedLabFile } from '../../../src/core/model/adoptedLabFile';
import { readLabFile } from '../../../src/core/model/labFile';
import { anyText } from '../../support/anyText';
import type { ConfFile } from '../../support/anyConf';
import { noteConfs } from '../../support/noteConfs';

const posix = { windows: false, ownHosts: ['box', '192.168.0.7'] };
const read = (files: readonly ConfFile[]): FoundConf[] =>
  files.flatMap(({ path, text }) => readFoundConf(path, text) ?? []);
const adopt = (files: Readonly<Record<string, string>>, context = posix): Adoption =>
  adoptConfs(read(Object.entries(files).map(([path, text]) => ({ path, text }))), context);
const ids = ({ problems }: Adoption, severity = 'error'): string[] =>
  problems.filter(problem => problem.severity === severity).map(({ id }) => id);
const monitor = (port: number, quorum = 1, name = 'mymaster'): string =>
  `sentinel monitor ${name} 127.0.0.1 ${port} ${quorum}\n`;
const master = 'port 7001\ndir /tmp\ndbfilename a.rdb\n';
const replica = 'port 7002\ndir /tmp\nreplicaof 127.0.0.1 7001\n';

describe('what kind a file is', () => {
  it('is decided by its content, whatever its name is', () => {
    assert.equal(recognisedKind('port 1\nsentinel monitor a b 1 1\n', 'redis.conf'), 'sentinel');
    assert.equal(recognisedKind('port 1\nmaxmemory 1mb\n', 'sentinel.conf'), 'server');
    assert.equal(recognisedKind('port 26379\n', 'sentinel26379.conf'), 'sentinel');
    assert.equal(recognisedKind('port 6379\n', 'some.conf'), 'server');
    assert.equal(recognisedKind('\uFEFFport 6379\r\nslaveof a 1\r\n', 'x'), 'server');
  });

  it('is none for files of other programs, and for empty ones', () => {
    assert.equal(
      recognisedKind(
        'worker_processes 1;\nevents {\n  worker_connections 1024;\n}\nhttp {\n}\n',
        'nginx.conf',
      ),
      undefined,
    );
    assert.equal(recognisedKind('[mysqld]\nport=3306\nuser=mysql\n', 'my.conf'), undefined);
    assert.equal(recognisedKind('# nothing\n', 'redis.conf'), undefined);
    fc.assert(fc.property(anyText, text => void recognisedKind(text, 'a.conf')));
  });
});

describe('existing confs', () => {
  it('of the note are a master, a replica and three Sentinels; the file of the installation stays out', () => {
    const found = read(noteConfs());
    const chosen = chooseConfs(found);
    assert.equal(chosen.length, 5);
    assert.ok(isWorthAdopting(chosen));
    const adoption = adoptConfs(chosen, posix);
    assert.deepEqual(ids(adoption), []);
    assert.equal(adoption.masterPort, 6379);
    assert.deepEqual(
      adoption.nodes.map(({ name, replicaOf }) => [name, replicaOf]),
      [
        ['redis-6379', undefined],
        ['redis-6380', 6379],
        ['sentinel-26379', undefined],
        ['sentinel-26380', undefined],
        ['sentinel-26381', undefined],
      ],
    );
    assert.deepEqual(adoption.watch, {
      masterName: 'mymaster',
      quorum: 2,
      downAfterMilliseconds: 30_000,
      failoverTimeout: 180_000,
      parallelSyncs: 1,
    });
  });

  it('are chosen over folders when they are tied to each other', () => {
    const files = {
      'a/redis.conf': master,
      'b/redis.conf': replica,
      's/sentinel.conf': `port 7003\n${monitor(7001)}`,
      'x/redis.conf': 'port 9999\n',
    };
    const chosen = chooseConfs(read(Object.entries(files).map(([path, text]) => ({ path, text }))));
    assert.deepEqual(
      chosen.map(({ path }) => path),
      ['a/redis.conf', 'b/redis.conf', 's/sentinel.conf'],
    );
  });

  it('are not worth an offer when there is only one, or no ties', () => {
    assert.equal(isWorthAdopting(read([{ path: 'redis.conf', text: master }])), false);
    assert.equal(
      isWorthAdopting(
        read([
          { path: 'a', text: 'port 1\n' },
          { path: 'b', text: 'port 2\n' },
        ]),
      ),
      false,
    );
  });

  const faults: Readonly<
    Record<string, readonly [problem: string, files: Readonly<Record<string, string>>]>
  > = {
    'nothing at all': ['nothing', {}],
    'the same port twice': ['same-port', { a: master, b: master.replace('a.rdb', 'b.rdb') }],
    'port 0': ['no-port', { a: 'port 0\n' }],
    'no master': [
      'no-master',
      { a: 'port 1\nreplicaof 127.0.0.1 2\n', b: 'port 2\nreplicaof 127.0.0.1 1\n' },
    ],
    'two masters': ['two-masters', { a: 'port 1\n', b: 'port 2\n' }],
    'a replica of an unknown port': ['unknown-master', { a: master, b: 'port 2\nreplicaof 127.0.0.1 9\n' }],
    'a replica of another machine': ['unknown-master', { a: master, b: 'port 2\nreplicaof 10.9.8.7 7001\n' }],
    'a Sentinel that watches nobody': ['unknown-monitored', { a: master, s: `port 3\n${monitor(9)}` }],
    'a Sentinel without a monitor line': ['no-monitor', { a: master, 'sentinel.conf': 'port 3\n' }],
    'two names for one master': [
      'two-names',
      { a: master, s: `port 3\n${monitor(7001)}`, t: `port 4\n${monitor(7001, 1, 'other')}` },
    ],
    'a quorum that cannot be met': ['quorum', { a: master, s: `port 3\n${monitor(7001, 2)}` }],
    'only Sentinels': ['no-servers', { s: `port 3\n${monitor(7001)}` }],
    daemonize: ['daemonize', { a: `${master}daemonize yes\n` }],
    'a cluster node': ['cluster', { a: `${master}cluster-enabled yes\n` }],
    'an address that is not loopback': ['not-on-loopback', { a: `${master}bind 192.168.0.7\n` }],
    'a path of Windows': ['windows-path', { a: 'port 1\ndir "C:\\\\Program Files\\\\Redis"\n' }],
  };
  for (const [name, [problem, files]] of Object.entries(faults)) {
    it(`with ${name} give one clear message`, () => {
      const found = adopt(files).problems.filter(({ severity }) => severity === 'error');
      assert.ok(
        found.some(({ id }) => id === problem),
        JSON.stringify(found),
      );
      if (problem !== 'no-master') assert.equal(found.length, 1, JSON.stringify(found));
      for (const { message } of found) assert.match(message, /[.!]$|\d$/);
    });
  }

  it('that a failover left with two masters still have one, the watched one', () => {
    const sentinel = `port 3\n${monitor(7002)}sentinel known-replica mymaster 127.0.0.1 7001\n`;
    const adoption = adopt({ a: master, b: 'port 7002\ndir /tmp\n', s: sentinel });
    assert.deepEqual(ids(adoption), []);
    assert.equal(adoption.masterPort, 7002);
    assert.equal(adoption.nodes.find(({ name }) => name === 'redis-7001')?.replicaOf, 7002);
  });

  it('know their own machine by its name and addresses', () => {
    for (const host of ['localhost', 'BOX', '192.168.0.7', '127.0.0.2'])
      assert.deepEqual(ids(adopt({ a: master, b: replica.replace('127.0.0.1', host) })), []);
  });

  const notes: Readonly<Record<string, readonly [problem: string, files: Readonly<Record<string, string>>]>> =
    {
      'a comment behind a value': ['inline-comment', { a: 'port 7001 # the master\n' }],
      include: ['include', { a: `${master}include more.conf\n` }],
      'one data file for two': ['same-data', { a: master.replace('a.rdb', 'dump.rdb'), b: replica }],
      'one log for two': [
        'same-log',
        { a: `${master}logfile /tmp/x.log\n`, b: `${replica}logfile /tmp/x.log\n` },
      ],
      'one id for two': [
        'same-id',
        {
          a: master,
          s: `port 3\n${monitor(7001)}sentinel myid abc\n`,
          t: `port 4\n${monitor(7001)}sentinel myid abc\n`,
        },
      ],
      'a password in one place': ['password', { a: `${master}requirepass s3cret\n`, b: replica }],
      'a Sentinel without the password': [
        'sentinel-password',
        { a: `${master}requirepass s3cret\nmasterauth s3cret\n`, s: `port 3\n${monitor(7001)}` },
      ],
      'different quorums': [
        'quorums',
        { a: master, s: `port 3\n${monitor(7001, 1)}`, t: `port 4\n${monitor(7001, 2)}` },
      ],
      'a watched replica': ['watches-replica', { a: master, b: replica, s: `port 3\n${monitor(7002)}` }],
    };
  for (const [name, [problem, files]] of Object.entries(notes)) {
    it(`with ${name} can be a lab, with a warning`, () => {
      const adoption = adopt(files);
      assert.deepEqual(ids(adoption), []);
      assert.ok(ids(adoption, 'warning').includes(problem), JSON.stringify(adoption.problems));
      for (const { message } of adoption.problems) assert.doesNotMatch(message, /s3cret/);
    });
  }

  it('on Windows may have paths of Windows and daemonize', () => {
    const files = { a: 'port 1\ndaemonize yes\ndir "C:\\\\Redis"\n' };
    assert.deepEqual(ids(adopt(files, { windows: true, ownHosts: [] })), []);
  });

  it('give a lab.json that is read back as the same nodes', () => {
    const adoption = adoptConfs(chooseConfs(read(noteConfs())), posix);
    const paths = new Map(
      adoption.nodes.map(({ name, conf }) => [
        name,
        { conf: conf.path, log: name === 'redis-6379' ? '/var/log/"a".log' : undefined },
      ]),
    );
    const text = writeAdoptedLabFile(adoption, { name: 'my "lab"', paths });
    const result = readLabFile(text, 'folder');
    assert.ok('lab' in result, JSON.stringify(result));
    const { lab } = result;
    assert.equal(lab.name, 'my "lab"');
    assert.deepEqual([lab.masterName, lab.quorum, lab.downAfterMilliseconds], ['mymaster', 2, 30_000]);
    assert.deepEqual(
      lab.nodes.map(({ name, conf, replicaOf, hasOwnConf }) => ({ name, conf, replicaOf, hasOwnConf })),
      adoption.nodes.map(({ name, conf, replicaOf }) => ({
        name,
        conf: conf.path,
        replicaOf,
        hasOwnConf: true,
      })),
    );
    assert.equal(lab.nodes[0]?.log, '/var/log/"a".log');
    assert.equal(lab.nodes[1]?.log, 'log/redis-6380.log');
  });
});
