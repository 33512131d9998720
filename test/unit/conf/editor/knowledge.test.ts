import assert from 'node:assert/strict';
import { parseConf } from '../../../../src/core/conf/confText';
import { directiveHistory, directiveNames, historyText } from '../../../../src/core/conf/directiveHistory';
import { acceptsDirective } from '../../../../src/core/conf/directives';
import { knownServers } from '../../../../src/core/conf/directives.generated';
import { confProposals, type ConfProposal } from '../../../../src/core/conf/editor/confCompletion';
import { confHover, directiveMarkdown } from '../../../../src/core/conf/editor/confHover';
import { confWords, mergeWords, type ConfWords } from '../../../../src/core/conf/editor/confWords';
import { formatMemory, parseMemory } from '../../../../src/core/conf/memorySize';
import { confScope } from '../../../support/confScope';

const noWords: ConfWords = { ports: [], hosts: [], masters: [] };
const labWords = {
  ports: [{ text: '6380', note: 'redis-6380' }],
  hosts: [{ text: '10.0.0.5', note: 'a.conf' }],
  masters: [{ text: 'team', note: '127.0.0.1:6380' }],
};

function hover(text: string, column: number, version = '7.0.15', running?: string): string | undefined {
  const kind = /sentinel/.test(text) ? 'sentinel' : 'server';
  const [line] = parseConf(text).lines;
  assert.ok(line);
  return confHover(line, column, confScope(version, kind), running)?.markdown;
}

/** In the order in which VS Code shows them. */
function propose(
  text: string,
  version = '7.0.15',
  kind: 'server' | 'sentinel' = 'server',
  words = noWords,
): ConfProposal[] {
  return confProposals(text, text.length, confScope(version, kind), words).toSorted((a, b) =>
    a.sortText < b.sortText ? -1 : 1,
  );
}
const labels = (proposals: readonly ConfProposal[]): string[] => proposals.map(({ label }) => label);

