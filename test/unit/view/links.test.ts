import assert from 'node:assert/strict';
import { escapeMarkdown, proseMarkdown } from '../../../src/core/view/escapeMarkdown';
import { lineLink } from '../../../src/core/view/lineLink';
import { shortNames } from '../../../src/core/view/shortNames';

describe('links from a page to a line', () => {
  it('lead up to the root and down to the file', () => {
    assert.equal(lineLink('/home/me/p/x.md', '/tmp/a.log', 5), '../../../tmp/a.log#L5');
  });

  it('lead to another drive', () => {
    assert.equal(lineLink('/c:/store/x.md', '/d:/logs/a.log', 1), '../../d%3A/logs/a.log#L1');
  });

  it('have nothing in them that ends a link', () => {
    assert.equal(
      lineLink('/x.md', '/로그 (1)/a>b#c%.log', 2),
      `${encodeURIComponent('로그')}%20%281%29/a%3Eb%23c%25.log#L2`,
    );
  });
});

describe('short names of files', () => {
  it('have as many folders as it takes to tell them apart', () => {
    const nameOf = shortNames(['/a/one/redis.log', '/a/two/redis.log', '/a/two/sentinel.log']);
    assert.equal(nameOf('/a/one/redis.log'), 'one/redis.log');
    assert.equal(nameOf('/a/two/redis.log'), 'two/redis.log');
    assert.equal(nameOf('/a/two/sentinel.log'), 'sentinel.log');
  });

  it('are those of Windows paths, too', () => {
    assert.equal(shortNames(['C:\\a\\redis.log'])('C:\\a\\redis.log'), 'redis.log');
  });
});

describe('text in Markdown', () => {
  it('stands as it is', () => {
    assert.equal(escapeMarkdown('*a* [b](c)\n<d>'), '\\*a\\* \\[b\\]\\(c\\) \\<d\\>');
  });

  it('has no address that becomes a link', () => {
    assert.equal(escapeMarkdown('http://a.b www.c.d e@f.g'), 'http\\://a\\.b www\\.c\\.d e@f\\.g');
  });

  it('keeps words in backticks as code, but none that would break a table', () => {
    assert.equal(proseMarkdown('See `dir` and *x*.'), 'See `dir` and \\*x\\*\\.');
    assert.equal(proseMarkdown('a `b|c` d'), 'a \\`b\\|c\\` d');
    assert.equal(proseMarkdown('one ` alone'), 'one \\` alone');
  });
});
