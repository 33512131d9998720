import { logWeights, type RowWeight } from '../../core/view/logRow';
import type { TimelineSource } from '../../protocol/timeline';

/** What comes back after a reload: what was looked at, and how. Times are milliseconds since 1970. */
export interface PageState {
  /** Checked by the extension, which opens it again. */
  readonly source?: TimelineSource;
  readonly range: { readonly from: number; readonly to: number } | undefined;
  readonly cursor: number | undefined;
  readonly weight: RowWeight;
  readonly words: string;
  readonly isTable: boolean;
}

/** How a timeline looks at first. */
export const firstState: PageState = {
  range: undefined,
  cursor: undefined,
  weight: 'routine',
  words: '',
  isTable: false,
};

/** Reads what was kept; whatever is not as it should be is as at first. */
export function readPageState(value: unknown): PageState {
  if (typeof value !== 'object' || value === null) return firstState;
  const { range, cursor, weight, words, isTable } = value as Readonly<Record<string, unknown>>;
  return {
    range: isRange(range) ? { from: range.from, to: range.to } : undefined,
    cursor: typeof cursor === 'number' ? cursor : undefined,
    weight: logWeights.find(known => known === weight) ?? firstState.weight,
    words: typeof words === 'string' ? words : '',
    isTable: isTable === true,
  };
}

function isRange(value: unknown): value is { readonly from: number; readonly to: number } {
  if (typeof value !== 'object' || value === null) return false;
  const { from, to } = value as Readonly<Record<string, unknown>>;
  return typeof from === 'number' && typeof to === 'number' && to > from;
}
