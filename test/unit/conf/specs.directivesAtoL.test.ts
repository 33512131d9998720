import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { serverDirectiveMasks } from '../../../src/core/conf/directives.generated';
import { directivesAtoL } from '../../../src/core/conf/specs/directivesAtoL';
import { repoRoot } from '../../support/repoRoot';

type Texts = Record<string, Record<string, string>>;
const readTexts = (language: string): Texts =>
  JSON.parse(
    readFileSync(path.join(repoRoot, 'l10n', `directives.${language}.directivesAtoL.json`), 'utf8'),
  ) as Texts;
const texts = { en: readTexts('en'), ko: readTexts('ko') };
const names = directivesAtoL.map(({ name }) => name);

describe('the server directives a to l', () => {
  it('are unique and sorted', () => {
    assert.deepEqual(names, [...new Set(names)].toSorted());
  });

  it('are all those that a known server starts with', () => {
    assert.deepEqual(
      names,
      Object.keys(serverDirectiveMasks)
        .filter(name => name < 'm')
        .toSorted(),
    );
  });

  it('name each other where they are two names of one directive', () => {
    const specs = new Map(directivesAtoL.map(spec => [spec.name, spec]));
    for (const { name, args, renamedTo, renamedFrom } of directivesAtoL) {
      const other = specs.get(renamedTo ?? renamedFrom ?? '');
      if (!other) continue;
      assert.equal(renamedTo ? other.renamedFrom : other.renamedTo, name);
      assert.deepEqual(other.args, args, name);
    }
  });

  it('leave out no more values than they have', () => {
    for (const { name, usage, args, optional } of directivesAtoL) {
      assert.ok(args.length >= (optional ?? 0), name);
      assert.ok(usage, name);
      for (const arg of args)
        if ('min' in arg && 'max' in arg && arg.min !== undefined && arg.max !== undefined)
          assert.ok(arg.min <= arg.max, name);
    }
  });

  it('have texts with the same parts in both languages', () => {
    for (const language of ['en', 'ko'] as const) assert.deepEqual(Object.keys(texts[language]), names);
    for (const name of names) {
      const [en, ko] = [texts.en[name] ?? {}, texts.ko[name] ?? {}];
      assert.ok(en['text'], name);
      assert.deepEqual(Object.keys(ko), Object.keys(en), name);
      for (const [part, text] of [...Object.entries(en), ...Object.entries(ko)]) {
        assert.ok(part === 'text' || part === 'note', `${name}: ${part}`);
        assert.match(text, /^\S.*[^\s.]\.$/u, `${name}: ${part}`);
      }
      for (const text of Object.values(ko))
        assert.match(text, /(?:다|오)(?:\([^)]*\))?\.$/u, `${name}: ${text}`);
    }
  });
});
