import type { EventPhase } from '../log/eventTable';
import { logWeights, type LogRow, type RowWeight } from './logRow';

/** Which nodes: all, those of a kind, or one node of one lab. */
export type NodeChoice =
  | { readonly of: 'all' | 'server' | 'sentinel' }
  | { readonly of: 'node'; readonly lab: string; readonly node: string };

/** `failover`: every phase of one, from detection to its end. */
export type PhaseChoice = 'all' | 'failover' | EventPhase;

/** What of the log a person wants to see. */
export interface LogFilter {
  /** Words that must all be in a row, in any order. */
  readonly text: string;
  readonly node: NodeChoice;
  readonly phase: PhaseChoice;
  /** The least weight. */
  readonly weight: RowWeight;
}

/** Everything but details. */
export const firstFilter: LogFilter = {
  text: '',
  node: { of: 'all' },
  phase: 'all',
  weight: 'routine',
};

const failoverPhases: ReadonlySet<EventPhase | null> = new Set([
  'detection',
  'agreement',
  'election',
  'promotion',
  'reconfiguration',
  'completion',
  'abort',
]);

/** Whether a row is to be seen: made once for many rows. */
export function rowFilter({ text, node, phase, weight }: LogFilter): (row: LogRow) => boolean {
  const words = text
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => new RegExp(word.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), 'i'));
  const least = logWeights.indexOf(weight);
  return row =>
    logWeights.indexOf(row.weight) >= least &&
    isOfNode(row, node) &&
    (phase === 'all' || (phase === 'failover' ? failoverPhases.has(row.phase) : row.phase === phase)) &&
    words.every(word => word.test(row.text) || word.test(row.message) || word.test(row.node));
}

/** Whether nothing but details is left out. */
export function isFirstFilter({ text, node, phase, weight }: LogFilter): boolean {
  return text.trim() === '' && node.of === 'all' && phase === 'all' && weight === firstFilter.weight;
}

function isOfNode(row: LogRow, choice: NodeChoice): boolean {
  switch (choice.of) {
    case 'all':
      return true;
    case 'node':
      return row.node === choice.node && row.lab === choice.lab;
    default:
      return row.kind === choice.of;
  }
}
