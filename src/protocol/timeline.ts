import type { Scene, SceneMarks } from '../core/scene/scene';
import type { OpinionMatrix } from '../core/view/opinionMatrix';
import type { Topology } from '../core/view/topology';
import type { DetailPart } from './logPanel';
import type { TimelineTexts } from './timelineTexts';

/**
 * What a timeline shows: a lab by its folder; logs, with the report of a drill where it lies beside them; or a recorded failover by its
 * name. It is also what finds it again after a reload.
 */
export type TimelineSource =
  | { readonly kind: 'lab'; readonly lab: string }
  | { readonly kind: 'files'; readonly files: readonly string[] }
  | { readonly kind: 'recording'; readonly name: string };

/** What the extension tells the page. */
export type ToTimeline =
  | {
      readonly type: 'begin';
      readonly texts: TimelineTexts;
      readonly source: TimelineSource;
      readonly title: string;
      /** What it is about, in a paragraph; empty where nobody wrote one. */
      readonly description: string;
      /** New events come. */
      readonly isLive: boolean;
    }
  | { readonly type: 'scene'; readonly scene: Scene }
  /** Further marks. `batch` comes back when they are drawn; `isLast`: no more of the past comes. */
  | {
      readonly type: 'marks';
      readonly marks: SceneMarks;
      readonly batch: number;
      readonly isLast: boolean;
    }
  /** All marks anew: those that are shown are not there any more. */
  | { readonly type: 'resetMarks' }
  /** Times that are worth a step, in order. */
  | { readonly type: 'steps'; readonly times: readonly number[] }
  /** What the nodes are and believe, at the moment of the cursor, or now (null). */
  | {
      readonly type: 'moment';
      readonly at: number | null;
      readonly lab: string;
      readonly description: string;
      readonly matrix: OpinionMatrix;
      readonly topology: Topology;
    }
  | { readonly type: 'details'; readonly key: number; readonly parts: readonly DetailPart[] }
  /** The lines that a search found; null: nothing is searched for. */
  | { readonly type: 'found'; readonly keys: readonly number[] | null }
  /** New lines that the search finds, too. */
  | { readonly type: 'foundMore'; readonly keys: readonly number[] }
  /** Moves the cursor, as the person could. */
  | { readonly type: 'moveTo'; readonly at: number | null }
  | { readonly type: 'askPicture'; readonly format: 'svg' | 'png' };

/** What the page tells the extension. Lines are named by key: a page cannot name a file. */
export type FromTimeline =
  | { readonly type: 'ready' }
  | { readonly type: 'drawn'; readonly batch: number }
  | { readonly type: 'open'; readonly key: number }
  | { readonly type: 'details'; readonly key: number }
  | { readonly type: 'search'; readonly text: string }
  /** Where the cursor is; null: now, or nowhere. */
  | { readonly type: 'cursor'; readonly at: number | null }
  | { readonly type: 'openNode'; readonly node: string }
  /** The picture as text (SVG), or as bytes in base64 (PNG). */
  | { readonly type: 'picture'; readonly format: 'svg' | 'png'; readonly content: string };

/** Checks what came from the page; undefined for anything else. */
export function readFromTimeline(value: unknown): FromTimeline | undefined {
  if (!isObject(value)) return undefined;
  const { type, batch, key, text, at, node, format, content } = value;
  switch (type) {
    case 'ready':
      return { type };
    case 'drawn':
      return isCount(batch) ? { type, batch } : undefined;
    case 'open':
    case 'details':
      return isCount(key) ? { type, key } : undefined;
    case 'search':
      return typeof text === 'string' ? { type, text } : undefined;
    case 'cursor':
      return at === null || isTime(at) ? { type, at } : undefined;
    case 'openNode':
      return typeof node === 'string' ? { type, node } : undefined;
    case 'picture':
      return (format === 'svg' || format === 'png') && typeof content === 'string'
        ? { type, format, content }
        : undefined;
    default:
      return undefined;
  }
}

/** Checks what came to the page: a message to a webview can come from any script in its window. */
export function readToTimeline(value: unknown): ToTimeline | undefined {
  if (!isObject(value)) return undefined;
  const isFine = typeof value['type'] === 'string' && Object.hasOwn(checks, value['type']);
  return isFine && checks[value['type'] as ToTimeline['type']](value)
    ? (value as unknown as ToTimeline)
    : undefined;
}

/** Reads what a page kept of its source; undefined for anything else. */
export function readTimelineSource(value: unknown): TimelineSource | undefined {
  if (!isObject(value)) return undefined;
  const { kind, lab, files, name } = value;
  if (kind === 'lab' && typeof lab === 'string') return { kind, lab };
  if (kind === 'recording' && typeof name === 'string') return { kind, name };
  if (kind === 'files' && Array.isArray(files) && files.every(file => typeof file === 'string'))
    return { kind, files };
  return undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const checks: Readonly<Record<ToTimeline['type'], (message: Fields) => boolean>> = {
  begin: ({ texts, source, title }) =>
    isObject(texts) && readTimelineSource(source) !== undefined && typeof title === 'string',
  scene: ({ scene }) =>
    isObject(scene) &&
    ['lanes', 'roles', 'downs', 'syncs', 'bars', 'failovers', 'phases', 'votes'].every(name =>
      Array.isArray(scene[name]),
    ),
  marks: ({ marks, batch }) => isObject(marks) && isCount(batch) && areColumns(marks),
  resetMarks: () => true,
  steps: ({ times }) => Array.isArray(times) && times.every(isTime),
  moment: ({ at, lab, matrix, topology }) =>
    (at === null || isTime(at)) && typeof lab === 'string' && isObject(matrix) && isObject(topology),
  details: ({ key, parts }) => isCount(key) && Array.isArray(parts) && parts.every(isObject),
  found: ({ keys }) => keys === null || (Array.isArray(keys) && keys.every(isCount)),
  foundMore: ({ keys }) => Array.isArray(keys) && keys.every(isCount),
  moveTo: ({ at }) => at === null || isTime(at),
  askPicture: ({ format }) => format === 'svg' || format === 'png',
};

function areColumns({ at, lane, name, weight, key, lanes, names }: Fields): boolean {
  const columns = [at, lane, name, weight, key];
  return (
    Array.isArray(lanes) &&
    Array.isArray(names) &&
    columns.every(
      column =>
        Array.isArray(column) && Array.isArray(at) && column.length === at.length && column.every(isTime),
    )
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
