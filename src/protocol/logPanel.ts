import type { LogFilter } from '../core/view/logFilter';
import type { LogRow } from '../core/view/logRow';

/** Every text of the panel, in the person's language; `{0}` and `{1}` are filled in there. */
export interface PanelTexts {
  readonly list: string;
  readonly toolbar: string;
  readonly filter: string;
  readonly node: string;
  readonly phase: string;
  readonly weight: string;
  readonly allNodes: string;
  readonly dataNodes: string;
  readonly sentinels: string;
  readonly pause: string;
  readonly resume: string;
  readonly paused: string;
  readonly newest: string;
  readonly count: string;
  readonly countFiltered: string;
  readonly clearFilter: string;
  readonly noneMatch: string;
  readonly emptyNoLabs: string;
  readonly emptyNoLines: string;
  readonly emptyCleared: string;
  readonly loading: string;
  readonly details: string;
  readonly copied: string;
  readonly phases: Readonly<Record<Exclude<LogFilter['phase'], undefined>, string>>;
  readonly weights: Readonly<Record<LogFilter['weight'], string>>;
  readonly weightWords: Readonly<Record<LogFilter['weight'], string>>;
  readonly roles: Readonly<Record<NonNullable<LogRow['role']>, string>>;
}

/** A node that can be chosen in the filter. */
export interface PanelNode {
  readonly lab: string;
  /** The lab's name for people. */
  readonly labName: string;
  readonly node: string;
}

/** One paragraph about the selected row. */
export interface DetailPart {
  /** Such as "Cause"; empty for the explanation itself. */
  readonly label: string;
  readonly text: string;
  /** The log's own lines. */
  readonly isLog: boolean;
}

/** What the extension tells the panel. */
export type ToPanel =
  | { readonly type: 'begin'; readonly texts: PanelTexts; readonly limit: number }
  | { readonly type: 'nodes'; readonly nodes: readonly PanelNode[] }
  /** Rows in order. `batch` comes back with the acknowledgement; `isLast`: no more of the past comes. */
  | {
      readonly type: 'rows';
      readonly rows: readonly LogRow[];
      readonly batch: number;
      readonly isLast: boolean;
    }
  | { readonly type: 'reword'; readonly texts: readonly (readonly [id: number, text: string])[] }
  | { readonly type: 'removeLab'; readonly lab: string }
  /** A replay of this lab's log is at a moment, in milliseconds since 1970; null: it is over. */
  | { readonly type: 'cursor'; readonly lab: string; readonly at: number | null }
  | { readonly type: 'clear' }
  | { readonly type: 'details'; readonly row: number; readonly parts: readonly DetailPart[] }
  /** Asks which rows are shown. */
  | { readonly type: 'askShown' };

/** What the panel tells the extension. Rows are named by id: a panel cannot name a file. */
export type FromPanel =
  | { readonly type: 'ready' }
  /** The rows of this batch have been drawn. */
  | { readonly type: 'drawn'; readonly batch: number }
  | { readonly type: 'open'; readonly row: number }
  | { readonly type: 'details'; readonly row: number }
  | { readonly type: 'copy'; readonly rows: readonly number[] }
  | { readonly type: 'shown'; readonly rows: readonly number[] };

/** Checks what came from the panel; undefined for anything else. */
export function readFromPanel(value: unknown): FromPanel | undefined {
  if (!isObject(value)) return undefined;
  const { type, row, rows, batch } = value;
  switch (type) {
    case 'ready':
      return { type };
    case 'drawn':
      return isId(batch) ? { type, batch } : undefined;
    case 'open':
    case 'details':
      return isId(row) ? { type, row } : undefined;
    case 'copy':
    case 'shown':
      return Array.isArray(rows) && rows.every(isId) ? { type, rows } : undefined;
    default:
      return undefined;
  }
}

/** Checks what came to the panel: a message to a webview can come from any script in its window. */
export function readToPanel(value: unknown): ToPanel | undefined {
  if (!isObject(value)) return undefined;
  const isFine = typeof value['type'] === 'string' && Object.hasOwn(checks, value['type']);
  return isFine && checks[value['type'] as ToPanel['type']](value)
    ? (value as unknown as ToPanel)
    : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const checks: Readonly<Record<ToPanel['type'], (message: Fields) => boolean>> = {
  begin: ({ texts, limit }) => isObject(texts) && isId(limit),
  nodes: ({ nodes }) => isListOf(nodes, ['lab', 'labName', 'node']),
  rows: ({ rows, batch, isLast }) =>
    isListOf(rows, ['lab', 'node', 'kind', 'weight', 'text', 'message']) &&
    (rows as readonly Fields[]).every(row => isId(row['id']) && typeof row['at'] === 'number') &&
    isId(batch) &&
    typeof isLast === 'boolean',
  reword: ({ texts }) =>
    Array.isArray(texts) &&
    texts.every(pair => Array.isArray(pair) && isId(pair[0]) && typeof pair[1] === 'string'),
  removeLab: ({ lab }) => typeof lab === 'string',
  cursor: ({ lab, at }) => typeof lab === 'string' && (at === null || typeof at === 'number'),
  clear: () => true,
  details: ({ row, parts }) => isId(row) && isListOf(parts, ['label', 'text']),
  askShown: () => true,
};

function isListOf(value: unknown, texts: readonly string[]): boolean {
  return (
    Array.isArray(value) &&
    value.every(item => isObject(item) && texts.every(name => typeof item[name] === 'string'))
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
