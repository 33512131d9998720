import * as l10n from '@vscode/l10n';
import { makeReport, passingReport } from '../../core/story/report';
import { reportJson } from '../../core/view/reportJson';
import { reportMarkdown } from '../../core/view/reportMarkdown';
import { timelineSvg } from '../../core/view/timelineSvg';
import { readStories } from '../../node/files/readReport';
import { flag, textOption } from '../arguments';
import type { CliCommand } from '../context';
import { UsageError } from '../usageError';

export const report: CliCommand = {
  name: 'report',
  usage: 'LOG… [--json] [--format md|svg]',
  summary: () => l10n.t('tells what happened in log files: failovers, votes, phases, syncs'),
  options: { json: { type: 'boolean' }, format: { type: 'string' } },
  async run(args, context) {
    if (args.positionals.length === 0)
      throw new UsageError(l10n.t('Name the log files, or - for standard input.'));
    const format = textOption(args, 'format') ?? 'md';
    if (format !== 'md' && format !== 'svg')
      throw new UsageError(l10n.t('--format takes md or svg, not "{0}".', format));
    const stories = await readStories(args.positionals);
    if (flag(args, 'json')) {
      for (const piece of reportJson(passingReport(stories))) await context.write(piece);
    } else {
      const found = makeReport(stories);
      context.print(format === 'svg' ? timelineSvg(found) : reportMarkdown(found));
    }
    return 0;
  },
};
