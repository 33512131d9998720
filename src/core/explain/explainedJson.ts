import type { ExplainedLine } from './explainedLine';

/**
 * JSON.stringify for explained lines, the same to the letter and about three times as fast: the names of the fields stand in the code,
 * so only what a log or a translation can contain has to be escaped, and sentences that come again and again are escaped once.
 */
export class ExplainedJson {
  private readonly sentences = new Map<string, string>();

  of(line: ExplainedLine): string {
    return (
      `{"file":${this.sentence(line.file)},"line":${line.line},"lines":${line.lines},"dialect":"${line.dialect}",` +
      `"time":${plain(line.time)},"pid":${line.pid},"role":${plain(line.role)},"level":${plain(line.level)},` +
      `"id":${plain(line.id)},"event":${plain(line.event)},` +
      `"instance":${value(line.instance)},"master":${value(line.master)},"args":${value(line.args)},` +
      `"phase":${plain(line.phase)},"weight":${plain(line.weight)},"message":${JSON.stringify(line.message)},` +
      `"more":${line.more.length === 0 ? '[]' : JSON.stringify(line.more)},"text":${value(line.text)},` +
      `"next":${this.sentence(line.next)},"benign":${this.sentence(line.benign)},` +
      `"cause":${this.sentence(line.cause)},"fix":${this.sentence(line.fix)}}`
    );
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

/** Enough for every sentence of the tables; those with values in them must not fill the memory. */
const mostSentences = 4_000;

/** A word of ours, or a time: nothing in it has to be escaped. */
function plain(text: string | null | undefined): string {
  return text == null ? 'null' : `"${text}"`;
}

function value(of: unknown): string {
  return of === null ? 'null' : JSON.stringify(of);
}
