import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sentinelDirectiveMasks, serverDirectiveMasks } from '../../../src/core/conf/directives.generated';
import { allDirectives } from '../../../src/core/conf/specs/allDirectives';
import { directivesAtoL } from '../../../src/core/conf/specs/directivesAtoL';
import { directivesMtoZ } from '../../../src/core/conf/specs/directivesMtoZ';
import type { DirectiveSpec } from '../../../src/core/conf/specs/directiveSpec';
import { sentinelDirectives } from '../../../src/core/conf/specs/sentinelDirectives';
import { windowsDirectives } from '../../../src/core/conf/specs/windowsDirectives';
import { repoRoot } from '../../support/repoRoot';

const ofServers = Object.keys(serverDirectiveMasks).toSorted();
const ofSentinels = Object.keys(sentinelDirectiveMasks).toSorted();

interface Table {
  readonly specs: readonly DirectiveSpec[];
  /** What the tested servers start with; undefined where none of them was tested. */
  readonly accepted?: readonly string[];
}

const tables: Readonly<Record<string, Table>> = {
  directivesAtoL: { specs: directivesAtoL, accepted: ofServers.filter(name => name < 'm') },
  directivesMtoZ: { specs: directivesMtoZ, accepted: ofServers.filter(name => name >= 'm') },
  sentinelDirectives: {
    specs: sentinelDirectives,
    accepted: ofSentinels.filter(name => name.startsWith('sentinel ')),
  },
  windowsDirectives: { specs: windowsDirectives },
};

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

function textsOf(table: string, language: string): Texts {
  const file = path.join(repoRoot, 'l10n', `directives.${language}.${table}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Texts;
}

for (const [table, { specs, accepted }] of Object.entries(tables)) {
  const names = specs.map(({ name }) => name);

  describe(`the table ${table}`, () => {
    it('has each directive once, in order', () => {
      assert.deepEqual(names, [...new Set(names)].toSorted());
    });

    if (accepted)
      it('has every directive that a tested server accepts', () => assert.deepEqual(names, accepted));

    it('names each renamed directive from both sides', () => {
      for (const { name, args, renamedTo, renamedFrom } of specs) {
        const other = allDirectives.get(renamedTo ?? renamedFrom ?? '');
        if (!other) continue;
        assert.equal(renamedTo === undefined ? other.renamedTo : other.renamedFrom, name);
        assert.deepEqual(other.args, args, name);
      }
    });

    it('says how many values there are, and between which numbers', () => {
      for (const { name, usage, args, optional, more } of specs) {
        assert.equal(usage.match(/<[^>]+>/g)?.length ?? 0, args.length, name);
        assert.ok((optional ?? 0) <= args.length, name);
        assert.equal(usage.includes('…'), more === true, name);
        for (const arg of args)
          if ('min' in arg && 'max' in arg && arg.min !== undefined && arg.max !== undefined)
            assert.ok(arg.min <= arg.max, name);
      }
    });

    it('has texts for each directive in both languages, with the same parts', () => {
      const [en, ko] = [textsOf(table, 'en'), textsOf(table, 'ko')];
      assert.deepEqual(Object.keys(en), names);
      assert.deepEqual(Object.keys(ko), names);
      for (const name of names) {
        const [english, korean] = [en[name] ?? {}, ko[name] ?? {}];
        assert.ok(english['text'], name);
        assert.deepEqual(Object.keys(korean), Object.keys(english), name);
        for (const [part, text] of [...Object.entries(english), ...Object.entries(korean)]) {
          assert.ok(part === 'text' || part === 'note', `${name}: ${part}`);
          assert.match(text, /^\S.*[^\s.]\.$/u, `${name}: ${part}`);
        }
        for (const text of Object.values(korean))
          assert.match(text, /(?:다|오|요)(?:\([^)]*\))?\.$/u, `${name}: ${text}`);
      }
    });
  });
}
