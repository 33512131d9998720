import * as l10n from '@vscode/l10n';
import type { ConfLine } from '../conf/confText';
import { directiveName, valuesOf } from '../conf/directiveName';
import { columnsOf, type LintConf, type LintFinding } from './lintFinding';

/**
 * Looks at the machine on which the conf will be read: what is at an absolute path. `not-writable` is only told where `use` asks for it,
 * `not-executable` only of files, where it does not.
 */
export type ProbePath = (
  path: string,
  use?: 'write',
) => 'there' | 'missing' | 'not-executable' | 'not-writable';

/** What a directive needs at its path for the server to start. */
interface Need {
  readonly rule: string;
  readonly variant?: string;
  /** The folder of the path, and not the path itself. */
  readonly isParent?: boolean;
  readonly isProgram?: boolean;
  /** The path is a folder, which can be made. */
  readonly isFolder?: boolean;
  /** Which value is the path, from 0. */
  readonly index?: number;
}

const needs: ReadonlyMap<string, Need> = new Map<string, Need>([
  ['dir', { rule: 'data-folder-missing', isFolder: true }],
  ['logfile', { rule: 'conf-not-accepted', variant: 'logFile', isParent: true }],
  ['include', { rule: 'wrong-start-form', variant: 'confNotFound' }],
  ['aclfile', { rule: 'conf-not-accepted', variant: 'acl' }],
  ['loadmodule', { rule: 'conf-not-accepted', variant: 'module' }],
  ['unixsocket', { rule: 'conf-not-accepted', variant: 'unixSocket', isParent: true }],
  [
    'sentinel notification-script',
    { rule: 'notification-script-failed', variant: 'missing', isProgram: true, index: 1 },
  ],
  [
    'sentinel client-reconfig-script',
    { rule: 'notification-script-failed', variant: 'missing', isProgram: true, index: 1 },
  ],
]);

/** Files and folders that a conf names and that are not there; only absolute paths can be judged without knowing the working folder. */
export function missingPaths({ conf, source, facts }: LintConf, probe: ProbePath): readonly LintFinding[] {
  return conf.lines.flatMap((line): readonly LintFinding[] => {
    const name = directiveName(line);
    const need = line.kind === 'directive' ? needs.get(name) : undefined;
    const path = need && valuesOf(line)[need.index ?? 0];
    // A pattern of `include` may fit nothing; a path without a folder is relative.
    if (!need || path === undefined || !path.startsWith('/') || /[*?[]/.test(path)) return [];
    const place = need.isParent ? path.slice(0, Math.max(path.lastIndexOf('/'), 1)) : path;
    const state = probe(place);
    if (state === 'missing' || (state === 'not-executable' && need.isProgram))
      return [found(line, need, path, source.file)];
    return name === 'dir' && facts.kind === 'server' && probe(path, 'write') === 'not-writable'
      ? [found(line, unwritableFolder, path, source.file)]
      : [];
  });
}

const notWritable: ReadonlySet<string> = new Set(['misconf-save-failed', 'sentinel-conf-read-only']);

const unwritableFolder: Need = { rule: 'misconf-save-failed', variant: 'confFolder' };

/** A Sentinel saves its state in its conf: the file must be writable at the start, and later its folder. */
export function unwritableConf({ conf, source, facts }: LintConf, probe: ProbePath): readonly LintFinding[] {
  const { file } = source;
  const [first] = conf.lines;
  if (facts.kind !== 'sentinel' || !first || !file.startsWith('/')) return [];
  if (probe(file, 'write') === 'not-writable')
    return [found(first, { rule: 'sentinel-conf-read-only' }, file, file)];
  const folder = file.slice(0, Math.max(file.lastIndexOf('/'), 1));
  return probe(folder, 'write') === 'not-writable'
    ? [
        {
          ...found(first, { rule: 'sentinel-conf-not-saved', variant: 'confFolder' }, file, file),
          severity: 'warning',
        },
      ]
    : [];
}

function found(line: ConfLine, { rule, variant, isFolder }: Need, path: string, file: string): LintFinding {
  const error = notWritable.has(rule) ? 'Permission denied' : 'No such file or directory';
  return {
    rule,
    severity: 'error',
    ...(variant === undefined ? {} : { variant }),
    values: {
      path,
      dir: path,
      script: path,
      line: line.line,
      text: line.text.trim(),
      node: file.split(/[\\/]/).at(-1) ?? file,
      error,
      reason: error,
      count: 1,
      since: '',
    },
    evidence: [{ file, line: line.line }],
    file,
    line: line.line,
    ...columnsOf(line),
    fixes: isFolder
      ? [{ title: l10n.t('Make the folder {0}', path), edits: [], makesFolder: path, isSafe: false }]
      : [],
  };
}
