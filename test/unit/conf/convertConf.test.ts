import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { convertConf } from '../../../src/core/conf/convertConf';
import { readDirectives } from '../../../src/core/conf/confDocument';
import { parseConf } from '../../../src/core/conf/confText';
import { acceptsDirective, type ConfKind } from '../../../src/core/conf/directives';
import { parseVersion, type ServerVersion } from '../../../src/core/conf/serverVersion';
import { spellingFor, usualName } from '../../../src/core/conf/spellings';
import { writeFirstConf } from '../../../src/core/conf/firstConf';
import { anyConf, anyVersion } from '../../support/anyConf';
import { fixture } from '../../support/fixtures';
import { makeLab } from '../../support/labs';

const version = (text: string): ServerVersion => parseVersion(text)!;
const convert = (text: string, to: string, kind: ConfKind = 'server'): string =>
  convertConf(text, kind, version(to)).text;
const names = (text: string): readonly string[] =>
  readDirectives(text).map(({ name, args }) =>
    name === 'sentinel' ? `${name} ${args[0]?.toLowerCase()}` : name,
  );
const kinds: readonly ConfKind[] = ['server', 'sentinel'];

describe('a conf for another version', () => {
  it('takes the names of that version, and nothing else on the line changes', () => {
    assert.equal(
      convert('  replicaof   127.0.0.1 6379 \n', 'windows-3.0.504'),
      '  slaveof   127.0.0.1 6379 \n',
    );
    assert.equal(convert('SLAVEOF 127.0.0.1 6379\n', '7.0.15'), 'replicaof 127.0.0.1 6379\n');
    assert.equal(convert('min-replicas-to-write 1', '4.0.14'), 'min-slaves-to-write 1');
    assert.equal(
      convert('sentinel known-replica m 127.0.0.1 1', '3.0.7', 'sentinel'),
      'sentinel known-slave m 127.0.0.1 1',
    );
    assert.equal(convert('hash-max-ziplist-value 64', '7.0.15'), 'hash-max-listpack-value 64');
  });

  it('keeps what the version does not know as a comment, and takes it back', () => {
    const modern = 'port 1\r\n  lazyfree-lazy-eviction yes\r\n# mine\r\n';
    const old = convert(modern, 'windows-3.0.504');
    assert.equal(old, 'port 1\r\n# not known to 3.0.504:   lazyfree-lazy-eviction yes\r\n# mine\r\n');
    assert.equal(convert(old, '7.0.15'), modern);
  });

  it('takes the six lines of a modern Sentinel conf from 3.0.504', () => {
    const modern = fixture('conf/modern.sentinel.conf');
    const { text, lines } = convertConf(modern, 'sentinel', version('windows-3.0.504'));
    assert.deepEqual(names(text), ['port', 'sentinel monitor']);
    assert.equal(lines.length, 6);
    assert.ok(lines.every(({ what }) => what === 'commented-out'));
    assert.equal(convert(text, '7.0.15', 'sentinel'), modern);
  });

  it('writes values in the form that an older version reads', () => {
    assert.equal(convert('save 900 1 300 10\n', '6.2.16'), 'save 900 1\nsave 300 10\n');
    assert.equal(convert('save 900 1 300 10\r\n', '6.2.16'), 'save 900 1\r\nsave 300 10\r\n');
    assert.equal(convert('save ""', '2.8.24'), 'save ""');
    assert.equal(convert('bind 127.0.0.1 -::1', '6.0.20'), 'bind 127.0.0.1');
    assert.equal(convert('bind * -::*', '6.0.20'), 'bind 0.0.0.0');
    assert.equal(convert('bind -::1', '6.0.20'), '# not known to 6.0.20: bind -::1');
    assert.equal(convert('# not known to 6.0.20: bind -::1', '7.0.15'), 'bind -::1');
    assert.equal(
      convert('client-output-buffer-limit replica 256mb 64mb 60', '4.0.14'),
      'client-output-buffer-limit slave 256mb 64mb 60',
    );
  });

  it('writes a line for each class of clients, where the version reads one', () => {
    assert.equal(
      convert('client-output-buffer-limit normal 0 0 0 slave 256mb 64mb 60\n', '6.2.16'),
      'client-output-buffer-limit normal 0 0 0\nclient-output-buffer-limit replica 256mb 64mb 60\n',
    );
  });

  it('leaves settings of the modules of Redis 8 to Redis 8', () => {
    assert.equal(convert('search-timeout 500', '8.0.6'), 'search-timeout 500');
    assert.equal(convert('search-timeout 500', '7.4.1'), '# not known to 7.4.1: search-timeout 500');
  });

  it('leaves a line that Redis cannot read as it is', () => {
    assert.equal(convert('dir "open\n', '3.0.7'), 'dir "open\n');
  });

  for (const kind of kinds) {
    it(`has only directives that the version starts with (${kind})`, () => {
      fc.assert(
        fc.property(anyConf(kind), anyVersion, (text, to) => {
          for (const name of names(convertConf(text, kind, to).text))
            assert.ok(acceptsDirective(to, kind, name), name);
        }),
      );
    });

    it(`changes nothing when done twice (${kind})`, () => {
      fc.assert(
        fc.property(anyConf(kind), anyVersion, (text, to) => {
          const once = convertConf(text, kind, to);
          assert.deepEqual(convertConf(once.text, kind, to), { text: once.text, lines: [] });
        }),
      );
    });

    it(`comes back to the same text by the way of any other version (${kind})`, () => {
      fc.assert(
        fc.property(anyConf(kind), anyVersion, anyVersion, (text, home, away) => {
          const first = convertConf(text, kind, home).text;
          const there = convertConf(first, kind, away).text;
          const back = convertConf(there, kind, home).text;
          const meant = (all: string): string[] => all.split('\n').map(line => plain(line, kind));
          assert.deepEqual(meant(back), meant(first));
        }),
      );
    });

    it(`touches only the lines it tells of (${kind})`, () => {
      fc.assert(
        fc.property(anyConf(kind), anyVersion, (text, to) => {
          const { text: now, lines } = convertConf(text, kind, to);
          const [before, after] = [parseConf(text), parseConf(now)];
          assert.equal(after.hasBom, before.hasBom);
          assert.equal(after.lines.length, before.lines.length);
          const told = new Set(lines.map(({ line }) => line));
          for (const [index, line] of before.lines.entries()) {
            assert.equal(after.lines[index]?.end, line.end);
            assert.equal(after.lines[index]?.text !== line.text, told.has(line.line));
          }
        }),
      );
    });
  }

  it('is the conf that would be generated for that version: for every pair of versions', () => {
    const all = [
      '2.8.24',
      '3.0.7',
      '3.2.13',
      '4.0.14',
      '5.0.14',
      '6.2.16',
      '7.0.15',
      '8.0.6',
      'valkey-8.1.1',
      'valkey-9.1.2',
    ];
    const lab = makeLab({ replicas: 1, sentinels: 1 });
    const meaning = (text: string): string =>
      JSON.stringify(readDirectives(text).map(({ name, args }) => [name, ...args]));
    for (const node of lab.nodes) {
      const generated = (of: string): string =>
        writeFirstConf(lab, node, {
          version: version(of),
          windows: false,
          dataDirectory: '/d',
          logFile: '/l',
          password: 'x',
        });
      for (const from of all)
        for (const to of all) {
          const text = convert(generated(from), to, node.kind);
          // What only the newer version has cannot be invented by converting an older conf.
          const isOlder = !generated(from).includes('diskless');
          const wanted = isOlder ? generated(to).replace(/^repl-diskless.*\n/m, '') : generated(to);
          assert.equal(meaning(text), meaning(wanted), `${node.name} from ${from} to ${to}`);
        }
    }
  });
});

describe('the names of a directive', () => {
  it('are what every version knows it by', () => {
    assert.equal(spellingFor(version('3.0.7'), 'server', 'replica-priority'), 'slave-priority');
    assert.equal(spellingFor(version('valkey-9.1.2'), 'server', 'primaryauth'), 'masterauth');
    assert.equal(spellingFor(version('2.8.24'), 'server', 'protected-mode'), undefined);
  });
});

/** A line under the usual name of its directive, whether it is commented out for a version or not. */
function plain(line: string, kind: ConfKind): string {
  const text = line.replace(/# not known to \S+: /, '');
  const [, blank = '', name = '', rest = ''] =
    /^(\s*)(sentinel\s+[\w-]+|[\w-]+)(.*)$/is.exec(text.replace(/^\uFEFF/, '')) ?? [];
  if (name === '') return text;
  return blank + usualName(kind, name.toLowerCase().replace(/\s+/, ' ')) + rest;
}
