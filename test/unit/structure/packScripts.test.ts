import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packScripts, packedScripts } from '../../../scripts/lib/packScripts.mjs';
import { repoRoot } from '../../support/repoRoot';

describe('packScripts', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'scripts-'));
    writeFileSync(path.join(folder, 'beside.js'), 'exports.word = "붙음";');
    writeFileSync(
      path.join(folder, 'late.js'),
      `'use strict';
const { word } = require('./beside.js');
module.exports = { word, file: __filename, folder: __dirname, fail() { throw new Error('here'); } };`,
    );
    packScripts(folder, ['late']);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('leaves a script that is required as before: what it exports, what it requires, what it knows of itself', () => {
    const load = createRequire(path.join(folder, 'program.js'));
    const late = load('./late.js') as { word: string; file: string; folder: string };
    assert.equal(late.word, '붙음');
    assert.equal(late.file, load.resolve('./late.js'));
    assert.equal(late.folder, path.dirname(late.file));
    assert.equal(load('./late.js'), late);
  });

  it('leaves its name and line in stack traces', () => {
    const { fail } = createRequire(path.join(folder, 'program.js'))('./late.js') as { fail: () => never };
    assert.throws(fail, ({ stack }: Error) => /late\.js:3:\d+/.test(stack ?? ''));
  });

  it('packs scripts that are in the package with what they unpack', () => {
    const ignore = readFileSync(path.join(repoRoot, '.vscodeignore'), 'utf8').split(/\r?\n/);
    for (const name of packedScripts)
      for (const ending of ['js', 'br']) assert.ok(ignore.includes(`!dist/${name}.${ending}`), name);
  });
});
