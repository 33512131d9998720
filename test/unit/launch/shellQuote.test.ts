import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { shellCommand } from '../../../src/core/launch/shellQuote';

const server = 'C:/Program Files/Redis/redis-server.exe';
const conf = 'C:/내 실험/conf/sentinel-26379.conf';

describe('shellCommand', () => {
  it('leaves plain words plain in bash and cmd', () => {
    assert.equal(
      shellCommand('bash', '/usr/bin/redis-server', ['/srv/a.conf', '--sentinel']),
      '/usr/bin/redis-server /srv/a.conf --sentinel',
    );
    assert.equal(
      shellCommand('cmd', 'C:\\Redis\\redis-server.exe', ['C:\\lab\\a.conf', '--sentinel']),
      'C:\\Redis\\redis-server.exe C:\\lab\\a.conf --sentinel',
    );
  });

  it('writes the form of the study note in PowerShell', () => {
    assert.equal(
      shellCommand('powershell', server, [conf, '--sentinel']),
      `& "C:/Program Files/Redis/redis-server.exe" "${conf}" --sentinel`,
    );
  });

  const table: readonly (readonly [word: string, bash: string, powershell: string, cmd: string])[] = [
    ['a b', "'a b'", '"a b"', '"a b"'],
    ["it's", `'it'\\''s'`, `"it's"`, `"it's"`],
    ['$HOME', "'$HOME'", "'$HOME'", '"$HOME"'],
    ['a`b', "'a`b'", "'a`b'", '"a`b"'],
    [`$it's`, `'$it'\\''s'`, `'$it''s'`, `"$it's"`],
    ['%PATH%', '%PATH%', '"%PATH%"', '""^%"PATH"^%""'],
    ['a&b|c>d', "'a&b|c>d'", '"a&b|c>d"', '"a&b|c>d"'],
    ['a;b', "'a;b'", '"a;b"', '"a;b"'],
    ['(a)', "'(a)'", '"(a)"', '"(a)"'],
    ['~', "'~'", '"~"', '"~"'],
    ['*.conf', "'*.conf'", '"*.conf"', '"*.conf"'],
    ['한글', "'한글'", '"한글"', '"한글"'],
    ['', "''", '""', '""'],
    ['say "no"', `'say "no"'`, `'say "no"'`, '"say ""no"""'],
    ['a“b’c', "'a“b’c'", `'a“b’’c'`, '"a“b’c"'],
  ];
  for (const [word, bash, powershell, cmd] of table) {
    it(`quotes ${JSON.stringify(word)} for every shell`, () => {
      assert.equal(shellCommand('bash', 'x', [word]), `x ${bash}`);
      assert.equal(shellCommand('powershell', 'x', [word]), `& "x" ${powershell}`);
      assert.equal(shellCommand('cmd', 'x', [word]), `x ${cmd}`);
    });
  }

  it('quotes the program too, and calls it in PowerShell', () => {
    assert.match(shellCommand('bash', '/my redis/redis-server', []), /^'\/my redis\/redis-server'$/);
    assert.match(shellCommand('powershell', 'C:/$a/redis.exe', []), /^& 'C:\/\$a\/redis\.exe'$/);
    assert.match(shellCommand('cmd', 'C:\\Program Files\\r.exe', []), /^"C:\\Program Files\\r\.exe"$/);
  });

  describe('in a real bash', () => {
    const hasBash = spawnSync('bash', ['-c', 'exit 0']).status === 0;

    /** What bash gives a program for these arguments. */
    function throughBash(args: readonly string[]): string[] {
      const script = shellCommand('bash', 'printf', [String.raw`%s\0`, ...args]);
      const { stdout, stderr, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      return stdout.split('\0').slice(0, -1);
    }

    before(function () {
      if (process.platform === 'win32' && !hasBash) this.skip();
    });

    it('gives awkward words as they are', () => {
      const words = [
        'a b',
        "it's",
        '"',
        '$HOME',
        '`id`',
        '$(id)',
        '\\',
        '\\\\n',
        '*',
        '~',
        '한 글',
        '',
        '!!',
        '#',
        '{a,b}',
        'a\nb',
        '-n',
        '%s',
        '&',
        ';',
        '=x',
      ];
      assert.deepEqual(throughBash(words), words);
    });

    it('gives any words as they are', () => {
      const words = fc.array(
        fc.string({ unit: 'grapheme' }).map(text => text.replaceAll('\0', '')),
        { minLength: 1, maxLength: 40 },
      );
      fc.assert(
        fc.property(words, args => assert.deepEqual(throughBash(args), args)),
        { numRuns: 25 },
      );
    });

    it('runs a program whose path is awkward', () => {
      const { stderr } = spawnSync(
        'bash',
        ['-c', shellCommand('bash', '/no such/$dir/redis-server', ['a'])],
        { encoding: 'utf8' },
      );
      assert.match(stderr, /\/no such\/\$dir\/redis-server: No such file or directory/);
    });
  });
});
