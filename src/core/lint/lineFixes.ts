import * as l10n from '@vscode/l10n';
import type { ConfLine, LineEdit } from '../conf/confText';
import { acceptsDirective } from '../conf/directives';
import { displayVersion } from '../conf/serverVersion';
import type { DirectiveSpec } from '../conf/specs/directiveSpec';
import type { ConfReader, LineProblem } from './lineCheck';

/** A change that repairs a conf. */
export interface Fix {
  /** What it does, as the title of a quick fix. */
  readonly title: string;
  readonly edits: readonly LineEdit[];
  /** The file is written anew as UTF-8 without a byte order mark. */
  readonly convertsEncoding?: boolean;
  /** A folder that is made, absolute; nothing is edited. Only after a click. */
  readonly makesFolder?: string;
  /** It keeps what the person meant, so that it may be applied without asking. */
  readonly isSafe: boolean;
}

/** The ways to repair a line that the server does not start with, the best first. */
export function fixesFor(line: ConfLine, problem: LineProblem, reader: ConfReader): readonly Fix[] {
  switch (problem.what) {
    case 'not-supported': {
      const alias = otherName(problem.name, reader);
      return [...(alias === undefined ? [] : [rename(line, alias)]), commentOut(line, reader)];
    }
    case 'inline-comment':
      return [moveComment(line, problem.start)];
    case 'wrong-value': {
      const meant = problem.problem.expected === 'yes-no' ? yesOrNo(problem.value) : undefined;
      return meant === undefined ? [] : [replaceValue(line, problem, meant)];
    }
    case 'unbalanced-quotes':
    case 'sentinel-in-server':
    case 'wrong-count':
      return [];
  }
}

/** The other name of a directive that this version knows: `slaveof` for `replicaof` before 5.0. */
function otherName(name: string, reader: ConfReader): string | undefined {
  const seen = new Set([name]);
  const waiting = [name];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const other of otherNames(next, reader.specs)) {
      if (seen.has(other)) continue;
      if (acceptsDirective(reader.version, reader.kind, other)) return other;
      seen.add(other);
      waiting.push(other);
    }
  }
  return undefined;
}

function otherNames(name: string, specs: ReadonlyMap<string, DirectiveSpec>): readonly string[] {
  const spec = specs.get(name);
  const pointing = [...specs.values()]
    .filter(({ renamedTo, renamedFrom }) => renamedTo === name || renamedFrom === name)
    .map(other => other.name);
  return [spec?.renamedTo, spec?.renamedFrom, ...pointing].filter(other => other !== undefined);
}

function rename(line: ConfLine, name: string): Fix {
  // A Sentinel directive keeps its first word.
  const words = name.startsWith('sentinel ') ? line.words.slice(1, 2) : line.words.slice(0, 1);
  const text = name.replace(/^sentinel /, '');
  const [word] = words;
  const replaced = word ? line.text.slice(0, word.start) + text + line.text.slice(word.end) : line.text;
  return {
    title: l10n.t('Use {0}', name),
    edits: [{ line: line.line, text: replaced }],
    isSafe: true,
  };
}

/** A line that the version does not know, kept for another one. */
export function commentOut(line: ConfLine, { version }: ConfReader): Fix {
  return {
    title: l10n.t('Comment out: {0} does not know it', displayVersion(version)),
    edits: [{ line: line.line, text: `# ${line.text}` }],
    isSafe: true,
  };
}

function moveComment(line: ConfLine, start: number): Fix {
  const indent = line.text.slice(0, line.text.length - line.text.trimStart().length);
  const comment = line.text.slice(start).trimEnd();
  return {
    title: l10n.t('Move the comment to a line of its own'),
    edits: [{ line: line.line, text: `${indent}${comment}\n${line.text.slice(0, start).trimEnd()}` }],
    isSafe: true,
  };
}

function yesOrNo(value: string): 'yes' | 'no' | undefined {
  if (/^(?:true|on|1|y|enable|enabled)$/i.test(value)) return 'yes';
  return /^(?:false|off|0|n|disable|disabled)$/i.test(value) ? 'no' : undefined;
}

function replaceValue(line: ConfLine, { start, end }: LineProblem, value: string): Fix {
  return {
    title: l10n.t('Use {0}', value),
    edits: [{ line: line.line, text: line.text.slice(0, start) + value + line.text.slice(end) }],
    isSafe: false,
  };
}
