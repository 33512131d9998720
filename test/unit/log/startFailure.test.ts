import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { explainEnd, refusedToStop } from '../../../src/core/log/startFailure';
import { fixture } from '../../support/fixtures';
import { anyText } from '../../support/anyText';

describe('explainEnd on what real servers wrote', () => {
  const table: readonly (readonly [file: string, reason: string | undefined])[] = [
    ['redis-7.0.15-port-in-use', 'The port is in use by another program.'],
    ['redis-3.0.7-port-in-use', 'The port is in use by another program.'],
    ['windows-2.8.2101-port-in-use', 'The port is in use by another program.'],
    // Another trouble with the port: nobody holds it.
    [
      'redis-3.0.7-bind-bad-address',
      'Creating Server TCP listening socket 203.0.113.7:20059: bind: Cannot assign requested address',
    ],
    ['redis-7.0.15-bind-bad-address', 'Failed listening on port 23347 (TCP), aborting.'],
    [
      'redis-7.0.15-unknown-directive',
      'Line 5 of the conf is not accepted: maxmemroy 100mb (Bad directive or wrong number of arguments).',
    ],
    [
      'redis-3.0.7-unknown-directive',
      'Line 5 of the conf is not accepted: maxmemroy 100mb (Bad directive or wrong number of arguments).',
    ],
    [
      'redis-7.0.15-wrong-arity',
      'Line 5 of the conf is not accepted: maxmemory (wrong number of arguments).',
    ],
    [
      'redis-7.0.15-sentinel-unknown-option',
      'Line 6 of the conf is not accepted: sentinel no-such-option mymaster 1 (Unrecognized sentinel configuration statement.).',
    ],
    [
      'redis-7.0.15-cluster-and-replicaof',
      'The conf is not accepted: replicaof directive not allowed in cluster mode.',
    ],
    [
      'windows-2.8.2101-dir-unquoted-space',
      String.raw`Line 2 of the conf is not accepted: dir C:\lab\conf\my data (Bad directive or wrong number of arguments).`,
    ],
    [
      'windows-2.8.2101-dir-protected-mode',
      'The conf has a directive that this version does not know: protected-mode.',
    ],
    [
      'windows-2.8.2101-sentinel-myid',
      'The conf has a Sentinel option that this version does not know: myid.',
    ],
    [
      'windows-2.8.2101-dir-quoted-single-backslash',
      'The data folder C:labconfdata cannot be used: No such file or directory.',
    ],
    [
      'redis-3.0.7-dir-missing',
      'The data folder /lab-does-not-exist cannot be used: No such file or directory.',
    ],
    ['redis-7.0.15-logfile-missing-dir', 'The log file cannot be written: No such file or directory.'],
    [
      'redis-3.0.7-logfile-missing-dir',
      "Line 5 of the conf is not accepted: logfile /srv/logfile-missing-dir/nope/server.log (Can't open the log file: No such file or directory).",
    ],
    ['redis-7.0.15-sentinel-conf-readonly', 'Sentinel must be able to write its conf: Permission denied.'],
    ['redis-7.0.15-sentinel-no-conf', 'Sentinel needs config file on disk to save state. Exiting...'],
    [
      'redis-7.0.15-rdb-future-version',
      'The data was saved by a newer version (RDB format 99) that this server cannot read.',
    ],
    [
      'redis-3.0.7-rdb-future-version',
      'The data was saved by a newer version (RDB format 99) that this server cannot read.',
    ],
    ['redis-7.0.15-rdb-short', 'The saved data in the data folder cannot be read.'],
    ['redis-7.0.15-aof-garbage', 'The saved data in the data folder cannot be read.'],
    // These started, and were stopped on purpose or killed: their routine warnings are no reason.
    ['redis-7.0.15-hz-huge', undefined],
    ['redis-3.0.7-hz-huge', undefined],
    ['windows-2.8.2101-warm', undefined],
  ];
  for (const [file, reason] of table) {
    it(`${file}: ${reason ?? 'no reason'}`, () =>
      assert.equal(explainEnd(fixture(`ends/${file}.txt`)), reason));
  }

  for (const file of ['redis-7.0.15-unbalanced-quotes', 'redis-3.0.7-user-bad']) {
    it(`${file}: names the line without its secret`, () => {
      const text = fixture(`ends/${file}.txt`);
      const line = />>> '(\S+) (.*)'/.exec(text);
      assert.ok(line?.[1] && line[2]);
      const reason = explainEnd(text) ?? '';
      assert.ok(reason.includes(`${line[1]} …`), reason);
      assert.ok(!reason.includes(line[2]), reason);
    });
  }
});

describe('explainEnd', () => {
  it('knows how Redis 8 speaks of a directive that it takes for a setting of a module', () => {
    const text =
      '9:M 23 Nov 2025 07:03:34.408 # Module Configuration detected without loadmodule directive or no ApplyConfig call: aborting\n';
    assert.match(explainEnd(text) ?? '', /takes for a module's/);
  });

  it('hides every kind of secret', () => {
    const lines = [
      'requirepass a secret word',
      'masterauth a secret word',
      'REQUIREPASS "a secret word',
      'sentinel auth-pass mymaster a secret word',
      'sentinel sentinel-pass a secret word',
      'user default on >secret word',
      'tls-key-file-pass a secret word',
      'primaryauth a secret word',
    ];
    for (const line of lines) {
      const text = `*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***\nReading the configuration file, at line 9\n>>> '${line}'\nwrong number of arguments\n`;
      const reason = explainEnd(text) ?? '';
      assert.ok(reason.includes(line.split(' ')[0] ?? ''), reason);
      assert.doesNotMatch(reason, /secret/, line);
    }
  });

  it('looks at the last process of a log only', () => {
    const failed =
      '100:M 23 Nov 2025 07:03:34.410 # Warning: Could not create server TCP listening socket 127.0.0.1:6379: bind: Address already in use\n';
    const ran =
      '200:M 23 Nov 2025 08:00:00.000 * Ready to accept connections\n201:C 23 Nov 2025 08:01:00.000 * DB saved on disk\n';
    const crashed = '200:M 23 Nov 2025 08:02:00.000 # Redis 7.0.15 crashed by signal: 11, si_code: 0\n';
    assert.equal(explainEnd(failed), 'The port is in use by another program.');
    assert.equal(explainEnd(failed + ran), undefined);
    assert.equal(explainEnd(failed + ran + crashed), 'It crashed by signal 11; the log has the report.');
    const old =
      '[100] 23 Nov 07:03:34.410 # Creating Server TCP listening socket *:6379: bind: No error\n[200] 23 Nov 07:03:34.410 * The server is now ready\n';
    assert.equal(explainEnd(old), undefined);
  });

  it('has no reason where nothing was written', () => {
    assert.equal(explainEnd(''), undefined);
    assert.equal(explainEnd('9:M 23 Nov 2025 08:00:00.000 * Ready to accept connections\n'), undefined);
  });

  it('never throws', () => {
    fc.assert(fc.property(anyText, text => void explainEnd(text)));
  });
});

describe('refusedToStop', () => {
  it('knows the words of a server that cannot save its data', () => {
    assert.ok(refusedToStop("7:M 23 Nov 2025 07:03:34.408 # Error trying to save the DB, can't exit."));
    assert.ok(refusedToStop('ERR Errors trying to SHUTDOWN. Check logs.'));
    assert.ok(refusedToStop('# Errors trying to shut down the server. Check the logs for more information.'));
    assert.ok(!refusedToStop('7:M 23 Nov 2025 07:03:34.408 # Redis is now ready to exit, bye bye...'));
  });
});
