import { fullTime, rowTime } from '../view/logRow';
import { baseline, heights, type Frame } from './frame';
import { durationWords } from './sceneWords';
import type { Box, Shape } from './shape';
import { timeTicks } from './timeTicks';

/** The wall clock along the top, and its lines behind the lanes. */
export function axisShapes(frame: Frame): {
  readonly head: readonly Shape[];
  readonly grid: readonly Shape[];
} {
  const { em, view, left } = frame;
  const room = (label: string): number => (view.measure(label, false) + em * 1.8) * frame.millisecondsPerPx;
  const head: Shape[] = [];
  const grid: Shape[] = [];
  // What the cursor's time would cover in part.
  const flag = cursorFlag(frame);
  const hidden = flag ? { from: flag.x - 3, to: flag.x + flag.width + 3 } : { from: Infinity, to: -Infinity };
  const y = baseline((heights.axis * em) / 2, em * 0.92);
  for (const { at, label } of timeTicks(view, room)) {
    const x = Math.round(frame.x(at)) + 0.5;
    grid.push({
      kind: 'line',
      x1: x,
      y1: frame.head,
      x2: x,
      y2: frame.bottom,
      stroke: 'dim',
      alpha: 0.3,
      isDashed: true,
    });
    head.push({
      kind: 'line',
      x1: x,
      y1: heights.axis * em - 4,
      x2: x,
      y2: heights.axis * em,
      stroke: 'dim',
    });
    const half = view.measure(label, false) / 2;
    // A label that would be cut off says nothing true.
    if (
      x - half >= left - em &&
      x + half <= view.width - 2 &&
      (x + half < hidden.from || x - half > hidden.to)
    )
      head.push({ kind: 'text', x, y, text: label, fill: 'dim', size: em * 0.92, anchor: 'middle' });
  }
  return { head, grid };
}

/** Which day it is, and how much time is seen: beside the axis. */
export function cornerShapes({ em, view, texts, index }: Frame): readonly Shape[] {
  const y = baseline((heights.axis * em) / 2, em * 0.92);
  const x = em * 0.6;
  const size = em * 0.92;
  const day: Shape = { kind: 'text', x, y, text: fullTime(view.from).slice(0, 10), fill: 'dim', size };
  // Without phases there is no row for it.
  if (index.phaseRows === 0) return [day];
  return [
    day,
    {
      kind: 'text',
      x,
      y: baseline(heights.axis * em + (heights.phaseRow * em) / 2, size),
      text: `↔ ${durationWords(view.to - view.from, texts)}`,
      fill: 'dim',
      size,
    },
  ];
}

/** The moment that is looked at: a line over everything, with its time. */
export function cursorShapes(frame: Frame): readonly Shape[] {
  const flag = cursorFlag(frame);
  if (!flag) return [];
  const { at, text, ...box } = flag;
  const size = frame.em * 0.92;
  return [
    { kind: 'line', x1: at, y1: box.height, x2: at, y2: frame.bottom, stroke: 'cursor', lineWidth: 2 },
    { kind: 'rect', ...box, fill: 'cursor', radius: 3 },
    {
      kind: 'text',
      x: box.x + box.width / 2,
      y: baseline(box.y + box.height / 2, size),
      text,
      fill: 'background',
      size,
      anchor: 'middle',
      isBold: true,
    },
  ];
}

/** The cursor's time in the axis; undefined where it is out of sight. */
function cursorFlag({
  view,
  em,
  left,
  right,
  x,
}: Frame): (Box & { readonly at: number; readonly text: string }) | undefined {
  if (view.cursor === undefined) return undefined;
  const at = x(view.cursor);
  if (at < left - 0.5 || at > right + 0.5) return undefined;
  const text = rowTime(view.cursor, view.cursor);
  const width = view.measure(text, true) * 0.92 + em * 0.8;
  const begin = Math.min(Math.max(at - width / 2, left), Math.max(right - width, left));
  return { at: Math.round(at), text, x: begin, y: 1, width, height: (heights.axis - 0.25) * em };
}
