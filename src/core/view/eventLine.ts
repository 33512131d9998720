import type { Explanation } from '../explain/explainer';
import type { LogRecord } from '../log/recordReader';
import type { Recognition } from '../log/logRecord';

/** What the line of an event in the output channel is made of. */
export interface EventLineSource {
  /** Who wrote it: a node's name, with its lab in front where several are open. */
  readonly node: string;
  readonly record: LogRecord;
  readonly weight: Recognition['weight'];
  readonly explanation: Explanation | undefined;
}

/** One line of the output channel. */
export interface EventLine {
  readonly severity: 'info' | 'warning';
  readonly text: string;
}

/** Room for `sentinel-26379`, so that the sentences stand under each other. */
const nodeWidth = 15;
/** The log's own words are there to be recognised, not to be read twice. */
const longestEcho = 70;
/** They are news of something bad even where it ends well. */
const alarming: ReadonlySet<string> = new Set(['+sdown', '+odown', '-odown']);

/** An event in one line: who, what it means, and at the end the log's own word for it, because that is how people learn it. */
export function eventLine({ node, record, weight, explanation }: EventLineSource): EventLine {
  const { said, head } = record;
  const message = head.message.trim();
  const echo = said?.event ?? (message.length > longestEcho ? `${message.slice(0, longestEcho)}…` : message);
  const isAlarming =
    weight === 'problem' || (alarming.has(said?.event ?? '') && said?.instance?.type === 'master');
  return {
    severity: isAlarming ? 'warning' : 'info',
    text: explanation
      ? `${node.padEnd(nodeWidth)} ${explanation.text}  [${echo}]`
      : `${node.padEnd(nodeWidth)} ${message}`,
  };
}
