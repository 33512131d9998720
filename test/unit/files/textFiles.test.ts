import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packTexts } from '../../../scripts/lib/packTexts.mjs';
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

  it('reads the same from the compressed file of the package', () => {
    mkdirSync(path.join(folder, 'dist'));
    packTexts(path.join(folder, 'dist'), 1);
    const packed = path.join(folder, 'l10n');
    const areas = new Set(
      readdirSync(l10n).flatMap(name => (name.startsWith('bundle.') ? [] : (name.split('.')[0] ?? []))),
    );
    assert.ok(areas.size > 5);
    for (const area of areas)
      for (const language of ['en', 'ko', 'fr', 'ko-KR']) {
        const texts = readTexts(packed, area, language);
        assert.ok(Object.keys(texts).length > 0, area);
        assert.deepEqual(texts, readTexts(l10n, area, language));
      }
    assert.deepEqual(readTexts(packed, 'rule', 'ko'), {});
  });

  it('finds that file in the package', () => {
    const ignore = readFileSync(path.join(repoRoot, '.vscodeignore'), 'utf8').split(/\r?\n/);
    assert.ok(ignore.includes('!dist/texts.br'));
  });
});
