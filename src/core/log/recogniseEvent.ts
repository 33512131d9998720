import { eventTable, type EventPhase, type EventSpec } from './eventTable';
import type { SentinelInstance } from './sentinelEvent';
import { compileWording, matchWording, type Wording } from './wording';

/** Values of an event. `values` are the words behind an option of `+set`. */
export type EventArgs = Readonly<Record<string, string | number | readonly string[]>>;

/** A Sentinel event with everything its line says. */
export interface RecognisedEvent {
  readonly type: string;
  readonly id: string;
  readonly phase: EventPhase;
  readonly weight: EventSpec['weight'];
  readonly instance: SentinelInstance | undefined;
  /** The master it is about: the part behind `@`, or the instance itself. Only the name is known of `+switch-master`. */
  readonly master: SentinelInstance | undefined;
  readonly args: EventArgs;
}

/** The name is that of the table: one string for all lines, which is quick to compare. */
const forms: ReadonlyMap<
  string,
  { readonly name: string; readonly spec: EventSpec; readonly tail: Wording }
> = new Map(
  Object.entries(eventTable).map(([name, spec]) => [
    name,
    { name, spec, tail: compileWording(spec.tail ?? '') },
  ]),
);

/** Reads `type text` as a Sentinel logs it, such as `+odown master mymaster 127.0.0.1 6379 #quorum 2/2`; undefined when it is no event. */
export function recogniseEvent(message: string): RecognisedEvent | undefined {
  const first = message.charCodeAt(0);
  if (first !== 43 && first !== 45) return undefined;
  const space = message.indexOf(' ');
  const form = forms.get(space < 0 ? message : message.slice(0, space));
  if (!form) return undefined;
  const { name: type, spec, tail } = form;
  const text = message.slice(type.length + 1);
  const head = spec.hasInstance ? readInstanceHead(text) : noInstance;
  if (!head) return undefined;
  const found = matchWording(tail, text.slice(head.end).trimEnd());
  if (!found) return undefined;
  const args =
    type === '+set' ? splitOption(found) : type === '-script-error' ? splitScriptError(found) : found;
  return {
    type,
    id: idOf(type, args),
    phase: spec.phase,
    weight: spec.weight,
    instance: head.instance,
    master: head.master,
    args,
  };
}

interface InstanceHead {
  readonly instance: SentinelInstance | undefined;
  readonly master: SentinelInstance | undefined;
  readonly end: number;
}

const noInstance: InstanceHead = { instance: undefined, master: undefined, end: 0 };
/** `master NAME IP PORT`, or `slave|sentinel NAME IP PORT @ MASTER IP PORT`. Each word is bounded by blanks, so this cannot run away. */
const instanceForm =
  /^(master|slave|sentinel) ([^ ]+) ([^ ]+) (\d{1,5})(?: @ ([^ ]+) ([^ ]+) (\d{1,5}))?(?![^ ])/;

function readInstanceHead(text: string): InstanceHead | undefined {
  const found = instanceForm.exec(text);
  if (!found) return undefined;
  const instance: SentinelInstance = {
    type: found[1] as SentinelInstance['type'],
    name: found[2] ?? '',
    ip: found[3] ?? '',
    port: Number(found[4]),
  };
  const master: SentinelInstance | undefined =
    found[5] === undefined
      ? instance.type === 'master'
        ? instance
        : undefined
      : { type: 'master', name: found[5], ip: found[6] ?? '', port: Number(found[7]) };
  return { instance, master, end: found[0].length };
}

function splitOption(found: Readonly<Record<string, string | number>>): EventArgs {
  const values = String(found['rest'] ?? '')
    .split(' ')
    .filter(word => word !== '');
  const [value] = values;
  return { option: found['option'] ?? '', ...(value === undefined ? {} : { value }), values };
}

/** `<script> <signal> <exit-code>`; the Windows ports write the exit code alone. */
function splitScriptError(found: Readonly<Record<string, string | number>>): EventArgs {
  const numbers = String(found['rest'] ?? '')
    .split(' ')
    .map(Number);
  const [first = 0, second] = numbers;
  const script = found['script'] ?? '';
  return second === undefined ? { script, exitCode: first } : { script, signal: first, exitCode: second };
}

/** Ids of the facts: `ev-plus-sdown`; some types have several by the number of their values. */
function idOf(type: string, args: EventArgs): string {
  const base = `ev-${type.startsWith('+') ? 'plus' : 'minus'}-${type.slice(1)}`;
  if (type === '+set') {
    const count = Array.isArray(args['values']) ? args['values'].length : 0;
    return count === 0 ? `${base}-2args` : count === 1 ? base : `${base}-4args`;
  }
  if (type === '-script-error' && args['signal'] === undefined) return `${base}-2args`;
  if (type.endsWith('-link-reconnection')) {
    if (args['error'] === 'Failed to initialize TLS') return `${base}-failed-to-initialize`;
    if (args['error'] === 'Failed to establish connection') return `${base}-failed-to-establish`;
  }
  return base;
}
