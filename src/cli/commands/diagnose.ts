import * as l10n from '@vscode/l10n';
import path from 'node:path';
import { tellFinding } from '../../core/diagnose/ruleTexts';
import { diagnosisText } from '../../core/view/diagnosisText';
import { readDiagnosis } from '../../node/files/readDiagnosis';
import { readRuleTexts } from '../../node/files/ruleTexts';
import { flag, textOption } from '../arguments';
import type { CliCommand } from '../context';
import { currentLanguage } from '../language';
import { UsageError } from '../usageError';
import { versionOption } from '../versionOption';

export const diagnose: CliCommand = {
  name: 'diagnose',
  usage: 'PATH… [--json] [--redis VERSION]',
  summary: () => l10n.t('finds problems in logs, confs and lab folders, with cause and fix'),
  options: { json: { type: 'boolean' }, redis: { type: 'string' } },
  async run(args, context) {
    if (args.positionals.length === 0)
      throw new UsageError(l10n.t('Name log files, confs or lab folders, or - for a log on standard input.'));
    const version = versionOption(textOption(args, 'redis'), context);
    const { findings, logs, confs } = await readDiagnosis(args.positionals, version);
    const texts = readRuleTexts(path.join(__dirname, '..', 'l10n'), currentLanguage());
    const told = findings.map(finding => tellFinding(finding, texts));
    context.print(
      flag(args, 'json')
        ? JSON.stringify({ findings: told }, undefined, 2)
        : diagnosisText(told, logs.length + confs.length),
    );
    return told.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};
