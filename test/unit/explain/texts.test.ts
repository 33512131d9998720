import assert from 'node:assert/strict';
import path from 'node:path';
import { Explainer } from '../../../src/core/explain/explainer';
import type { ExplainText } from '../../../src/core/explain/explainTexts';
import { noNames } from '../../../src/core/explain/names';
import { allMessages } from '../../../src/core/log/allMessages';
import { readLogLine } from '../../../src/core/log/logLine';
import { Recogniser } from '../../../src/core/log/logRecord';
import { compileWording, matchWording } from '../../../src/core/log/wording';
import { readExplainTexts } from '../../../src/node/files/explainTexts';
import { repoRoot } from '../../support/repoRoot';
import { sampleEvents, samplesOf } from '../../support/sampleMessages';

const l10nFolder = path.join(repoRoot, 'l10n');
const texts = { en: readExplainTexts(l10nFolder, 'en'), ko: readExplainTexts(l10nFolder, 'ko') };
const recogniser = new Recogniser();
const placeholders = (text: string | undefined): string[] =>
  [...new Set(Array.from((text ?? '').matchAll(/\{(\w+)\}/g), match => match[1] ?? ''))].toSorted();

for (const language of ['en', 'ko'] as const) {
  describe(`the explanations (${language})`, () => {
    const explainer = new Explainer(texts[language], noNames);

    it('are there for every message of the tables', () => {
      assert.deepEqual(
        allMessages.map(({ id }) => id).filter(id => !texts[language][id]?.text),
        [],
      );
    });

    it('name only values that every wording of the message has', () => {
      const wrong = allMessages.flatMap(spec => {
        const text = texts[language][spec.id];
        const used = placeholders(Object.values(text ?? {}).join(' '));
        return spec.wordings.flatMap((wording, index) => {
          const args = matchWording(compileWording(wording), samplesOf(spec)[index] ?? '');
          if (!args) return [`${spec.id}: no sample fits "${wording}"`];
          return used.filter(name => !(name in args)).map(name => `${spec.id}: {${name}} in "${wording}"`);
        });
      });
      assert.deepEqual(wrong, []);
    });

    it('are whole sentences with real values for every Sentinel event', () => {
      for (const sample of sampleEvents()) {
        const said = recogniser.recognise(readLogLine(`12:X 23 Nov 2026 06:47:41.584 # ${sample}`));
        assert.ok(said?.event, sample);
        const explained = explainer.explain(said);
        assert.ok(explained, `no text for ${sample}`);
        for (const text of Object.values(explained) as (string | undefined)[])
          assert.doesNotMatch(text ?? '', /\?(?!$)|[{}]|undefined|\bnull\b/, `${sample}: ${text}`);
      }
    });
  });
}

describe('the explanations in both languages', () => {
  it('have the same messages, parts and values', () => {
    assert.deepEqual(Object.keys(texts.ko).toSorted(), Object.keys(texts.en).toSorted());
    const differing = Object.entries(texts.en).flatMap(([id, en]) => {
      const ko = texts.ko[id] as ExplainText;
      const parts = new Set([...Object.keys(en), ...Object.keys(ko)]) as Set<keyof ExplainText>;
      return [...parts]
        .filter(part => (en[part] === undefined) !== (ko[part] === undefined))
        .map(part => `${id}.${part}`);
    });
    assert.deepEqual(differing, []);
  });

  it('are written in Korean where they should be', () => {
    for (const [id, ko] of Object.entries(texts.ko))
      for (const text of Object.values(ko)) assert.match(text ?? '', /[가-힣]/, id);
  });

  it('have no text that no message uses', () => {
    const ids = new Set(allMessages.map(({ id }) => id));
    for (const sample of [...sampleEvents(), ...extraEvents]) {
      const said = recogniser.recognise(readLogLine(`12:X 23 Nov 2026 06:47:41.584 # ${sample}`));
      if (said) ids.add(said.id);
    }
    assert.deepEqual(
      Object.keys(texts.en).filter(id => !ids.has(id)),
      [],
    );
  });
});

/** Forms of an event with fewer or more values, which have ids of their own. */
const master = 'master mymaster 127.0.0.1 6379';
const extraEvents: readonly string[] = [
  `+set ${master} flushconfig`,
  `+set ${master} rename-command GET LOAD`,
  '-script-error /scripts/notify.sh 2',
  ...['cmd', 'pubsub'].flatMap(link => [
    `-${link}-link-reconnection ${master} #Failed to initialize TLS`,
    `-${link}-link-reconnection ${master} #Failed to establish connection`,
  ]),
];
