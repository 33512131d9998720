import type { ProcessIdentity } from '../model/runRecord';
import { isLinkFault, type ConfigFault, type Fault } from './fault';

/** What undoing a fault needs to know. Each is made before the fault is applied. */
export type Undo =
  /** The node is started again, unless somebody has put it away since. `process`: the one that was ended. */
  | { readonly kind: 'start'; readonly process: ProcessIdentity }
  | { readonly kind: 'resume'; readonly process: ProcessIdentity }
  /** It ends by itself, with the process or at `until`. `unpause`: the server can be asked to end it sooner. */
  | { readonly kind: 'wait'; readonly process: ProcessIdentity; readonly unpause: boolean }
  | ConfigUndo
  /** The folder that has the dump's name goes, and the dump comes back. `dump` is absolute. */
  | { readonly kind: 'dump'; readonly dump: string }
  /** The former soft limit in bytes; undefined: there was none. */
  | { readonly kind: 'limit'; readonly process: ProcessIdentity; readonly bytes: number | undefined }
  | { readonly kind: 'rules' }
  | { readonly kind: 'nothing' };

/** Values that are set back. The names are spelt as the node knows them. */
export interface ConfigUndo {
  readonly kind: 'config';
  readonly process: ProcessIdentity;
  readonly former: Readonly<Record<string, string>>;
  /** What the node said it has after the fault, which may be spelt otherwise than what was set (`1mb`, `1048576`). */
  readonly applied: Readonly<Record<string, string>>;
}

/**
 * A fault that is on, as the journal has it. It can hold former passwords: only the journal, which is private, has the whole of it;
 * everybody else sees a {@link ShownFault}.
 */
export interface ActiveFault {
  /** `f1`, `f2`, …: unique among those that are on. */
  readonly id: string;
  /** With names of nodes in place of words such as `master`. */
  readonly fault: Fault;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** When it ends by itself, in milliseconds since 1970. */
  readonly until: number | undefined;
  readonly undo: Undo;
  /** The program that answers for it; undefined: nobody, it stays until somebody undoes it. */
  readonly owner: FaultOwner | undefined;
}

/** `drill`: what its program leaves behind is undone by whoever finds it; `person`: it is asked about first. */
export interface FaultOwner {
  readonly purpose: 'drill' | 'person';
  readonly process: ProcessIdentity;
}

/** What people and programs may see of an active fault: nothing of how it was before, and no secret. */
export interface ShownFault {
  readonly id: string;
  readonly fault: Fault;
  readonly since: number;
  readonly until: number | undefined;
}

/** In place of a secret value. */
export const hiddenValue = '…';

/** `isSecret` tells directives whose values nobody should see. */
export function shownFault(
  { id, fault, since, until }: ActiveFault,
  isSecret: (name: string) => boolean,
): ShownFault {
  if (fault.type !== 'config') return { id, fault, since, until };
  const set = Object.entries(fault.set).map(
    ([name, value]) => [name, isSecret(name) && value !== '' ? hiddenValue : value] as const,
  );
  return { id, fault: { ...fault, set: Object.fromEntries(set) }, since, until };
}

/** The next id that is not in use. */
export function nextId(active: readonly ActiveFault[]): string {
  return `f${Math.max(0, ...active.map(({ id }) => Number(id.slice(1)) || 0)) + 1}`;
}

/**
 * The active fault that a further one would only repeat or take the place of: a frozen node is frozen once, and a link is delayed by
 * one time. Values of `config` are looked at one by one (see {@link takeOverConfig}).
 */
export function sameAsActive(fault: Fault, active: readonly ActiveFault[]): ActiveFault | undefined {
  return active.find(({ fault: other }) => {
    if (isLinkFault(fault))
      return (
        isLinkFault(other) &&
        fault.type === other.type &&
        fault.bothWays === other.bothWays &&
        fault.from === other.from &&
        fault.to === other.to
      );
    return onceOnly.has(fault.type) && fault.type === other.type && fault.node === other.node;
  });
}

const onceOnly: ReadonlySet<Fault['type']> = new Set(['freeze', 'unwritable', 'disk-full']);

/**
 * Two faults can set the same value one after the other. The newer one then answers for it, with the value that was there before the
 * older one: gives what is left of the older ones, and the former values that are known from them. `names` are spelt as in `former`.
 */
export function takeOverConfig(
  active: readonly ActiveFault[],
  node: string,
  names: readonly string[],
): { readonly rest: readonly ActiveFault[]; readonly former: Readonly<Record<string, string>> } {
  const former: Record<string, string> = {};
  const rest = active.flatMap(entry => {
    const { fault, undo } = entry;
    if (fault.type !== 'config' || undo.kind !== 'config' || fault.node !== node) return [entry];
    const taken = names.filter(name => undo.former[name] !== undefined);
    if (taken.length === 0) return [entry];
    for (const name of taken) former[name] = undo.former[name] ?? '';
    const left = withoutValues(fault, undo, taken);
    return left ? [{ ...entry, ...left }] : [];
  });
  return { rest, former };
}

function withoutValues(
  fault: ConfigFault,
  undo: ConfigUndo,
  names: readonly string[],
): { readonly fault: ConfigFault; readonly undo: ConfigUndo } | undefined {
  const without = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
  const former = without(undo.former);
  if (Object.keys(former).length === 0) return undefined;
  return {
    fault: { ...fault, set: without(fault.set) },
    undo: { ...undo, former, applied: without(undo.applied) },
  };
}
