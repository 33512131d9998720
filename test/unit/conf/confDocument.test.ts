import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  lastDirective,
  readDirectives,
  readSentinelConf,
  readServerConf,
} from '../../../src/core/conf/confDocument';
import { fixture } from '../../support/fixtures';
import { anyText } from '../../support/anyText';

describe('readDirectives', () => {
  it('leaves comments and blank lines out and counts them as lines', () => {
    const text = '# a lab\n\n  port 6379\n   # bind 0.0.0.0\nDIR "/my data"\n';
    assert.deepEqual(
      readDirectives(text).map(({ line, name, args }) => [line, name, args]),
      [
        [3, 'port', ['6379']],
        [5, 'dir', ['/my data']],
      ],
    );
  });

  it('reads files of Windows: ends of lines with carriage returns, and a byte order mark', () => {
    assert.deepEqual(
      readDirectives('\uFEFFport 6379\r\nsave ""\r\n').map(({ name, args }) => [name, ...args]),
      [
        ['port', '6379'],
        ['save', ''],
      ],
    );
  });

  it('takes a name without regard to case, and keeps the case of values', () => {
    assert.deepEqual(readDirectives('SlaveOf LocalHost 6379')[0]?.args, ['LocalHost', '6379']);
    assert.equal(readDirectives('SlaveOf LocalHost 6379')[0]?.name, 'slaveof');
  });

  it('goes on after a line with unbalanced quotes', () => {
    assert.deepEqual(
      readDirectives('dir "/a\nport 1').map(({ name }) => name),
      ['port'],
    );
  });

  it('has words that stand where they say', () => {
    const text = '  dir   "/my data"  ';
    const words = readDirectives(text)[0]?.words ?? [];
    assert.deepEqual(
      words.map(({ start, end }) => text.slice(start, end)),
      ['dir', '"/my data"'],
    );
  });

  it('never throws, and gives lines that exist, in order', () => {
    fc.assert(
      fc.property(anyText, text => {
        const lines = readDirectives(text).map(({ line }) => line);
        assert.deepEqual(
          lines,
          lines.toSorted((a, b) => a - b),
        );
        assert.ok(lines.every(line => line >= 1 && line <= text.split('\n').length));
      }),
    );
  });
});

describe('lastDirective', () => {
  it('takes the last of several, under any of its names, as Redis does', () => {
    const directives = readDirectives('slaveof a 1\nport 1\nreplicaof b 2\nport 2');
    assert.equal(lastDirective(directives, 'replicaof', 'slaveof')?.line, 3);
    assert.equal(lastDirective(directives, 'port')?.args[0], '2');
    assert.equal(lastDirective(directives, 'bind'), undefined);
  });
});

describe('readServerConf', () => {
  it('reads what a conf says about the place of a node in the lab', () => {
    const text =
      'port 6380\nreplicaof 127.0.0.1 6379\nrequirepass "two words"\ndir "/data"\nlogfile "/log/a.log"';
    assert.deepEqual(readServerConf(text), {
      replicaOf: { host: '127.0.0.1', port: 6379 },
      password: 'two words',
      directory: '/data',
      logFile: '/log/a.log',
    });
  });

  it('takes NO ONE and a conf without the line for a master', () => {
    assert.equal(readServerConf('slaveof NO ONE').replicaOf, undefined);
    assert.equal(readServerConf('replicaof 127.0.0.1 1\nreplicaof no one').replicaOf, undefined);
    assert.equal(readServerConf('port 1').replicaOf, undefined);
    assert.notEqual(readServerConf('replicaof no 1').replicaOf, undefined);
  });

  it('takes an empty password for none', () => {
    assert.equal(readServerConf('requirepass ""').password, undefined);
  });

  for (const name of ['redis-7.0.15', 'valkey-9.1']) {
    it(`reads the conf that ${name} wrote after a failover, Korean letters too`, () => {
      assert.deepEqual(readServerConf(fixture(`conf/${name}-redis-after-failover.conf`)), {
        replicaOf: undefined,
        password: 'p w"한',
        directory: '/srv/lab 한글/r',
        logFile: '/srv/lab 한글/r.log',
      });
    });
  }
});

describe('readSentinelConf', () => {
  it('reads the conf that Redis 7.0 wrote after a failover', () => {
    assert.deepEqual(
      readSentinelConf(fixture('conf/redis-7.0.15-sentinel-after-failover.conf'), 'mymaster'),
      {
        monitored: { host: '127.0.0.1', port: 28_101, quorum: 1 },
        configEpoch: 1,
        id: 'e3b3321eb6390c60630c01d4c5610f30b18c4827',
        password: undefined,
        directory: '/srv/lab 한글/s',
      },
    );
  });

  it('reads the conf that Valkey 9.1 wrote after a failover', () => {
    const facts = readSentinelConf(fixture('conf/valkey-9.1-sentinel-after-failover.conf'), 'mymaster');
    assert.deepEqual([facts.monitored?.port, facts.configEpoch], [28_111, 1]);
    assert.equal(facts.id, 'bf0e3fe995666bc50628b0dcaca2be92ba567e4c');
  });

  it('reads nothing of another master', () => {
    const text = 'sentinel monitor other 127.0.0.1 7000 2\nsentinel config-epoch other 9\nsentinel myid abc';
    assert.deepEqual(readSentinelConf(text, 'mymaster'), {
      monitored: undefined,
      configEpoch: 0,
      id: 'abc',
      password: undefined,
      directory: undefined,
    });
  });

  it('takes the password of Sentinel itself, not that of the master', () => {
    const text = 'sentinel auth-pass mymaster secret\nrequirepass own';
    assert.equal(readSentinelConf(text, 'mymaster').password, 'own');
  });
});
