import type { ConfLine } from '../conf/confText';
import { nameOf } from './lineCheck';
import { columnsOf, type LintConf, type LintFinding } from './lintFinding';

/** Looks at the machine on which the conf will be read: what is at an absolute path. */
export type ProbePath = (path: string) => 'there' | 'missing' | 'not-executable';

/** What a directive needs at its path for the server to start. */
interface Need {
  readonly rule: string;
  readonly variant?: string;
  /** The folder of the path, and not the path itself. */
  readonly isParent?: boolean;
  readonly isProgram?: boolean;
  /** Which value is the path, from 0. */
  readonly index?: number;
}

const needs: ReadonlyMap<string, Need> = new Map<string, Need>([
  ['dir', { rule: 'data-folder-missing' }],
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
export function missingPaths({ conf, source }: LintConf, probe: ProbePath): readonly LintFinding[] {
  return conf.lines.flatMap((line): readonly LintFinding[] => {
    const { name, head } = nameOf(line.words);
    const need = line.kind === 'directive' ? needs.get(name) : undefined;
    const path = need && line.words[head + (need.index ?? 0)]?.value;
    // A pattern of `include` may fit nothing; a path without a folder is relative.
    if (!need || path === undefined || !path.startsWith('/') || /[*?[]/.test(path)) return [];
    const place = need.isParent ? path.slice(0, Math.max(path.lastIndexOf('/'), 1)) : path;
    const state = probe(place);
    if (state === 'there' || (state === 'not-executable' && !need.isProgram)) return [];
    return [found(line, need, path, source.file)];
  });
}

function found(line: ConfLine, { rule, variant }: Need, path: string, file: string): LintFinding {
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
      error: 'No such file or directory',
      reason: 'No such file or directory',
      count: 1,
      since: '',
    },
    evidence: [{ file, line: line.line }],
    file,
    line: line.line,
    ...columnsOf(line),
    fixes: [],
  };
}
