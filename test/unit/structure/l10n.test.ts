import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as extractor from '@vscode/l10n-dev';
import { repoRoot } from '../../support/repoRoot';
import { readSources } from '../../support/sources';

type Messages = Readonly<Record<string, string | { readonly message: string }>>;

const bundleFile = path.join(repoRoot, 'l10n/bundle.l10n.ko.json');
const messageOf = (entry: Messages[string] | undefined): string =>
  typeof entry === 'string' ? entry : (entry?.message ?? '');
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].toSorted();

describe('the Korean texts of the program', () => {
  let english: Messages = {};
  let korean: Messages = {};

  before(async function () {
    this.timeout(60_000);
    // It reads files beside itself, so it cannot be part of a bundle.
    const load = createRequire(path.join(repoRoot, 'package.json'));
    const { getL10nJson } = load('@vscode/l10n-dev') as typeof extractor;
    // All sources as one: the extractor takes its time for every file, however small.
    const importLine = /^import \* as l10n from '@vscode\/l10n';$/gm;
    const texts = readSources('src')
      .filter(({ text }) => text.includes('l10n.t('))
      .map(({ text }) => text.replace(importLine, ''));
    const contents = ["import * as l10n from '@vscode/l10n';", ...texts].join('\n');
    english = await getL10nJson([{ contents, extension: '.ts' }]);
    korean = existsSync(bundleFile) ? (JSON.parse(readFileSync(bundleFile, 'utf8')) as Messages) : {};
  });

  it('are extracted from all sources: every call gives a key', () => {
    const calls = readSources('src').flatMap(({ name, text }) =>
      Array.from(text.matchAll(/\bl10n\.t\(\s*(['"`])/g), () => name),
    );
    assert.ok(calls.length > 100);
    // Calls may share a key, so there are fewer keys than calls.
    assert.ok(Object.keys(english).length <= calls.length);
    assert.ok(Object.keys(english).length > calls.length / 2);
  });

  it('come from calls with a text written out, never one put together', () => {
    const computed = readSources('src').flatMap(({ name, text }) =>
      Array.from(text.matchAll(/\bl10n\.t\(\s*(?![\s'"])[^\n]*/g), match => `${name}: ${match[0]}`),
    );
    assert.deepEqual(computed, []);
  });

  it('lack no key', () => {
    assert.deepEqual(
      Object.keys(english).filter(key => !(key in korean)),
      [],
    );
  });

  it('have no key that nothing uses any more', () => {
    assert.deepEqual(
      Object.keys(korean).filter(key => !(key in english)),
      [],
    );
  });

  it('keep the placeholders of their keys', () => {
    for (const [key, entry] of Object.entries(korean)) {
      assert.deepEqual(placeholders(messageOf(entry)), placeholders(messageOf(english[key] ?? key)), key);
    }
  });

  it('are not empty, and those that are sentences are Korean', () => {
    for (const [key, entry] of Object.entries(korean)) {
      const text = messageOf(entry);
      assert.notEqual(text.trim(), '', key);
      const isSentence = key.replace(/\{\d+\}/g, '').split(' ').length >= 4;
      if (isSentence) assert.match(text, /[\uac00-\ud7a3]/, key);
    }
  });
});
