import type { NodeKind } from '../model/lab';
import type { Recognition } from '../log/logRecord';
import type { EventSought } from './scenarioSteps';

/** A line that a node logged while a drill ran and that says something known. */
export interface SeenLine {
  readonly node: string;
  readonly kind: NodeKind;
  /** Absolute. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The id of the message. */
  readonly id: string;
  readonly event: string | undefined;
  /** What an event is about. */
  readonly about: 'master' | 'replica' | 'sentinel' | undefined;
  /** The port of the node that a promotion or switch is to. */
  readonly to: number | undefined;
  /** The line without its prefix. */
  readonly text: string;
}

const kinds: Readonly<Record<string, SeenLine['about']>> = {
  master: 'master',
  slave: 'replica',
  sentinel: 'sentinel',
};

/** What a drill keeps of what a line says. */
export function seenIn({
  id,
  event,
  instance,
  args,
}: Recognition): Pick<SeenLine, 'id' | 'event' | 'about' | 'to'> {
  const to =
    event === '+promoted-slave' ? instance?.port : event === '+switch-master' ? args['newPort'] : undefined;
  return {
    id,
    event,
    about: instance && kinds[instance.type],
    to: to === undefined ? undefined : Number(to),
  };
}

/** Whether a line is the event that is looked for; `nodes` are the names that its node stands for, undefined for any. */
export function isEventSought(
  line: SeenLine,
  { event, of }: EventSought,
  nodes: readonly string[] | undefined,
): boolean {
  return (
    line.event === event &&
    (of === undefined || line.about === of) &&
    (nodes === undefined || nodes.includes(line.node))
  );
}

/** Whether a line is the message that is looked for. */
export function isMessageSought(
  line: SeenLine,
  message: string,
  nodes: readonly string[] | undefined,
): boolean {
  return line.id === message && (nodes === undefined || nodes.includes(line.node));
}
