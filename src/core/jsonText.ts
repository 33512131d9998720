import * as l10n from '@vscode/l10n';
import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';

/** One thing wrong with a file that a person writes. `line` and `column` count from 1. */
export interface FileProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** One thing wrong with a value; `path` leads to it from the root. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A text that is an object in JSON, with its places. */
export interface JsonText {
  readonly source: string;
  readonly root: Node;
  readonly value: unknown;
}

/**
 * Reads JSON as VS Code reads its own settings: comments and trailing commas are allowed. `noObject` says what to write where the text
 * is something else than an object.
 */
export function readJsonText(
  text: string,
  noObject: () => string,
): JsonText | { readonly problem: FileProblem } {
  // The byte order mark of some Windows editors is no part of the text, and editors do not count it as a column.
  const source = text.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const root = parseTree(source, errors, { allowTrailingComma: true });
  const [syntax] = errors;
  if (syntax || !root) {
    const what = syntax ? syntaxMessages()[printParseErrorCode(syntax.error)] : undefined;
    const message = what ?? l10n.t('This is not valid JSON.');
    return { problem: { ...position(source, syntax?.offset ?? 0), message } };
  }
  if (root.type !== 'object') return { problem: { ...position(source, root.offset), message: noObject() } };
  return { source, root, value: toValue(root) };
}

function syntaxMessages(): Readonly<Record<string, string>> {
  return {
    CommaExpected: l10n.t('A comma is missing before this.'),
    ColonExpected: l10n.t('A colon is missing before this.'),
    ValueExpected: l10n.t('A value is missing here.'),
    CloseBraceExpected: l10n.t('A closing brace is missing.'),
    CloseBracketExpected: l10n.t('A closing bracket is missing.'),
    PropertyNameExpected: l10n.t('A property name in double quotes is missing here.'),
    UnexpectedEndOfString: l10n.t('A closing double quote is missing.'),
  };
}

function toValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(toValue);
  if (node.type !== 'object') return node.value as unknown;
  const entries = (node.children ?? []).flatMap(({ children }) =>
    children?.[1] ? [[String(children[0]?.value), toValue(children[1])] as const] : [],
  );
  return Object.fromEntries(entries);
}

/** Where a finding stands in its text. A missing property has no place of its own: the nearest thing around it is shown. */
export function locateFinding({ source, root }: JsonText, { path, message }: Finding): FileProblem {
  for (let length = path.length; length >= 0; length--) {
    const node = findNodeAtLocation(root, [...path.slice(0, length)]);
    if (!node) continue;
    const isUnknown = length === path.length && node.parent?.type === 'property';
    return { ...position(source, isUnknown && node.parent ? node.parent.offset : node.offset), message };
  }
  return { ...position(source, 0), message };
}

function position(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
