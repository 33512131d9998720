import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { tellFinding } from '../../src/core/diagnose/ruleTexts';
import { diagnosisText } from '../../src/core/view/diagnosisText';
import { readRuleTexts } from '../../src/node/files/ruleTexts';
import { findingsOf } from '../support/diagnosis';
import { assertGolden } from '../support/golden';
import { useLanguage } from '../support/language';
import { repoRoot } from '../support/repoRoot';

const folder = path.join(repoRoot, 'test/fixtures/diagnosis');

/** The logs of one case, by file name. */
function logsOf(name: string): Readonly<Record<string, string>> {
  const files = readdirSync(path.join(folder, name)).toSorted();
  return Object.fromEntries(files.map(file => [file, readFileSync(path.join(folder, name, file), 'utf8')]));
}

describe('the diagnosis of recorded logs', () => {
  after(() => useLanguage('en'));

  for (const name of readdirSync(folder).toSorted())
    for (const language of ['en', 'ko'] as const)
      it(`${name} (${language})`, () => {
        useLanguage(language);
        const logs = logsOf(name);
        const texts = readRuleTexts(path.join(repoRoot, 'l10n'), language);
        const told = findingsOf(logs).map(finding => tellFinding(finding, texts));
        assertGolden(
          `diagnosis/${name}.${language}.golden.txt`,
          `${diagnosisText(told, Object.keys(logs).length)}\n`,
        );
      });
});
