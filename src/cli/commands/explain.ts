import * as l10n from '@vscode/l10n';
import path from 'node:path';
import { Explainer } from '../../core/explain/explainer';
import { ExplainedJson } from '../../core/explain/explainedJson';
import { ExplainedLog, type ExplainTools } from '../../core/explain/explainedLog';
import { explainLine } from '../../core/explain/explainedLine';
import { LineContext } from '../../core/explain/lineContext';
import { Names } from '../../core/explain/names';
import type { LineLevel } from '../../core/log/logLine';
import { Recogniser, RememberingRecogniser } from '../../core/log/logRecord';
import { RecordReader, type LogRecord } from '../../core/log/recordReader';
import { identify } from '../../core/story/identities';
import { MessageMemory } from '../../core/story/messageMemory';
import { passingReport } from '../../core/story/report';
import { explainedText } from '../../core/view/explainedText';
import { decodeLine, readByteLines, readLines } from '../../node/files/readLines';
import { readStories } from '../../node/files/readReport';
import { readExplainTexts } from '../../node/files/explainTexts';
import { flag, textOption } from '../arguments';
import type { CliCommand, CliContext } from '../context';
import { currentLanguage } from '../language';
import { OutputBuffer } from '../outputBuffer';
import { UsageError } from '../usageError';

const levels: readonly LineLevel[] = ['debug', 'verbose', 'notice', 'warning'];

export const explain: CliCommand = {
  name: 'explain',
  usage: 'LOG… [--json] [--level debug|verbose|notice|warning]',
  summary: () => l10n.t('explains every line of log files in plain words'),
  options: { json: { type: 'boolean' }, level: { type: 'string' } },
  async run(args, context) {
    const files = args.positionals;
    if (files.length === 0) throw new UsageError(l10n.t('Name the log files, or - for standard input.'));
    const level = textOption(args, 'level');
    const least = levels.findIndex(known => known === level);
    if (level !== undefined && least < 0)
      throw new UsageError(l10n.t('--level takes debug, verbose, notice or warning, not "{0}".', level));
    await explainFiles(files, { json: flag(args, 'json'), least, context });
    return 0;
  },
};

interface ExplainOptions {
  readonly json: boolean;
  /** Index of the lowest level to print; -1 for all. Lines without a level are always printed. */
  readonly least: number;
  readonly context: CliContext;
}

/**
 * Reads the files twice: names and winners of elections may stand far behind the line that needs them. Standard input can only be read
 * once, so ids stay ids there.
 */
async function explainFiles(
  files: readonly string[],
  { json, least, context }: ExplainOptions,
): Promise<void> {
  const stories = await readStories(files.filter(file => file !== '-'));
  const identities = identify(stories.map(story => story.identity));
  const leaders = new Map<number | null, string | null | undefined>();
  for (const { epoch, leader } of passingReport(stories).failovers) leaders.set(epoch, leader?.id);
  const texts = readExplainTexts(path.join(__dirname, '..', 'l10n'), currentLanguage());
  const explainer = new Explainer(texts, new Names(identities));
  const recogniser = new RememberingRecogniser(new Recogniser());
  const tools: ExplainTools = {
    json: new ExplainedJson(explainer),
    recogniser: new Recogniser(),
    remembering: recogniser,
    // A busy Sentinel's log has thousands of different ones.
    memory: new MessageMemory(8_192, 512),
    decode: decodeLine,
    encode: text => Buffer.from(text),
  };
  for (const file of files) {
    const ownId = identities.files.find(known => known.file === file)?.id;
    const lineContext = new LineContext(ownId, epoch => leaders.get(epoch) ?? undefined);
    const output = new OutputBuffer();
    if (json && least < 0) {
      const log = new ExplainedLog(file, tools, lineContext, output);
      await readByteLines(
        file,
        (bytes, start, end) => log.read(bytes, start, end),
        () => {
          log.endPiece();
          return context.write(output.take());
        },
      );
      log.end();
      await context.write(output.take());
      continue;
    }
    const records = new RecordReader(recogniser);
    const take = (record: LogRecord | undefined): void => {
      if (!record) return;
      const { level } = record.head;
      if (level !== undefined && levels.indexOf(level) < least) {
        // Lines that are not printed may still tell what the next ones mean.
        if (record.said) lineContext.read(record.said);
      } else if (json) {
        const [head, meaning] = tools.json.of(file, record, lineContext);
        output.add(head);
        output.add(meaning);
        output.add('\n');
      } else {
        const line = explainLine(file, record, explainer, lineContext);
        output.add(`${explainedText(line, files.length > 1)}\n`);
      }
    };
    await readLines(file, async lines => {
      for (const line of lines) take(records.read(line));
      await context.write(output.take());
    });
    take(records.end());
    await context.write(output.take());
  }
}
