import { isoText } from '../log/lineTime';
import { readLogLine } from '../log/logLine';
import type { Recognition } from '../log/logRecord';
import type { LogRecord } from '../log/recordReader';
import { explainInSituation, type ExplainedLine } from './explainedLine';
import type { Explainer } from './explainer';
import type { TextVariant } from './explainTexts';
import type { LineContext } from './lineContext';

/**
 * Explained lines as JSON, the same to the letter as JSON.stringify and several times as fast: the names of the fields stand in the
 * code, and what a message means is written once, however often a server says it.
 */
export class ExplainedJson {
  private readonly sentences = new Map<string, string>();
  /** What stands behind the head of a line, by its message. */
  private meanings = new Map<string, { readonly said: Recognition; readonly json: string }>();

  constructor(private readonly explainer: Explainer) {}

  /** The two halves of the JSON text of a record; `context` must have seen all records before it. */
  of(file: string, record: LogRecord, context: LineContext): readonly [head: string, meaning: string] {
    const { said, head, more } = record;
    const variants = said ? context.read(said) : [];
    const isPlain = said !== undefined && variants.length === 0 && more.length === 0;
    const known = isPlain ? this.meanings.get(head.message) : undefined;
    const headJson = this.headOf(file, record);
    // The same words and the same recognition: the same meaning.
    if (known !== undefined && known.said === said) return [headJson, known.json];
    const json = this.meaningOf(explainInSituation(file, record, this.explainer, variants));
    if (isPlain && head.message.length < longestRemembered) {
      // Forgetting all at once is cheaper than to keep account of what is oldest.
      if (this.meanings.size >= mostMeanings) this.meanings = new Map();
      this.meanings.set(head.message, { said, json });
    }
    return [headJson, json];
  }

  /** The second half alone, of a record of one line. */
  meaningIn(message: string, said: Recognition | undefined, variants: readonly TextVariant[]): string {
    const record: LogRecord = { line: 0, head: readLogLine(''), said, more: [] };
    const explained = explainInSituation('', record, this.explainer, variants);
    return this.meaningOf({ ...explained, message });
  }

  private headOf(file: string, { line, more, head }: LogRecord): string {
    const time = head.time ? `"${isoText(head.time)}"` : 'null';
    return (
      `{"file":${this.sentence(file)},"line":${line},"lines":${more.length + 1},"dialect":"${head.dialect}",` +
      `"time":${time},"pid":${head.pid === undefined ? 'null' : numberText(head.pid)},"role":${plain(head.role)},"level":${plain(head.level)},`
    );
  }

  private meaningOf(line: ExplainedLine): string {
    return (
      `"id":${plain(line.id)},"event":${plain(line.event)},` +
      `"instance":${value(line.instance)},"master":${value(line.master)},"args":${this.args(line.args)},` +
      `"phase":${plain(line.phase)},"weight":${plain(line.weight)},"message":${JSON.stringify(line.message)},` +
      `"more":${line.more.length === 0 ? '[]' : JSON.stringify(line.more)},"text":${value(line.text)},` +
      `"next":${this.sentence(line.next)},"benign":${this.sentence(line.benign)},` +
      `"cause":${this.sentence(line.cause)},"fix":${this.sentence(line.fix)}}`
    );
  }

  /** The names of values are words of our tables. */
  private args(args: ExplainedLine['args']): string {
    let json = '';
    for (const name in args) {
      const arg = args[name];
      json += `${json === '' ? '' : ','}"${name}":${typeof arg === 'number' ? numberText(arg) : value(arg)}`;
    }
    return `{${json}}`;
  }

  private sentence(text: string | null): string {
    if (text === null) return 'null';
    const known = this.sentences.get(text);
    if (known !== undefined) return known;
    const json = JSON.stringify(text);
    if (this.sentences.size < mostSentences) this.sentences.set(text, json);
    return json;
  }
}

const mostMeanings = 1_000;
const longestRemembered = 300;

/** Enough for every sentence of the tables; those with values in them must not fill the memory. */
const mostSentences = 4_000;

/** A word of ours, or a time: nothing in it has to be escaped. */
function plain(text: string | null | undefined): string {
  return text == null ? 'null' : `"${text}"`;
}

/** JSON knows no NaN and no infinity. */
function numberText(number: number): string {
  return Number.isFinite(number) ? String(number) : 'null';
}

function value(of: unknown): string {
  return of === null ? 'null' : JSON.stringify(of);
}
