import { firstFilter, type LogFilter, type NodeChoice } from '../../core/view/logFilter';
import { logWeights } from '../../core/view/logRow';

/** What the page keeps while it is out of sight: VS Code throws the page itself away. */
export interface PanelState {
  readonly filter: LogFilter;
  /** The first row in sight; undefined while new lines are followed. */
  readonly top: { readonly id: number; readonly at: number } | undefined;
}

/** Reads a kept state, of whatever version of the page. */
export function readState(value: unknown): PanelState {
  const { filter, top } = objectOf(value);
  const { text, node, phase, weight } = objectOf(filter);
  const { id, at } = objectOf(top);
  return {
    filter: {
      text: typeof text === 'string' ? text : firstFilter.text,
      node: readNode(node),
      phase: typeof phase === 'string' ? (phase as LogFilter['phase']) : firstFilter.phase,
      weight: logWeights.find(known => known === weight) ?? firstFilter.weight,
    },
    top: typeof id === 'number' && typeof at === 'number' ? { id, at } : undefined,
  };
}

function readNode(value: unknown): NodeChoice {
  const { of, lab, node } = objectOf(value);
  if (of === 'server' || of === 'sentinel') return { of };
  return of === 'node' && typeof lab === 'string' && typeof node === 'string'
    ? { of, lab, node }
    : { of: 'all' };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
