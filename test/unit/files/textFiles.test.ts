import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { textsByLanguage } from '../../../scripts/lib/packTexts.mjs';
import { readTexts } from '../../../src/node/files/textFiles';
import { repoRoot } from '../../support/repoRoot';

const l10n = path.join(repoRoot, 'l10n');

describe('readTexts', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'texts-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('reads the files of an area as one table, and those of no other area', () => {
    const names = readdirSync(path.join(l10n, 'explain.ko'));
    const expected = Object.assign(
      {},
      ...names.map(name => JSON.parse(readFileSync(path.join(l10n, 'explain.ko', name), 'utf8')) as object),
    ) as object;
    assert.deepEqual(readTexts(l10n, 'explain', 'ko'), expected);
    assert.ok(Object.keys(readTexts(l10n, 'directives', 'ko')).length > 200);
    assert.deepEqual(readTexts(l10n, 'rule', 'ko'), {});
  });

  it('gives the English texts for a language that has none, and those of the language for a region of it', () => {
    assert.deepEqual(readTexts(l10n, 'rules', 'fr'), readTexts(l10n, 'rules', 'en'));
    assert.deepEqual(readTexts(l10n, 'rules', 'ko-KR'), readTexts(l10n, 'rules', 'ko'));
  });

  it('reads them from one compressed file where the package has them so', () => {
    mkdirSync(path.join(folder, 'l10n'));
    mkdirSync(path.join(folder, 'dist'));
    writeFileSync(path.join(folder, 'l10n/bundle.l10n.ko.json'), '{}');
    const pack = (language: string, tables: object): void =>
      writeFileSync(
        path.join(folder, 'dist', `texts.${language}.br`),
        brotliCompressSync(JSON.stringify(tables)),
      );
    pack('en', { 'rules.en.json': { a: 'one' }, 'lint.en.json': { b: 'two' } });
    pack('ko', {
      'rules.ko.json': { a: '하나' },
      'explain.ko/x.json': { c: '셋' },
      'explain.ko/y.json': { d: '넷' },
    });
    const packed = path.join(folder, 'l10n');
    assert.deepEqual(readTexts(packed, 'rules', 'ko'), { a: '하나' });
    assert.deepEqual(readTexts(packed, 'explain', 'ko'), { c: '셋', d: '넷' });
    assert.deepEqual(readTexts(packed, 'lint', 'ko'), { b: 'two' });
    assert.deepEqual(readTexts(packed, 'scenarios', 'ko'), {});
  });

  it('has every file of texts in the package', () => {
    const files = readdirSync(l10n, { recursive: true, encoding: 'utf8' })
      .map(file => file.split(path.sep).join('/'))
      .filter(file => file.endsWith('.json') && !file.startsWith('bundle.'));
    const packed = [...textsByLanguage().values()].flatMap(tables => Object.keys(tables));
    assert.deepEqual(packed.toSorted(), files.toSorted());
    const ignore = readFileSync(path.join(repoRoot, '.vscodeignore'), 'utf8').split(/\r?\n/);
    assert.ok(ignore.includes('!dist/texts.*.br'));
  });
});
