import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Finding } from '../jsonText';
import type { Outcome } from '../story/failover';
import type { ErrorClass } from '../probe/errorClass';
import type { ProbeClientName } from '../probe/probeConfig';
import { duration, nodeRef, object, type ReadResult, readValue } from './fileValues';
import type { NodeRef } from './nodeRef';
import { probeClient, probeError } from './probeSpec';
import { event, has, mapped, message, of, role, times, type EventSought } from './scenarioSteps';

/** Whether something came to nothing, or at all. */
export type Amount = 'none' | 'some';

/** What a drill's probe should have met. Times are in milliseconds; what is undefined is not looked at. */
export interface ProbeExpectation {
  readonly client: ProbeClientName;
  /** Acknowledged writes that are not on the final master. */
  readonly lost: Amount | undefined;
  /** Each of them at least once. */
  readonly errors: readonly ErrorClass[];
  readonly outage: { readonly atLeast: number | undefined; readonly atMost: number | undefined } | undefined;
  /** Writes that the old master acknowledged after another one was promoted. */
  readonly staleMaster: Amount | undefined;
  /** Reads from replicas that lacked what had been acknowledged before. */
  readonly staleReads: Amount | undefined;
}

/** What must be so after a drill, or must have been. `atMost` counts from the beginning of `act`, in milliseconds. */
export type Expectation =
  | ({ readonly kind: 'event'; readonly times: number; readonly atMost: number | undefined } & EventSought)
  | ({ readonly kind: 'no-event' } & EventSought)
  | {
      readonly kind: 'log';
      readonly message: string;
      readonly node: NodeRef | undefined;
      readonly times: number;
    }
  | { readonly kind: 'no-log'; readonly message: string; readonly node: NodeRef | undefined }
  /** How the last failover ended; `none`: nobody tried one. */
  | { readonly kind: 'outcome'; readonly outcome: Outcome | 'none' }
  /** Who was promoted: a node, or `predicted` for the one that was foretold (or one of its rivals). */
  | { readonly kind: 'promoted'; readonly node: NodeRef }
  | { readonly kind: 'role'; readonly node: NodeRef; readonly is: 'master' | 'replica' }
  /** The keys that `write` steps made: all are there, or none. */
  | { readonly kind: 'keys'; readonly node: NodeRef; readonly are: 'kept' | 'lost' }
  /** The ready light is on. */
  | { readonly kind: 'ready' }
  | ({ readonly kind: 'probe' } & ProbeExpectation);

/** What {@link Expectation} of an outcome may say. */
export const outcomes = [
  'succeeded',
  'aborted-not-elected',
  'aborted-no-good-slave',
  'aborted-slave-timeout',
  'aborted-master-timeout',
  'unfinished',
  'none',
] as const satisfies readonly (Outcome | 'none')[];

const amount = v.optional(v.picklist(['none', 'some'], () => l10n.t('must be "none" or "some"')));
const node = v.optional(nodeRef);

const shapes = {
  event: object({ event, node, of, times, atMost: v.optional(duration) }),
  no: object({ no: event, node, of }),
  log: object({ log: message, node, times }),
  noLog: object({ noLog: message, node }),
  outcome: object({
    outcome: v.picklist(outcomes, () => l10n.t('must be one of {0}', outcomes.join(', '))),
  }),
  promoted: object({ promoted: v.union([v.literal('predicted'), nodeRef]) }),
  role: object({ role: object({ node: nodeRef, is: role }) }),
  keys: object({
    keys: object({
      node: nodeRef,
      are: v.picklist(['kept', 'lost'], () => l10n.t('must be "kept" or "lost"')),
    }),
  }),
  ready: object({ ready: v.literal(true, () => l10n.t('must be true')) }),
  probe: object({
    probe: object({
      client: probeClient,
      lost: amount,
      errors: v.optional(v.array(probeError), []),
      outage: v.optional(object({ atLeast: v.optional(duration), atMost: v.optional(duration) })),
      staleMaster: amount,
      staleReads: amount,
    }),
  }),
};

/** The words an expectation begins with. */
export const expectationNames = Object.keys(shapes) as readonly (keyof typeof shapes)[];

/** Reads one entry of `expect`. */
export function readExpectation(value: unknown, path: Finding['path']): ReadResult<Expectation> {
  const name = expectationNames.find(key => has(value, key));
  switch (name) {
    case 'event':
      return mapped(readValue(shapes.event, value, path), checked => ({
        kind: 'event',
        event: checked.event,
        node: checked.node,
        of: checked.of,
        times: checked.times,
        atMost: checked.atMost,
      }));
    case 'no':
      return mapped(readValue(shapes.no, value, path), checked => ({
        kind: 'no-event',
        event: checked.no,
        node: checked.node,
        of: checked.of,
      }));
    case 'log':
      return mapped(readValue(shapes.log, value, path), checked => ({
        kind: 'log',
        message: checked.log,
        node: checked.node,
        times: checked.times,
      }));
    case 'noLog':
      return mapped(readValue(shapes.noLog, value, path), checked => ({
        kind: 'no-log',
        message: checked.noLog,
        node: checked.node,
      }));
    case 'outcome':
      return mapped(readValue(shapes.outcome, value, path), checked => ({ kind: 'outcome', ...checked }));
    case 'promoted':
      return mapped(readValue(shapes.promoted, value, path), checked => ({
        kind: 'promoted',
        node: checked.promoted,
      }));
    case 'role':
      return mapped(readValue(shapes.role, value, path), checked => ({ kind: 'role', ...checked.role }));
    case 'keys':
      return mapped(readValue(shapes.keys, value, path), checked => ({ kind: 'keys', ...checked.keys }));
    case 'ready':
      return mapped(readValue(shapes.ready, value, path), () => ({ kind: 'ready' }));
    case 'probe':
      return mapped(readValue(shapes.probe, value, path), ({ probe }) => ({
        kind: 'probe',
        client: probe.client,
        lost: probe.lost,
        errors: probe.errors,
        outage: probe.outage && { atLeast: probe.outage.atLeast, atMost: probe.outage.atMost },
        staleMaster: probe.staleMaster,
        staleReads: probe.staleReads,
      }));
    case undefined:
      return {
        problems: [{ path, message: l10n.t('An expectation has one of {0}.', expectationNames.join(', ')) }],
      };
  }
}
