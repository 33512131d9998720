import type { MarkColumns } from './markColumns';
import type { LaneContent, SceneIndex } from './sceneIndex';
import type { SceneTexts, SceneView } from './sceneView';
import { shorten } from './sceneWords';
import type { Box } from './shape';

/** Where a lane is. Lengths are px from the top of the picture. */
export interface LaneBox {
  readonly content: LaneContent;
  readonly top: number;
  readonly height: number;
  /** The middle of the line on which its marks stand. */
  readonly middle: number;
}

/** Where everything goes: what the parts of a picture have in common. */
export interface Frame {
  readonly index: SceneIndex;
  readonly marks: MarkColumns;
  readonly view: SceneView;
  readonly texts: SceneTexts;
  /** The font's size. */
  readonly em: number;
  /** Time goes from here … */
  readonly left: number;
  /** … to here. */
  readonly right: number;
  /** The lanes begin here … */
  readonly head: number;
  /** … and are seen up to here. */
  readonly bottom: number;
  readonly fullHeight: number;
  readonly lanes: readonly LaneBox[];
  readonly laneOf: ReadonlyMap<string, LaneBox>;
  readonly millisecondsPerPx: number;
  readonly x: (at: number) => number;
}

/** Heights in parts of the font's size. */
export const heights = {
  axis: 1.75,
  phaseRow: 1.4,
  bar: 1.35,
  wordRow: 1.6,
  data: 3,
  sentinel: 2.2,
  around: 0.3,
};

export function frameOf(index: SceneIndex, marks: MarkColumns, view: SceneView, texts: SceneTexts): Frame {
  const em = view.fontSize;
  const { width, from, to, filter } = view;
  const head = Math.round(em * (heights.axis + index.phaseRows * heights.phaseRow + 0.3));
  const shown = index.lanes.filter(({ lane }) => !filter.hidden.has(lane.id));
  const widest = Math.max(0, ...shown.map(({ lane }) => view.measure(lane.label, true)));
  const left = Math.round(Math.min(Math.max(widest + em * 1.6, em * 7), width * 0.34));
  const right = Math.max(width - Math.round(em * 0.6), left + 1);
  const lanes: LaneBox[] = [];
  let y = 0;
  for (const content of shown) {
    const height = Math.round(laneHeight(content) * em);
    const top = head + y - view.top;
    lanes.push({ content, top, height, middle: Math.round(top + markLine(content) * em) });
    y += height;
  }
  const fullHeight = head + y + Math.round(em * 0.4);
  const scale = (right - left) / (to - from);
  return {
    index,
    marks,
    view,
    texts,
    em,
    left,
    right,
    head,
    bottom: view.height ?? fullHeight,
    fullHeight,
    lanes,
    laneOf: new Map(lanes.map(lane => [lane.content.lane.id, lane])),
    millisecondsPerPx: 1 / scale,
    x: at => left + (at - from) * scale,
  };
}

function laneHeight({ lane, rows }: LaneContent): number {
  switch (lane.kind) {
    case 'faults':
    case 'probe':
      return rows * heights.wordRow + heights.around;
    case 'sentinel':
      return heights.sentinel;
    default:
      return heights.data;
  }
}

/** In data nodes' lanes marks stand below the bar. */
function markLine(content: LaneContent): number {
  const height = laneHeight(content);
  return content.lane.kind === 'server' ? height - 0.75 : height / 2;
}

/** Whether anything of a lane is in sight. */
export function isSeen({ top, height }: LaneBox, { head, bottom }: Frame): boolean {
  return top + height > head && top < bottom;
}

/** The part of a time that is in sight as a box, some px beyond both edges; undefined where none is. */
export function spanBox(
  frame: Frame,
  from: number,
  to: number | undefined,
  y: number,
  height: number,
  least = 2,
): (Box & { readonly isCutLeft: boolean; readonly isCutRight: boolean }) | undefined {
  const { left, right } = frame;
  const begin = frame.x(from);
  const end = Math.max(frame.x(to ?? Math.max(frame.view.now, from)), begin + least);
  if (end < left || begin > right) return undefined;
  const x = Math.max(begin, left - 4);
  return {
    x,
    y,
    width: Math.min(end, right + 4) - x,
    height,
    isCutLeft: begin < left,
    isCutRight: end > right || to === undefined,
  };
}

/** A text in a box, as far as it has room, and where it begins: at what is seen of the box. */
export function textIn(
  frame: Frame,
  { x, width }: Pick<Box, 'x' | 'width'>,
  text: string,
): { readonly x: number; readonly text: string } | undefined {
  const begin = Math.max(x, frame.left) + frame.em * 0.4;
  const end = Math.min(x + width, frame.right) - frame.em * 0.3;
  const fitting = shorten(text, end - begin, frame.view.measure);
  return fitting === '' ? undefined : { x: begin, text: fitting };
}

/** The base line of a text whose middle is at this height. */
export function baseline(middle: number, em: number): number {
  return Math.round(middle + em * 0.35);
}

/** Tells, in order of time, whether something is wide enough to be seen beside what was too narrow before it. */
export function newPlaces({ millisecondsPerPx }: Frame): (from: number, to: number) => boolean {
  let last = -Infinity;
  return (from, to) => {
    if (to - from >= millisecondsPerPx) return true;
    if (from - last < millisecondsPerPx) return false;
    last = from;
    return true;
  };
}
