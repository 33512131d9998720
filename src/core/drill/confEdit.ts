import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { applyEdits, parseConf, printConf, type ConfLine } from '../conf/confText';
import type { Finding } from '../jsonText';
import { nodeAddress, sentinelNodes, serverNodes, type Lab, type NodeSpec } from '../model/lab';
import { line, object, type ReadResult, readValue, record, text } from './fileValues';
import { mapped } from './scenarioSteps';

/**
 * A change of confs before a lab is started. Names begin with a directive; further words narrow it down to the lines that begin with
 * all of them (`sentinel monitor mymaster`). `{master}` stands for the master's name, `{port:replica:1}` and `{address:replica:1}` for
 * a node of the lab in its first form.
 */
export interface ConfEdit {
  readonly conf: ConfTarget;
  /** The first line with this name gets this value, further ones go; where there is none, the line is added. */
  readonly set: Readonly<Record<string, string>>;
  /** All lines with these names go. */
  readonly remove: readonly string[];
}

/** Whose conf it is, in the first form of the lab: nothing runs yet, so roles are those of lab.json. */
export type ConfTarget = string;

const targetPattern = /^(?:master|all-servers|all-replicas|all-sentinels|(?:replica|sentinel):[1-9]\d?)$/;

const shape = object({
  conf: v.pipe(
    text,
    v.regex(targetPattern, () =>
      l10n.t('must be one of {0}', 'master, replica:1, sentinel:1, all-servers, all-replicas, all-sentinels'),
    ),
  ),
  set: v.optional(record(text, line), {}),
  remove: v.optional(v.array(line), []),
});

export function readConfEdit(value: unknown, path: Finding['path']): ReadResult<ConfEdit> {
  const read = mapped(readValue(shape, value, path), edit => edit);
  if ('value' in read && Object.keys(read.value.set).length === 0 && read.value.remove.length === 0)
    return { problems: [{ path, message: l10n.t('It changes nothing: it needs "set" or "remove".') }] };
  return read;
}

/** The nodes whose confs are meant; none where the lab has no such node. */
export function confTargets(target: ConfTarget, lab: Lab): readonly NodeSpec[] {
  const servers = serverNodes(lab);
  const replicas = servers.filter(node => node.replicaOf !== undefined);
  const [word = '', number] = target.split(':');
  const counted = (nodes: readonly NodeSpec[]): readonly NodeSpec[] =>
    nodes.slice(Number(number) - 1, Number(number));
  switch (word) {
    case 'master':
      return servers.filter(node => node.replicaOf === undefined);
    case 'all-servers':
      return servers;
    case 'all-replicas':
      return replicas;
    case 'all-sentinels':
      return sentinelNodes(lab);
    case 'replica':
      return counted(replicas);
    case 'sentinel':
      return counted(sentinelNodes(lab));
    default:
      return [];
  }
}

/**
 * The text of a conf after an edit; every other line keeps its bytes. `spell` gives a directive as the server's version knows it
 * (`slave-priority` before 5.0).
 */
export function applyConfEdit(
  confText: string,
  { set, remove }: Pick<ConfEdit, 'set' | 'remove'>,
  lab: Lab,
  spell: (directive: string) => string = name => name,
): string {
  const conf = parseConf(confText);
  const added: string[] = [];
  const edits = new Map<number, string | null>();
  for (const name of remove.map(each => fill(each, lab)))
    for (const { line: number } of conf.lines.filter(each => begins(each, name))) edits.set(number, null);
  for (const [key, value] of Object.entries(set)) {
    const name = fill(key, lab);
    const [first = '', ...rest] = name.split(' ');
    const written = [spell(first), ...rest, fill(value, lab)].join(' ');
    const [found, ...further] = conf.lines.filter(
      each => begins(each, name) || begins(each, [spell(first), ...rest].join(' ')),
    );
    if (found) edits.set(found.line, written);
    else added.push(written);
    for (const { line: number } of further) edits.set(number, null);
  }
  const edited = printConf(
    applyEdits(
      conf,
      Array.from(edits, ([number, changed]) => ({ line: number, text: changed })),
    ),
  );
  if (added.length === 0) return edited;
  return `${edited}${edited === '' || edited.endsWith('\n') ? '' : '\n'}${added.join('\n')}\n`;
}

/** The lines that an edit writes, and the names of those that it takes away, in this lab. */
export function editedLines(
  { set, remove }: Pick<ConfEdit, 'set' | 'remove'>,
  lab: Lab,
): { readonly written: readonly string[]; readonly removed: readonly string[] } {
  return {
    written: Object.entries(set).map(([name, value]) => fill(`${name} ${value}`, lab)),
    removed: remove.map(name => fill(name, lab)),
  };
}

/** Whether a line begins with these words; Redis does not look at the case of directives. */
function begins({ words }: ConfLine, name: string): boolean {
  const wanted = name.toLowerCase().split(' ');
  return words.length > 0 && wanted.every((word, at) => words[at]?.value.toLowerCase() === word);
}

function fill(template: string, lab: Lab): string {
  return template.replace(/\{(master|port|address)(?::([\w:-]+))?\}/g, (whole, what: string, target = '') => {
    if (what === 'master') return lab.masterName;
    const [node] = confTargets(String(target), lab);
    if (!node) return whole;
    return what === 'port' ? String(node.port) : nodeAddress(node).replace(':', ' ');
  });
}
