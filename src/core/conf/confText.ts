import { splitArguments, type Argument } from './splitArguments';

/** One line of a conf file as it stands there. */
export interface ConfLine {
  /** Counts from 1. */
  readonly line: number;
  /** Without its end. */
  readonly text: string;
  /** How it ends; the last line may have no end. */
  readonly end: '\n' | '\r\n' | '';
  readonly kind: 'blank' | 'comment' | 'directive' | 'unbalanced';
  /** Of a directive: its words, the first of them its name. */
  readonly words: readonly Argument[];
}

/** A conf file that can be given back byte for byte: what nobody touches stays as it is. */
export interface ConfText {
  readonly hasBom: boolean;
  readonly lines: readonly ConfLine[];
}

/** A change of one line: other text, which may be several lines, or null to take the line away. `line` counts from 1. */
export interface LineEdit {
  readonly line: number;
  readonly text: string | null;
}

const bom = '\uFEFF';

/**
 * Reads a conf file into its lines. Redis reads up to LF and strips blanks, CR among them, so a lone CR is part of a line (config.c,
 * `loadServerConfigFromString`).
 */
export function parseConf(text: string): ConfText {
  const hasBom = text.startsWith(bom);
  const lines: ConfLine[] = [];
  let at = hasBom ? 1 : 0;
  while (at < text.length) {
    const found = text.indexOf('\n', at);
    const stop = found < 0 ? text.length : found;
    const isCrLf = found > at && text.charCodeAt(found - 1) === 13;
    lines.push(
      readConfLine(text.slice(at, isCrLf ? stop - 1 : stop), lines.length + 1, endOf(found, isCrLf)),
    );
    at = found < 0 ? text.length : found + 1;
  }
  return { hasBom, lines };
}

function endOf(found: number, isCrLf: boolean): ConfLine['end'] {
  return found < 0 ? '' : isCrLf ? '\r\n' : '\n';
}

function readConfLine(text: string, line: number, end: ConfLine['end']): ConfLine {
  const trimmed = text.trim();
  if (trimmed === '') return { line, text, end, kind: 'blank', words: [] };
  if (trimmed.startsWith('#')) return { line, text, end, kind: 'comment', words: [] };
  const words = splitArguments(text);
  return typeof words === 'string'
    ? { line, text, end, kind: 'unbalanced', words: [] }
    : { line, text, end, kind: 'directive', words };
}

/** The text again; of what {@link parseConf} gave, exactly the text it was given. */
export function printConf({ hasBom, lines }: ConfText): string {
  return (hasBom ? bom : '') + lines.map(({ text, end }) => text + end).join('');
}

/** Applies edits, at most one a line; a line without an edit keeps every byte. New lines end as the line that they replace. */
export function applyEdits(conf: ConfText, edits: readonly LineEdit[]): ConfText {
  const byLine = new Map(edits.map(edit => [edit.line, edit.text]));
  const usual = conf.lines.find(({ end }) => end !== '')?.end ?? '\n';
  const text = conf.lines
    .map(line => {
      const edit = byLine.get(line.line);
      if (edit === undefined) return line.text + line.end;
      if (edit === null) return '';
      return edit.split('\n').join(line.end || usual) + line.end;
    })
    .join('');
  return parseConf((conf.hasBom ? bom : '') + text);
}
