import type { ConfText } from '../confText';
import { directiveName, nameLength } from '../directiveName';

/** A path in a conf and where it leads. */
export interface ConfLink {
  /** Counts from 1. */
  readonly line: number;
  /** Columns from 0 within the line. */
  readonly start: number;
  readonly end: number;
  readonly directive: string;
  readonly kind: 'file' | 'folder';
  /** To be resolved one after the other from the folder in which the server is started. */
  readonly steps: readonly string[];
}

/** Opened where the line is read: a `dir` above counts, one below does not. */
const readAtOnce = new Set(['include']);
/** Opened when the whole conf is read: the last `dir` counts wherever it stands. */
const openedLater: Readonly<Record<string, 'file' | 'folder'>> = {
  aclfile: 'file',
  logfile: 'file',
  loadmodule: 'file',
  unixsocket: 'file',
  pidfile: 'file',
  'tls-cert-file': 'file',
  'tls-key-file': 'file',
  'tls-ca-cert-file': 'file',
  'tls-client-cert-file': 'file',
  'tls-client-key-file': 'file',
  'tls-dh-params-file': 'file',
  'tls-ca-cert-dir': 'folder',
};
const bySentinel = new Set(['sentinel notification-script', 'sentinel client-reconfig-script']);

/**
 * The paths of a conf. `dir` changes the working folder as soon as it is read (config.c, `setConfigDirOption`), and each further
 * `dir` counts from there.
 */
export function confLinks({ lines }: ConfText): readonly ConfLink[] {
  const directives = lines.filter(line => line.kind === 'directive');
  const folders: string[] = [];
  const before = new Map<number, readonly string[]>();
  for (const line of directives) {
    before.set(line.line, [...folders]);
    const folder = line.words[1]?.value;
    if (directiveName(line) === 'dir' && folder) folders.push(folder);
  }
  return directives.flatMap(line => {
    const directive = directiveName(line);
    const isScript = bySentinel.has(directive);
    const word = line.words[nameLength(line) + (isScript ? 1 : 0)];
    // A pattern names several files, and an empty value none.
    if (!word?.value || /[*?[]/.test(word.value)) return [];
    const at = { line: line.line, start: word.start, end: word.end, directive };
    const above = before.get(line.line) ?? [];
    if (directive === 'dir') return [{ ...at, kind: 'folder' as const, steps: [...above, word.value] }];
    if (readAtOnce.has(directive)) return [{ ...at, kind: 'file' as const, steps: [...above, word.value] }];
    const kind = isScript ? 'file' : openedLater[directive];
    return kind ? [{ ...at, kind, steps: [...folders, word.value] }] : [];
  });
}
