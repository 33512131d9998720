import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { errorClasses, type ErrorClass } from '../probe/errorClass';
import type { ProbeClientName } from '../probe/probeConfig';
import { eventTable } from '../log/eventTable';
import type { Finding } from '../jsonText';
import { faultTypes, readFault, type Fault, type FaultType } from './fault';
import { duration, nodeRef, object, type ReadResult, readValue, text, wholeNumber } from './fileValues';
import type { NodeRef } from './nodeRef';
import { probeClient } from './probeSpec';

/** A Sentinel event that is looked for: `node` is the Sentinel that tells it, `of` what it is about. */
export interface EventSought {
  readonly event: string;
  readonly node: NodeRef | undefined;
  readonly of: 'master' | 'replica' | 'sentinel' | undefined;
}

/** What a step waits for: a condition on states, logs, published events or the probe, counted from the beginning of the drill. */
export type Wait =
  /** `ready`: the ready light is on. `switched`: all running Sentinels name another master than at the beginning. */
  | { readonly for: 'ready' | 'switched' }
  | ({ readonly for: 'event'; readonly times: number } & EventSought)
  /** A line of a log, by the id of its message. */
  | {
      readonly for: 'log';
      readonly message: string;
      readonly node: NodeRef | undefined;
      readonly times: number;
    }
  | { readonly for: 'role'; readonly node: NodeRef; readonly is: 'master' | 'replica' }
  | { readonly for: 'link'; readonly node: NodeRef; readonly is: 'up' | 'down' }
  | {
      readonly for: 'state';
      readonly node: NodeRef;
      readonly is: 'running' | 'frozen' | 'crashed' | 'stopped';
    }
  /** `writing`: its last write was acknowledged; an error class: it has met it. */
  | { readonly for: 'probe'; readonly client: ProbeClientName; readonly is: 'writing' | ErrorClass };

/** One thing that is done in a drill. Times are in milliseconds. */
export type Step =
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** Undoes all faults that are on, or those of one type. */
  | { readonly kind: 'heal'; readonly what: 'all' | FaultType }
  /** The drill fails when it takes longer than `atMost`. */
  | { readonly kind: 'wait'; readonly wait: Wait; readonly atMost: number }
  | { readonly kind: 'pause'; readonly milliseconds: number }
  /** Writes so many keys of so many bytes to the master, as fast as it takes them. */
  | { readonly kind: 'write'; readonly keys: number; readonly bytes: number };

/** How long a wait may take where it does not say. */
export const usualWait = 30_000;

export const event = v.pipe(
  text,
  v.check(
    name => Object.hasOwn(eventTable, name),
    () => l10n.t('is not a Sentinel event such as +odown or +switch-master'),
  ),
);
/** Ids of messages are told from others where the messages are known; see {@link messagesIn}. */
export const message = v.pipe(
  text,
  v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, () => l10n.t('is not the id of a message')),
);
export const of = v.optional(
  v.picklist(['master', 'replica', 'sentinel'], () =>
    l10n.t('must be one of {0}', 'master, replica, sentinel'),
  ),
);
export const times = v.optional(wholeNumber(1, 1_000), 1);
export const role = v.picklist(['master', 'replica'], () => l10n.t('must be "master" or "replica"'));

const atMost = v.optional(duration, `${usualWait}ms`);
const waitShapes = {
  ready: {},
  switched: {},
  event: { event, node: v.optional(nodeRef), of, times },
  log: { message, node: v.optional(nodeRef), times },
  role: { node: nodeRef, is: role },
  link: { node: nodeRef, is: v.picklist(['up', 'down'], () => l10n.t('must be "up" or "down"')) },
  state: {
    node: nodeRef,
    is: v.picklist(['running', 'frozen', 'crashed', 'stopped'], () =>
      l10n.t('must be one of {0}', 'running, frozen, crashed, stopped'),
    ),
  },
  probe: {
    client: probeClient,
    is: v.picklist(['writing', ...errorClasses], () =>
      l10n.t('must be one of {0}', ['writing', ...errorClasses].join(', ')),
    ),
  },
} as const satisfies Readonly<Record<Wait['for'], v.ObjectEntries>>;

/** The words that may stand behind `wait`. */
export const waitNames = Object.keys(waitShapes) as readonly Wait['for'][];
/** The words a step begins with. */
export const stepNames = ['do', 'heal', 'wait', 'after', 'write'] as const;

const heal = object({
  heal: v.picklist(['all', ...faultTypes], () => l10n.t('must be "all" or the type of a fault')),
});
const after = object({ after: duration });
const write = object({
  write: object({ keys: wholeNumber(1, 10_000_000), bytes: v.optional(wholeNumber(1, 1_000_000), 100) }),
});

/** Reads one step of `prepare` or `act`. */
export function readStep(value: unknown, path: Finding['path']): ReadResult<Step> {
  const name = stepNames.find(key => has(value, key));
  switch (name) {
    case 'do':
      return readFaultStep(value as Readonly<Record<string, unknown>>, path);
    case 'wait':
      return readWait(value as Readonly<Record<string, unknown>>, path);
    case 'heal':
      return mapped(readValue(heal, value, path), checked => ({ kind: 'heal', what: checked.heal }));
    case 'after':
      return mapped(readValue(after, value, path), checked => ({
        kind: 'pause',
        milliseconds: checked.after,
      }));
    case 'write':
      return mapped(readValue(write, value, path), checked => ({ kind: 'write', ...checked.write }));
    case undefined:
      return { problems: [{ path, message: l10n.t('A step has one of {0}.', stepNames.join(', ')) }] };
  }
}

/** A fault stands in a file with its type behind `do`. */
export function readFaultStep(
  { do: type, ...rest }: Readonly<Record<string, unknown>>,
  path: Finding['path'],
): ReadResult<{ readonly kind: 'fault'; readonly fault: Fault }> {
  const read = readFault({ ...rest, type });
  if ('fault' in read) return { value: { kind: 'fault', fault: read.fault } };
  return {
    problems: read.problems.map(problem => ({
      ...problem,
      path: [...path, ...(problem.path[0] === 'type' ? ['do'] : problem.path)],
    })),
  };
}

function readWait(
  { wait: name, ...rest }: Readonly<Record<string, unknown>>,
  path: Finding['path'],
): ReadResult<Step> {
  const found = waitNames.find(known => known === name);
  if (!found)
    return {
      problems: [
        {
          path: [...path, 'wait'],
          message: l10n.t('"{0}" {1}.', 'wait', l10n.t('must be one of {0}', waitNames.join(', '))),
        },
      ],
    };
  // What is left out is undefined by name, so that readers need not look for it.
  const usual =
    found === 'event' ? { node: undefined, of: undefined } : found === 'log' ? { node: undefined } : {};
  const schema = object({ ...waitShapes[found], atMost });
  return mapped(readValue(schema, rest, path), ({ atMost: limit, ...condition }) => ({
    kind: 'wait',
    wait: { for: found, ...usual, ...condition } as Wait,
    atMost: limit,
  }));
}

export function has(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}

export function mapped<A, B>(result: ReadResult<A>, map: (value: A) => B): ReadResult<B> {
  return 'problems' in result ? result : { value: map(result.value) };
}
