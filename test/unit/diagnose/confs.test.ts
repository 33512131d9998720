import assert from 'node:assert/strict';
import { readConfFacts } from '../../../src/core/diagnose/confFacts';
import { diagnose } from '../../../src/core/diagnose/diagnose';
import { parseVersion } from '../../../src/core/conf/serverVersion';
import { writeFirstConf } from '../../../src/core/conf/firstConf';
import { shortFindings } from '../../support/diagnosis';
import { makeLab } from '../../support/labs';

const sentinel = (port: number, lines = ''): string =>
  `port ${port}\nsentinel monitor mymaster 127.0.0.1 6379 2\n${lines}`;
const three = (change: (text: string, index: number) => string = text => text): Record<string, string> =>
  Object.fromEntries(
    [26_379, 26_380, 26_381].map((port, index) => [`sentinel-${port}.conf`, change(sentinel(port), index)]),
  );

describe('what confs alone prove', () => {
  it('nothing where all is well', () => {
    assert.deepEqual(shortFindings(three()), []);
    const lab = makeLab();
    for (const name of ['redis-2.8.24', 'redis-3.0.7', 'redis-7.0.15', 'valkey-9.1.2']) {
      const version = parseVersion(name);
      assert.ok(version);
      const confs = lab.nodes.map(node => {
        const text = writeFirstConf(lab, node, {
          version,
          windows: false,
          dataDirectory: `/lab/data/${node.name}`,
          logFile: `/lab/log/${node.name}.log`,
          password: 'secret',
        });
        return readConfFacts(`${node.name}.conf`, { text, isUtf16: false });
      });
      assert.deepEqual(diagnose([], confs, version), [], name);
    }
  });

  it('Sentinels: ids, numbers, quorums, masters', () => {
    assert.deepEqual(
      shortFindings(three((text, index) => (index < 2 ? `${text}sentinel myid ${'5f'.repeat(20)}` : text))),
      ['error duplicate-myid sentinel-26379.conf:3 sentinel-26380.conf:3'],
    );
    assert.deepEqual(shortFindings(three(text => text.replace('6379 2', '6379 4'))), [
      'error quorum-above-sentinels sentinel-26379.conf:2 sentinel-26380.conf:2 sentinel-26381.conf:2',
    ]);
    const four = { ...three(), 'sentinel-26382.conf': sentinel(26_382) };
    assert.match(shortFindings(four).join('\n'), /^info even-sentinel-count/);
    const two = { 'sentinel-1.conf': sentinel(26_379), 'sentinel-2.conf': sentinel(26_380) };
    assert.match(shortFindings(two).join('\n'), /^warning too-few-sentinels\.two/);
    // A conf by itself does not say how many there are.
    assert.deepEqual(shortFindings({ 'sentinel.conf': sentinel(26_379) }), []);
    assert.match(
      shortFindings(three((text, index) => (index === 0 ? text.replace('6379 2', '6390 2') : text))).join(
        '\n',
      ),
      /^error sentinels-watch-different-masters/,
    );
  });

  it('Sentinels: order, times, addresses, passwords', () => {
    const early =
      'port 26379\nsentinel down-after-milliseconds mymaster 5000\nsentinel monitor mymaster 127.0.0.1 6379 2\n';
    assert.deepEqual(shortFindings({ 'sentinel.conf': early }, '3.0.7'), [
      'error option-before-monitor sentinel.conf:2',
    ]);
    assert.deepEqual(shortFindings({ 'sentinel.conf': early }, '7.0.15'), []);
    const times = sentinel(26_379, 'sentinel down-after-milliseconds mymaster 500\n');
    assert.deepEqual(shortFindings({ 'sentinel.conf': times }), [
      'warning down-after-too-small.conf sentinel.conf:3',
    ]);
    assert.deepEqual(shortFindings({ 'sentinel.conf': times.replace('500', '600000') }), [
      'info down-after-too-large sentinel.conf:3',
    ]);
    assert.deepEqual(shortFindings({ 'sentinel.conf': `bind 127.0.0.1 10.0.0.5\n${sentinel(26_379)}` }), [
      'warning loopback-monitor-address.conf sentinel.conf:3',
      'warning sentinel-bind-loopback-first sentinel.conf:1',
    ]);
    assert.deepEqual(
      shortFindings({
        'sentinel.conf': sentinel(26_379),
        'redis-6379.conf': 'port 6379\nrequirepass secret\nmasterauth secret\n',
      }),
      ['error sentinel-auth-pass-missing.conf sentinel.conf:2 redis-6379.conf:2'],
    );
    assert.match(
      shortFindings(three((text, index) => (index === 0 ? `${text}requirepass secret\n` : text))).join('\n'),
      /^error sentinel-password-mismatch/,
    );
  });

  it('a replica that is monitored, and one machine under two names', () => {
    assert.deepEqual(
      shortFindings({
        'sentinel.conf': sentinel(26_379),
        'redis-6379.conf': 'port 6379\nreplicaof 127.0.0.1 6380\n',
      }),
      ['error replica-monitored-as-master sentinel.conf:2 redis-6379.conf:2'],
    );
    const forms = {
      'sentinel.conf': sentinel(26_379),
      'redis-6380.conf': 'port 6380\nreplicaof localhost 6379\n',
    };
    assert.deepEqual(shortFindings(forms), ['info mixed-address-forms sentinel.conf:2 redis-6380.conf:2']);
  });

  it('data nodes: passwords, folders, ports, replicas', () => {
    assert.deepEqual(shortFindings({ 'a.conf': 'port 6379\nrequirepass secret\n' }), [
      'error masterauth-missing.conf a.conf:2',
    ]);
    assert.deepEqual(shortFindings({ 'a.conf': 'port 6379\nrequirepass one\nmasterauth two\n' }), [
      'error masterauth-missing.confWrong a.conf:3',
    ]);
    assert.deepEqual(
      shortFindings({
        'a.conf': 'port 6379\ndir /var/lib/redis\n',
        'b.conf': 'port 6380\ndir /var/lib/redis/\n',
      }),
      ['error shared-data-dir.conf a.conf:2 b.conf:2'],
    );
    assert.deepEqual(shortFindings({ 'a.conf': 'port 6379\n', 'b.conf': 'save 60 1\n' }), [
      'error port-in-use.conf a.conf:1 b.conf:1',
    ]);
    assert.deepEqual(
      shortFindings({ 'a.conf': 'port 6379\nmin-replicas-to-write 2\n', 'b.conf': 'port 6380\n' }),
      ['error not-enough-replicas a.conf:2'],
    );
    assert.deepEqual(
      shortFindings({
        'a.conf': 'port 6379\n',
        'b.conf': 'port 6380\nreplicaof 127.0.0.1 6379\nreplica-priority 0\n',
      }),
      ['error no-replica-eligible.conf b.conf:3'],
    );
    assert.deepEqual(shortFindings({ 'a.conf': 'daemonize yes\n' }), [
      'warning daemonize-in-terminal.conf a.conf:1',
    ]);
  });

  it('directives that the version does not know', () => {
    const text =
      'port 6379\nreplicaof 127.0.0.1 6380\nmin-replicas-to-write 1\nmaxmemroy 100mb\nnosuchthing 1\n';
    assert.deepEqual(shortFindings({ 'a.conf': text }, 'windows-3.0.504'), [
      'error replicaof-not-supported a.conf:2',
      'error directive-not-supported a.conf:3',
      'error directive-not-supported.misspelt a.conf:4',
      'error directive-not-supported.unknown a.conf:5',
    ]);
    assert.deepEqual(shortFindings({ 'a.conf': 'port 6379\nreplicaof 127.0.0.1 6380\n' }, '7.0.15'), []);
    // Without a version nothing is claimed.
    assert.deepEqual(shortFindings({ 'a.conf': text.replace('min-replicas-to-write 1\n', '') }), []);
  });

  it('bytes that nobody sees', () => {
    const what: readonly (readonly [text: string, finding: string])[] = [
      ['\uFEFFport 6379\n', 'bom a.conf:1'],
      ['port 6379\ndir\u00a0/data\n', 'space a.conf:2'],
      ['port 6379\ndir \u201c/data\u201d\n', 'quotes a.conf:2'],
      ['port 6379\ndir /da\u0007ta\n', 'control a.conf:2'],
    ];
    for (const [text, finding] of what)
      assert.deepEqual(shortFindings({ 'a.conf': text }), [`error bad-bytes-in-conf.${finding}`]);
    assert.deepEqual(shortFindings({ 'a.conf': 'port 6379\n# “quoted” in a comment, \u00a0 too\n' }), []);
    const wide = readConfFacts('a.conf', { text: 'port 6379', isUtf16: true });
    assert.equal(diagnose([], [wide], undefined)[0]?.variant, 'utf16');
  });
});
