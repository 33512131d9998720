import assert from 'node:assert/strict';
import { applyEdits, parseConf, printConf } from '../../../../src/core/conf/confText';
import { chooseVersion } from '../../../../src/core/conf/editor/chosenVersion';
import {
  confKindOf,
  parseVersionOfPerson,
  readVersionComment,
} from '../../../../src/core/conf/editor/confFile';
import { looksLikeConf } from '../../../../src/core/conf/editor/looksLikeConf';
import { versionCommentEdit } from '../../../../src/core/conf/editor/versionEdit';
import { formatVersion, type ServerVersion } from '../../../../src/core/conf/serverVersion';
import { fixture } from '../../../support/fixtures';

function version(text: string): ServerVersion {
  const parsed = parseVersionOfPerson(text);
  assert.ok(parsed, text);
  return parsed;
}

describe('the version of a conf', () => {
  const clues = {
    comment: version('3.0.504'),
    lab: version('7.0.15'),
    setting: version('6.2.16'),
    binary: version('valkey-8.1.1'),
  };
  const choose = (some: Partial<typeof clues>): string => {
    const all = { comment: undefined, lab: undefined, setting: undefined, binary: undefined, ...some };
    const { version: chosen, source } = chooseVersion(all, version('8.0.6'));
    return `${source} ${formatVersion(chosen)}`;
  };

  it('is that of the closest clue', () => {
    const { comment, lab, setting, binary } = clues;
    assert.equal(choose(clues), 'comment windows-3.0.504');
    assert.equal(choose({ lab, setting, binary }), 'lab redis-7.0.15');
    assert.equal(choose({ setting, binary }), 'setting redis-6.2.16');
    assert.equal(choose({ binary }), 'binary valkey-8.1.1');
    assert.equal(choose({}), 'newest redis-8.0.6');
    assert.equal(choose({ comment, binary }), 'comment windows-3.0.504');
  });

  it('is read from a comment, wherever it stands', () => {
    const found = readVersionComment(parseConf('port 1\n#Redis-Version:  valkey-9.1.2  \n'));
    assert.equal(found?.line, 2);
    assert.equal(found.version && formatVersion(found.version), 'valkey-9.1.2');
    assert.equal(readVersionComment(parseConf('# redis-version: newest'))?.version, undefined);
    assert.equal(readVersionComment(parseConf('# redis-version 7.0.15')), undefined);
  });

  it('is a Windows port where only those have such numbers', () => {
    assert.equal(version('3.0.504').windows, true);
    assert.equal(version('2.8.2101').windows, true);
    assert.equal(version('3.0.7').windows, false);
    assert.equal(version('7.0.100').windows, false);
  });

  it('is written above everything, in place of the old one, or taken away', () => {
    const edited = (text: string, wanted: string | undefined): string => {
      const conf = parseConf(text);
      const edit = versionCommentEdit(conf, wanted);
      return printConf(applyEdits(conf, edit ? [edit] : []));
    };
    assert.equal(edited('port 1\r\nbind a\r\n', '7.0.15'), '# redis-version: 7.0.15\r\nport 1\r\nbind a\r\n');
    assert.equal(edited('port 1\n# redis-version: 3\n', '7.0.15'), 'port 1\n# redis-version: 7.0.15\n');
    assert.equal(edited('# redis-version: 3.0.504\nport 1\n', undefined), 'port 1\n');
    assert.equal(edited('port 1\n', undefined), 'port 1\n');
  });
});

describe('the kind of a conf', () => {
  it('is Sentinel by one line or by its name', () => {
    assert.equal(confKindOf(parseConf('port 1\nsentinel monitor m h 1 2'), 'a.conf'), 'sentinel');
    assert.equal(confKindOf(parseConf('port 1'), '/etc/redis/sentinel26379.conf'), 'sentinel');
    assert.equal(confKindOf(parseConf('port 1'), '/opt/sentinel/redis.conf'), 'server');
    assert.equal(confKindOf(parseConf('# sentinel monitor m h 1 2'), 'C:\\x\\redis.conf'), 'server');
  });
});

describe('a conf of Redis', () => {
  it('is recognised by its header or by its directives', () => {
    assert.ok(looksLikeConf(fixture('conf/sample.redis.conf')));
    assert.ok(looksLikeConf('# redis-version: 3.0.504\n'));
    for (const name of [
      'redis-7.0.15-redis',
      'redis-7.0.15-sentinel',
      'valkey-9.1-redis',
      'valkey-9.1-sentinel',
    ])
      assert.ok(looksLikeConf(fixture(`conf/${name}-after-failover.conf`)), name);
    assert.ok(looksLikeConf('port 6379\nappendonly yes\nreplicaof 127.0.0.1 6380\n'));
  });

  it('is not mistaken for that of another program', () => {
    assert.ok(!looksLikeConf(''));
    assert.ok(!looksLikeConf('port 80\nbind 0.0.0.0\nuser www\n'));
    assert.ok(!looksLikeConf('server {\n  listen 80;\n  timeout 5;\n}\n'));
    assert.ok(!looksLikeConf('maxmemory 1gb\nport 1\nfoo bar\nbaz qux\n'));
    assert.ok(!looksLikeConf('spring.port=1\nserver.dir=/x\n'));
  });
});
