import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tellFinding, type RuleTexts } from '../../../src/core/diagnose/ruleTexts';
import { readRuleTexts } from '../../../src/node/files/ruleTexts';
import { repoRoot } from '../../support/repoRoot';
import { readSources } from '../../support/sources';

const folder = path.join(repoRoot, 'l10n');
const texts = { en: readRuleTexts(folder, 'en'), ko: readRuleTexts(folder, 'ko') };
const slots = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].toSorted();

/** Every rule id and variant that the rules name in their sources. */
function inSources(pattern: RegExp): ReadonlySet<string> {
  return new Set(
    readSources('src')
      .filter(({ name }) => /core\/(?:diagnose|lint)\//.test(name))
      .flatMap(({ text }) => Array.from(text.matchAll(pattern), match => match[1] ?? '')),
  );
}

describe('the texts of the rules', () => {
  const rules = inSources(/\brule: '([\w-]+)'/g);

  it('are there for every rule, with title, cause and fix', () => {
    assert.ok(rules.size >= 40, String(rules.size));
    for (const language of ['en', 'ko'] as const)
      for (const rule of rules)
        for (const part of ['title', 'cause', 'fix'])
          assert.ok(texts[language][rule]?.[part], `${language}: ${rule}.${part}`);
  });

  it('are the same in both languages: rules, parts and values', () => {
    assert.deepEqual(Object.keys(texts.ko).toSorted(), Object.keys(texts.en).toSorted());
    for (const [rule, en] of Object.entries(texts.en)) {
      const ko = texts.ko[rule] ?? {};
      assert.deepEqual(Object.keys(ko).toSorted(), Object.keys(en).toSorted(), rule);
      for (const [part, text] of Object.entries(en))
        assert.deepEqual(slots(ko[part] ?? ''), slots(text), `${rule}.${part}`);
    }
  });

  it('are Korean where they should be', () => {
    for (const [rule, ko] of Object.entries(texts.ko))
      for (const [part, text] of Object.entries(ko))
        // What only quotes the server needs no word of its own.
        if (!/^(?:\{\w+\}[: .]*)+$/.test(text)) assert.match(text, /[가-힣]/, `${rule}.${part}`);
  });

  it('have no variant that no rule names', () => {
    const words = inSources(/'([\w-]+)'/g);
    const own = JSON.parse(readFileSync(path.join(folder, 'rules.en.json'), 'utf8')) as RuleTexts;
    for (const [rule, en] of Object.entries(own))
      for (const part of Object.keys(en)) {
        const variant = part.split('.')[1];
        if (variant !== undefined) assert.ok(words.has(variant), `${rule}.${part}`);
      }
  });

  it('take the text of the variant where there is one, else the general one', () => {
    const finding = {
      rule: 'tls-mismatch',
      severity: 'error',
      variant: 'certificate',
      values: { node: 'redis-6379' },
      evidence: [{ file: 'a.log', line: 1 }],
    } as const;
    assert.equal(tellFinding(finding, texts.en).title, 'redis-6379 cannot set up TLS');
    assert.match(tellFinding({ ...finding, variant: 'nothing' }, texts.ko).title, /^redis-6379/);
  });

  it('another language than the two is told in English', () => {
    assert.deepEqual(readRuleTexts(folder, 'de'), texts.en);
    assert.deepEqual(readRuleTexts(folder, 'ko-KR'), texts.ko);
  });
});
