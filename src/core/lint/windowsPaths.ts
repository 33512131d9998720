import * as l10n from '@vscode/l10n';
import type { ConfLine } from '../conf/confText';
import { directiveName } from '../conf/directiveName';
import { quotePath } from '../conf/quoteArgument';
import type { Argument } from '../conf/splitArguments';
import type { ConfReader } from './lineCheck';
import { columnsOf, type LintFinding } from './lintFinding';

/** Directives whose value is a path that the Windows ports use as it is. */
const pathNames: ReadonlySet<string> = new Set([
  'dir',
  'logfile',
  'pidfile',
  'include',
  'unixsocket',
  'aclfile',
]);

/**
 * Paths that a server does not read as a person means them: a backslash in double quotes is an escape, for every version; a path of
 * Unix means nothing to a Windows port. (sds.c, `sdssplitargs`; Win32_CommandLine.cpp.)
 */
export function pathProblem(line: ConfLine, { version }: ConfReader, file: string): readonly LintFinding[] {
  const name = directiveName(line);
  const [, value] = line.words;
  if (!pathNames.has(name) || !value) return [];
  const written = line.text.slice(value.start, value.end);
  const found = swallowed(written, value)
    ? 'backslash'
    : isUnixPath(value, version.windows)
      ? 'unix'
      : undefined;
  if (found === undefined) return [];
  const meant = found === 'backslash' ? written.slice(1, -1) : undefined;
  return [
    {
      rule: found === 'backslash' ? 'bad-bytes-in-conf' : 'windows-path-form',
      severity: 'error',
      ...(found === 'backslash' ? { variant: 'path' } : {}),
      values: { path: written, error: value.value, node: '', line: line.line },
      evidence: [{ file, line: line.line }],
      file,
      line: line.line,
      ...columnsOf(line),
      column: value.start + 1,
      endColumn: value.end + 1,
      fixes:
        meant === undefined
          ? []
          : [
              {
                title: l10n.t('Write forward slashes'),
                edits: [
                  {
                    line: line.line,
                    text:
                      line.text.slice(0, value.start) + quotePath(meant, true) + line.text.slice(value.end),
                  },
                ],
                isSafe: true,
              },
            ],
    },
  ];
}

/** `"C:\redis\data"`: single backslashes in double quotes, which are gone or a tab when the server reads them. */
function swallowed(written: string, { value }: Argument): boolean {
  return /^"[A-Za-z]:\\/.test(written) && !written.includes('\\\\') && !value.includes('\\');
}

function isUnixPath({ value }: Argument, windows: boolean): boolean {
  return windows && value.startsWith('/');
}
