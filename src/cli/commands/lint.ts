import * as l10n from '@vscode/l10n';
import { copyFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseConf } from '../../core/conf/confText';
import { parseVersionOfPerson, readVersionComment } from '../../core/conf/editor/confFile';
import { displayVersion, type ServerVersion } from '../../core/conf/serverVersion';
import { allDirectives } from '../../core/conf/specs/allDirectives';
import { tellFinding, type RuleTexts, type ToldFinding } from '../../core/diagnose/ruleTexts';
import { applySafeFixes } from '../../core/lint/applyFixes';
import { lintConfs } from '../../core/lint/lintConfs';
import type { LintFinding, LintSource } from '../../core/lint/lintFinding';
import { diagnosisText } from '../../core/view/diagnosisText';
import { readConfFile } from '../../node/files/readConfFile';
import { filesOf } from '../../node/files/readDiagnosis';
import { probePath } from '../../node/files/probePath';
import { readRuleTexts } from '../../node/files/ruleTexts';
import { flag, textOption } from '../arguments';
import type { CliCommand, CliContext } from '../context';
import { currentLanguage } from '../language';
import { UsageError } from '../usageError';
import { versionOption } from '../versionOption';

export const lint: CliCommand = {
  name: 'lint',
  usage: 'CONF… [--redis VERSION|PATH-OF-BINARY] [--sentinel] [--fix] [--json]',
  summary: () =>
    l10n.t(
      'finds what is wrong in confs for the version that will read them; --fix repairs what can be repaired safely',
    ),
  options: {
    redis: { type: 'string' },
    sentinel: { type: 'boolean' },
    fix: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run(args, context) {
    if (args.positionals.length === 0)
      throw new UsageError(l10n.t('Name the conf files, or a folder with them.'));
    const isSentinel = flag(args, 'sentinel') ? true : undefined;
    let sources = await readSources(args.positionals, isSentinel);
    const version = await versionFor(textOption(args, 'redis'), sources, context);
    if (flag(args, 'fix')) sources = await fixAll(sources, version, context);
    const findings = lintConfs(sources, version, allDirectives, version?.windows ? undefined : probePath);
    const texts = readRuleTexts(path.join(__dirname, '..', 'l10n'), currentLanguage());
    const told = findings.map(finding => tellPlaced(finding, texts));
    context.print(
      flag(args, 'json')
        ? JSON.stringify({ findings: told }, undefined, 2)
        : diagnosisText(told, sources.length),
    );
    return told.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};

/** A finding in words with its place and its repairs: the shape of `lint --json`. */
function tellPlaced(
  finding: LintFinding,
  texts: RuleTexts,
): ToldFinding & Pick<LintFinding, 'file' | 'line'> {
  const { file, line, column, endColumn, fixes } = finding;
  return {
    ...tellFinding(finding, texts),
    file,
    line,
    ...{ column, endColumn, fixes: fixes.map(({ title, edits }) => ({ title, edits })) },
  };
}

async function readSources(
  paths: readonly string[],
  isSentinel: boolean | undefined,
): Promise<readonly LintSource[]> {
  const files = await filesOf(paths);
  // A file that was named is a conf, whatever it is called.
  const confs = files.filter(({ file, kind }) => kind === 'conf' || paths.includes(file));
  return Promise.all(
    confs.map(async ({ file }) => ({
      file,
      ...(await readConfFile(file)),
      ...(isSentinel === undefined ? {} : { isSentinel }),
    })),
  );
}

/** What `--redis` names, else what a conf itself says, else the server of this machine. */
async function versionFor(
  asked: string | undefined,
  sources: readonly LintSource[],
  context: CliContext,
): Promise<ServerVersion | undefined> {
  if (asked !== undefined) {
    const isProgram = /[\\/]/.test(asked) || (await stat(asked).catch(() => undefined))?.isFile();
    if (isProgram) return (await context.finder.find(asked, process.cwd())).version;
    return parseVersionOfPerson(asked) ?? versionOption(asked, context);
  }
  const written = sources
    .map(({ text }) => readVersionComment(parseConf(text))?.version)
    .find(version => version !== undefined);
  const version = written ?? (await context.finder.findAll())[0]?.version;
  context.tell(
    version
      ? l10n.t('Measured by {0}.', displayVersion(version))
      : l10n.t(
          'No version is known to measure by: only what is wrong for every version is shown. --redis VERSION tells it.',
        ),
  );
  return version;
}

/** A repair can lead to another finding: so many rounds are enough for all that are known. */
const mostRounds = 5;

/** Repairs what is safe to repair; a file that changes is kept as it was beside the new one. */
async function fixAll(
  sources: readonly LintSource[],
  version: ServerVersion | undefined,
  context: CliContext,
): Promise<readonly LintSource[]> {
  let now = sources;
  const counts = new Map<string, number>();
  for (let round = 0; round < mostRounds; round++) {
    const findings = lintConfs(now, version, allDirectives);
    let isChanged = false;
    now = now.map(source => {
      const own = findings.filter(({ file }) => file === source.file);
      const { text, fixed } = applySafeFixes(source.text, own);
      if (fixed.length === 0) return source;
      isChanged = true;
      counts.set(source.file, (counts.get(source.file) ?? 0) + fixed.length);
      return { ...source, text, isUtf16: false };
    });
    if (!isChanged) break;
  }
  for (const { file, text } of now) {
    const count = counts.get(file);
    if (count === undefined) continue;
    const backup = `${file}.bak`;
    await copyFile(file, backup);
    await writeFile(file, text);
    context.tell(l10n.t('{0}: fixed {1}; the file as it was is {2}', file, count, backup));
  }
  return now;
}
