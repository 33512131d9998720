import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Finding } from '../jsonText';
import { parseDuration } from './duration';
import { isNodeRef } from './nodeRef';

/** The kinds of values in files of scenarios and exercises, each with what to say of a wrong one. */

export const text = v.pipe(
  v.string(() => l10n.t('must be a text in quotes')),
  v.nonEmpty(() => l10n.t('must not be empty')),
);

export const isTrue = v.boolean(() => l10n.t('must be true or false'));

export const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.number(() => l10n.t('must be a number')),
    v.integer(() => l10n.t('must be a whole number')),
    v.minValue(min, () => l10n.t('must be at least {0}', min)),
    v.maxValue(max, () => l10n.t('must be at most {0}', max)),
  );

/** `250ms`, `5s` or `2m`, up to an hour; read into milliseconds. */
export const duration = v.pipe(
  v.string(() => l10n.t('must be a duration such as "250ms", "5s" or "2m"')),
  // NaN, because a value that is not there counts as missing.
  v.transform(value => parseDuration(value) ?? Number.NaN),
  v.number(() => l10n.t('must be a duration such as "250ms", "5s" or "2m"')),
  v.maxValue(3_600_000, () => l10n.t('must be at most one hour')),
);

export const nodeRef = v.pipe(
  text,
  v.check(isNodeRef, () =>
    l10n.t('must name a node: master, replica:2, sentinel:1, leader, old-master, a name or a port'),
  ),
);

/** To valibot a list is an object, too. */
const noList = v.check(
  (value: unknown) => !Array.isArray(value),
  () => l10n.t('has the wrong type'),
);

/** An object with these properties and no others. */
export const object = <T extends v.ObjectEntries>(entries: T) =>
  v.pipe(v.unknown(), noList, v.strictObject(entries));

/** An object whose names are not known beforehand. */
export const record = <T extends v.GenericSchema<unknown, string>>(
  name: v.GenericSchema<string, string>,
  value: T,
) => v.pipe(v.unknown(), noList, v.record(name, value));

/** The name of a directive as a key: nothing that could smuggle a second line into a conf. */
export const directiveName = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]*$/, () => l10n.t('is not the name of a directive')),
);

/** One line of a conf or the value of a directive. */
export const line = v.pipe(
  v.string(() => l10n.t('must be a text in quotes')),
  v.check(
    value => !/[\r\n\0]/.test(value),
    () => l10n.t('must be on one line'),
  ),
);

/** A value that was read, or everything that is wrong with it. */
export type ReadResult<T> = { readonly value: T } | { readonly problems: readonly Finding[] };

/** Reads a value by its schema; `path` leads to it from the root of the file. */
export function readValue<T>(
  schema: v.GenericSchema<unknown, T>,
  value: unknown,
  path: Finding['path'],
): ReadResult<T> {
  const checked = v.safeParse(schema, value);
  return checked.success
    ? { value: checked.output }
    : { problems: checked.issues.map(issue => describe(issue, path)) };
}

function describe(issue: v.BaseIssue<unknown>, base: Finding['path']): Finding {
  const inner = (issue.path ?? []).map(item => item.key as string | number);
  const path = [...base, ...inner];
  const name = String(inner.at(-1) ?? base.findLast(part => typeof part === 'string') ?? '');
  if (issue.kind === 'schema' && issue.expected === 'never')
    return { path, message: l10n.t('"{0}" does not belong here.', name) };
  if (issue.input === undefined) return { path, message: l10n.t('"{0}" is missing.', name) };
  // Valibot's own words are English; what our schemas say themselves is in the person's language.
  const own = issue.message.startsWith('Invalid ') ? l10n.t('has the wrong type') : issue.message;
  return { path, message: l10n.t('"{0}" {1}.', name, own) };
}

/** Reads every item of a list; a value that is no list is told as such. */
export function readList<T>(
  value: unknown,
  path: Finding['path'],
  read: (item: unknown, at: Finding['path']) => ReadResult<T>,
): ReadResult<readonly T[]> {
  if (!Array.isArray(value)) {
    const name = String(path.at(-1) ?? '');
    return { problems: [{ path, message: l10n.t('"{0}" must be a list in brackets.', name) }] };
  }
  const results = value.map((item: unknown, index) => read(item, [...path, index]));
  const problems = results.flatMap(result => ('problems' in result ? result.problems : []));
  if (problems.length > 0) return { problems };
  return { value: results.flatMap(result => ('value' in result ? [result.value] : [])) };
}