describe('the hover of a conf', () => {
  it('says what a directive does, its form, default and whether it can be changed at run time', () => {
    const text = hover('maxmemory-policy allkeys-lru', 3) ?? '';
    assert.match(text, /```redis-conf\nmaxmemory-policy /);
    assert.match(text, /Default of Redis 7.0.15: `noeviction`/);
    assert.match(text, /Can be changed at run time with CONFIG SET/);
    assert.doesNotMatch(text, /does not know/);
  });

  it('has the default of the version', () => {
    assert.match(hover('repl-diskless-sync yes', 3, '6.2.16') ?? '', /Default of Redis 6.2.16: `no`/);
    assert.match(hover('repl-diskless-sync yes', 3, '7.0.15') ?? '', /Default of Redis 7.0.15: `yes`/);
    assert.match(hover('repl-backlog-size 1mb', 3) ?? '', /`1048576` \(1mb\)/);
  });

  it('names what to write where the version does not know the name', () => {
    const text = hover('replicaof 127.0.0.1 6379', 3, '3.0.504') ?? '';
    assert.match(text, /Redis 3.0.504 does not know this name. Write `slaveof` instead/);
    assert.match(text, /Known to Redis 5\\.0 and newer, Valkey/);
    assert.match(text, /The older name is `slaveof`/);
    assert.match(hover('protected-mode yes', 3, '3.0.504') ?? '', /take the line out for this version/);
    assert.doesNotMatch(hover('protected-mode yes', 3, '3.0.504') ?? '', /Default of/);
  });

  it('explains the sub-commands of Sentinel with the order of their values', () => {
    const text = hover('sentinel monitor mymaster 127.0.0.1 6379 2', 40) ?? '';
    assert.match(text, /sentinel monitor <master> <host> <port> <quorum>/);
    assert.match(text, /quorum is how many Sentinels must agree/);
  });

  it('tells the bytes of a size and the value that runs', () => {
    assert.match(hover('maxmemory 256mb', 12) ?? '', /`256mb` is 268,435,456 bytes/);
    assert.match(hover('maxmemory 256mb', 12, '7.0.15', '512mb') ?? '', /another value:\*\* `512mb`/);
  });

  it('explains a directive behind a comment mark, and leaves prose alone', () => {
    assert.match(hover('# maxmemory <bytes>', 4) ?? '', /maxmemory/);
    assert.equal(hover('# port 0 is specified Redis will not listen on a TCP socket', 4), undefined);
    assert.equal(hover('# maxmemory <bytes>', 14), undefined);
    assert.equal(hover('no-such-directive yes', 4), undefined);
  });

  it('has a page for every directive that some version knows, in both languages', () => {
    for (const language of ['en', 'ko']) {
      for (const kind of ['server', 'sentinel'] as const) {
        const scope = confScope('7.0.15', kind, language);
        for (const name of directiveNames(kind)) {
          const page = directiveMarkdown(name, scope);
          assert.ok(scope.catalog.spec(name), `${name} has no form`);
          assert.ok(scope.catalog.text(name), `${name} has no text in ${language}`);
          assert.ok(page && page.length > 80, name);
        }
      }
    }
  });
});

describe('the history of a directive', () => {
  const history = (name: string, kind: 'server' | 'sentinel' = 'server'): string =>
    historyText(directiveHistory(kind, name));

  it('says from which and up to which version it is known', () => {
    assert.equal(history('port'), '');
    assert.equal(history('replicaof'), 'Redis 5.0 and newer, Valkey');
    assert.equal(history('availability-zone'), 'Valkey');
    assert.equal(history('slaveof'), '');
    assert.equal(history('sentinel resolve-hostnames', 'sentinel'), 'Redis 6.2 and newer, Valkey');
  });

  it('agrees with what the versions start with', () => {
    for (const server of knownServers) {
      const scope = confScope(server);
      for (const name of directiveNames('server'))
        assert.equal(
          scope.catalog.isKnown('server', name, scope.version),
          acceptsDirective(scope.version, 'server', name),
          `${name} ${server}`,
        );
    }
  });
});

describe('the completion of directives', () => {
  it('offers every directive, those that the version does not know last and marked', () => {
    for (const version of ['3.0.504', '7.0.15', 'valkey-9.1.2']) {
      const all = propose('', version);
      const scope = confScope(version);
      const own = scope.version.windows ? ['persistence-available'] : [];
      assert.deepEqual(labels(all).toSorted(), [...directiveNames('server'), ...own].toSorted());
      const firstUnknown = all.findIndex(({ isUnknown }) => isUnknown);
      assert.ok(firstUnknown > 50);
      for (const [index, { label, isUnknown }] of all.entries()) {
        assert.equal(isUnknown, !scope.catalog.isKnown('server', label, scope.version), label);
        assert.equal(isUnknown, index >= firstUnknown, label);
      }
    }
  });

  it('has the names of the Windows ports for those that know them', () => {
    for (const [version, names] of [
      ['windows-2.8.2101', ['heapdir', 'maxheap', 'persistence-available']],
      ['windows-3.0.504', ['persistence-available']],
      ['windows-5.0.14', []],
      ['2.8.24', []],
    ] as const) {
      const offered = labels(propose('', version));
      const all = ['heapdir', 'maxheap', 'persistence-available'];
      assert.deepEqual(
        all.filter(name => offered.includes(name)),
        names,
        version,
      );
    }
    assert.match(hover('maxheap 128mb', 2, '3.0.504') ?? '', /take the line out for this version/);
    assert.match(hover('maxheap 128mb', 2, 'windows-2.8.2101') ?? '', /`128mb` is 134,217,728 bytes/);
    for (const language of ['en', 'ko'])
      assert.ok(confScope('7.0.15', 'server', language).catalog.text('persistence-available')?.note);
  });

  it('says which version knows a name', () => {
    const found = propose('', '3.0.504').find(({ label }) => label === 'replicaof');
    assert.equal(found?.description, 'Redis 5.0 and newer, Valkey');
  });

  it('offers the new name before the old one where both are known', () => {
    const order = labels(propose('', '7.0.15'));
    assert.ok(order.indexOf('replicaof') < order.indexOf('slaveof'));
    const old = labels(propose('', '3.0.504'));
    assert.ok(old.indexOf('slaveof') < old.indexOf('replicaof'));
  });

  it('writes the values as places to fill in', () => {
    const of = (name: string): string | undefined => propose('').find(({ label }) => label === name)?.snippet;
    assert.equal(of('appendonly'), 'appendonly ${1|yes,no|}');
    assert.equal(of('replicaof'), 'replicaof ${1:127.0.0.1} ${2:port}');
    assert.equal(of('maxmemory'), 'maxmemory ${1:size}');
  });

  it('changes only the name where values stand behind it', () => {
    const found = confProposals('slav 127.0.0.1 6379', 4, confScope('3.0.504'), noWords).find(
      ({ label }) => label === 'slaveof',
    );
    assert.deepEqual([found?.snippet, found?.start, found?.end], ['slaveof', 0, 4]);
  });

  it('has nothing to say in a comment and within quotes', () => {
    assert.deepEqual(propose('# po'), []);
    assert.deepEqual(propose('dir "/va'), []);
    assert.deepEqual(propose('no-such-directive '), []);
  });
});

describe('the completion for Sentinel', () => {
  it('offers its own directives with their values in order, and not what it writes itself', () => {
    const all = propose('sentinel ', '7.0.15', 'sentinel', labWords);
    const monitor = all.find(({ label }) => label === 'monitor');
    assert.equal(monitor?.snippet, 'monitor ${1:team} ${2:127.0.0.1} ${3:port} ${4:quorum}');
    const order = labels(all);
    assert.ok(order.indexOf('monitor') < order.indexOf('myid'));
    assert.ok(order.indexOf('rename-command') < order.indexOf('myid'));
  });

  it('knows what 3.0.504 does not', () => {
    const unknown = propose('sentinel ', '3.0.504', 'sentinel').filter(({ isUnknown }) => isUnknown);
    for (const name of ['myid', 'deny-scripts-reconfig', 'resolve-hostnames', 'auth-user'])
      assert.ok(labels(unknown).includes(name), name);
    assert.ok(!labels(unknown).includes('auth-pass'));
  });

  it('offers the master names, addresses and ports of the lab', () => {
    assert.deepEqual(labels(propose('sentinel monitor ', '7.0.15', 'sentinel', labWords)), ['team']);
    assert.deepEqual(labels(propose('sentinel monitor team ', '7.0.15', 'sentinel', labWords)), [
      '127.0.0.1',
      '10.0.0.5',
    ]);
    const [port] = propose('sentinel monitor team 127.0.0.1 63', '7.0.15', 'sentinel', labWords);
    assert.deepEqual(
      [port?.label, port?.description, port?.start, port?.end],
      ['6380', 'redis-6380', 32, 34],
    );
  });

  it('offers what belongs into its conf before what it only reads', () => {
    const order = labels(propose('', '7.0.15', 'sentinel'));
    assert.ok(order.indexOf('protected-mode') < order.indexOf('maxmemory-policy'));
    assert.ok(order.indexOf('sentinel monitor') < order.indexOf('appendonly'));
  });
});

describe('the completion of values', () => {
  it('offers the values of an enumeration and says which is the default', () => {
    const all = propose('maxmemory-policy ');
    assert.ok(labels(all).includes('allkeys-lfu'));
    assert.equal(all.find(({ label }) => label === 'noeviction')?.description, 'default of Redis 7.0.15');
    assert.deepEqual(labels(propose('appendonly ')), ['yes', 'no']);
  });

  it('offers the default where any value may stand', () => {
    assert.deepEqual(labels(propose('timeout ')), ['0']);
    assert.deepEqual(labels(propose('replicaof 127.0.0.1 ', '7.0.15', 'server', labWords)), ['6380']);
  });
});

describe('the words of the confs around', () => {
  it('are ports, addresses and master names, each once', () => {
    const first = confWords(parseConf('port 6379\nbind 127.0.0.1 ::1\n'), 'redis.master.conf');
    const second = confWords(
      parseConf('port 26379\nsentinel monitor team 127.0.0.1 6379 2\n'),
      'sentinel.conf',
    );
    const words = mergeWords([first, second]);
    assert.deepEqual(
      words.ports.map(({ text, note }) => [text, note]),
      [
        ['6379', 'redis.master.conf'],
        ['26379', 'sentinel.conf'],
      ],
    );
    assert.deepEqual(
      words.hosts.map(({ text }) => text),
      ['127.0.0.1', '::1'],
    );
    assert.deepEqual(words.masters, [{ text: 'team', note: '127.0.0.1:6379' }]);
  });
});

describe('sizes', () => {
  it('are read as Redis reads them', () => {
    const table: readonly [string, number | undefined][] = [
      ['1k', 1_000],
      ['1kb', 1_024],
      ['1GB', 1_073_741_824],
      ['512', 512],
      ['5%', undefined],
      ['', undefined],
      ['1tb', undefined],
    ];
    for (const [text, bytes] of table) assert.equal(parseMemory(text), bytes, text);
    assert.equal(formatMemory(268_435_456), '256mb');
    assert.equal(formatMemory(1_000), '1000');
    assert.equal(formatMemory(0), '0');
  });
});
