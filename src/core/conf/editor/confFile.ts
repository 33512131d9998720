import type { ConfText } from '../confText';
import { directiveName } from '../directiveName';
import type { ConfKind } from '../directives';
import { parseVersion, type ServerVersion } from '../serverVersion';

/** For which program a conf was written: one line of Sentinel tells it; without one the file's name does. */
export function confKindOf({ lines }: ConfText, fileName: string): ConfKind {
  const directives = lines.filter(line => line.kind === 'directive');
  if (directives.some(line => directiveName(line).startsWith('sentinel'))) return 'sentinel';
  return /sentinel/i.test(fileName.split(/[\\/]/).at(-1) ?? '') ? 'sentinel' : 'server';
}

/** A comment by which a conf says for which version it was written. */
export interface VersionComment {
  /** Counts from 1. */
  readonly line: number;
  readonly text: string;
  /** Undefined where the text is no version. */
  readonly version: ServerVersion | undefined;
}

const versionComment = /^\s*#\s*redis-version\s*:\s*(\S*)\s*$/i;

/** The first `# redis-version: 3.0.504` of a conf. */
export function readVersionComment({ lines }: ConfText): VersionComment | undefined {
  for (const { line, text, kind } of lines) {
    const written = kind === 'comment' ? versionComment.exec(text)?.[1] : undefined;
    if (written !== undefined) return { line, text: written, version: parseVersionOfPerson(written) };
  }
  return undefined;
}

/**
 * Reads a version as people write it. Up to 3.2 only the Windows ports have patch numbers of a hundred and more: `3.0.504` is one of
 * them without a word about Windows.
 */
export function parseVersionOfPerson(text: string): ServerVersion | undefined {
  const version = parseVersion(text);
  if (!version) return undefined;
  const isPort = version.product === 'redis' && version.major < 4 && version.patch >= 100;
  return isPort ? { ...version, windows: true } : version;
}
