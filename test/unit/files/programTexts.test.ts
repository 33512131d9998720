import * as l10n from '@vscode/l10n';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packTexts } from '../../../scripts/lib/packTexts.mjs';
import { useProgramTexts } from '../../../src/node/files/programTexts';
import { useLanguage } from '../../support/language';
import { repoRoot } from '../../support/repoRoot';

const english = 'There is no node "{0}" in this lab any more.';
const korean = (
  JSON.parse(readFileSync(path.join(repoRoot, 'l10n/bundle.l10n.ko.json'), 'utf8')) as Record<string, string>
)[english];

describe('useProgramTexts', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'program-texts-'));
    mkdirSync(path.join(folder, 'dist'));
    packTexts(path.join(folder, 'dist'), 1);
  });
  afterEach(() => useLanguage('en'));
  after(() => rmSync(folder, { recursive: true }));

  for (const place of ['repository', 'package'] as const)
    it(`has texts in Korean in the ${place}, and stays English in a language that has none`, () => {
      const dist = path.join(place === 'package' ? folder : repoRoot, 'dist');
      useProgramTexts(dist, 'fr');
      assert.equal(l10n.t(english), english);
      useProgramTexts(dist, 'ko');
      assert.ok(korean);
      assert.equal(l10n.t(english), korean);
    });

  it('finds them in the package', () => {
    const ignore = readFileSync(path.join(repoRoot, '.vscodeignore'), 'utf8').split(/\r?\n/);
    assert.ok(ignore.includes('!dist/bundle.ko.br'));
  });
});
