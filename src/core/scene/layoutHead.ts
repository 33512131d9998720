import { fullTime, rowTime } from '../view/logRow';
import { baseline, heights, newPlaces, phaseRows, type Frame } from './frame';
import type { TimeRange } from './sceneRange';
import { durationWords } from './sceneWords';
import type { Shape, Target } from './shape';
import { timeTicks } from './timeTicks';

/** The wall clock along the top, and its lines behind the lanes. */
export function axisShapes(frame: Frame): {
  readonly head: readonly Shape[];
  readonly grid: readonly Shape[];
} {
  const { em, view, right, left } = frame;
  const room = (label: string): number => (view.measure(label, false) + em * 1.8) * frame.millisecondsPerPx;
  const head: Shape[] = [];
  const grid: Shape[] = [];
  const y = baseline((heights.axis * em) / 2, em * 0.92);
  for (const { at, label } of timeTicks(view, room)) {
    const x = Math.round(frame.x(at)) + 0.5;
    grid.push({
      kind: 'line',
      x1: x,
      y1: frame.head,
      x2: x,
      y2: frame.bottom,
      stroke: 'line',
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
    if (x - half >= left - em && x + half <= right + em)
      head.push({ kind: 'text', x, y, text: label, fill: 'dim', size: em * 0.92, anchor: 'middle' });
  }
  return { head, grid };
}

/** Which day it is, and how much time is seen: beside the axis. */
export function cornerShapes({ em, view, texts }: Frame): readonly Shape[] {
  const y = baseline((heights.axis * em) / 2, em * 0.92);
  const x = em * 0.6;
  const size = em * 0.92;
  return [
    { kind: 'text', x, y, text: fullTime(view.from).slice(0, 10), fill: 'dim', size },
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

interface Picture {
  readonly bands: Shape[];
  readonly head: Shape[];
  readonly targets: Target[];
}

/** Phases as bands behind all lanes, each with a flag above that has its name and length where there is room. */
export function phaseShapes(frame: Frame): Picture {
  const { em, left, right, head, bottom, view, texts, index } = frame;
  const picture: Picture = { bands: [], head: [], targets: [] };
  const size = em * 0.92;
  const rowTop = (row: number): number => heights.axis * em + row * heights.phaseRow * em;
  /** Up to where the names of each row go. */
  const ends = Array.from({ length: phaseRows }, () => left - em);
  const isNew = newPlaces(frame);
  index.scene.phases.forEach((phase, at) => {
    const begin = frame.x(phase.from);
    const end = Math.max(frame.x(phase.to), begin + 1);
    if (end < left || begin > right || !isNew(phase.from, phase.to)) return;
    const x = Math.max(begin, left);
    const width = Math.min(end, right) - x;
    const isEven = at % 2 === 0;
    picture.bands.push({
      kind: 'rect',
      x,
      y: head,
      width,
      height: bottom - head,
      fill: 'band',
      alpha: isEven ? 0.12 : 0.05,
    });
    if (begin >= left)
      picture.bands.push({ kind: 'line', x1: begin, y1: head, x2: begin, y2: bottom, stroke: 'line' });
    picture.targets.push({
      x,
      y: rowTop(0),
      width: Math.max(width, 3),
      height: head - rowTop(0),
      of: { type: 'phase', index: at },
    });
    if (!hasRoom(frame, index.scene.failovers[phase.failover])) return;
    const duration = durationWords(phase.to - phase.from, texts);
    const flag = placeFlag(x, [`${phase.label} ${duration}`, duration]);
    if (!flag) return;
    const top = rowTop(flag.row);
    ends[flag.row] = x + flag.width;
    const foot = { stroke: 'dim', alpha: 0.7 } as const;
    if (begin >= left)
      picture.head.push({ kind: 'line', x1: begin, y1: top + 2, x2: begin, y2: head, ...foot });
    picture.head.push({
      kind: 'rect',
      x,
      y: head - 3,
      width,
      height: 3,
      fill: 'text',
      alpha: isEven ? 0.5 : 0.25,
    });
    picture.head.push({
      kind: 'text',
      x: x + em * 0.35,
      y: baseline(top + (heights.phaseRow * em) / 2, size),
      text: flag.text,
      fill: 'text',
      size,
    });
    picture.targets.push({
      x,
      y: top,
      width: flag.width,
      height: heights.phaseRow * em,
      of: { type: 'phase', index: at },
    });
  });
  return picture;

  function placeFlag(
    x: number,
    choices: readonly string[],
  ): { readonly row: number; readonly text: string; readonly width: number } | undefined {
    for (const text of choices) {
      const width = view.measure(text, false) * 0.92 + em * 0.8;
      const row = ends.findIndex(end => x >= end);
      if (row >= 0 && x + width <= right + em * 0.5) return { row, text, width };
    }
    return undefined;
  }
}

/** Failovers that are too short at this scale to show their phases: a sign above, with how many there are. */
export function failoverShapes(frame: Frame): { readonly head: Shape[]; readonly targets: Target[] } {
  const { em, left, right, head, index, view } = frame;
  const shapes: Shape[] = [];
  const targets: Target[] = [];
  const size = em * 0.42;
  let last: { readonly x: number; count: number; readonly at: number } | undefined;
  const y = heights.axis * em + (heights.phaseRow * em) / 2;
  const flush = (next: number): void => {
    if (!last) return;
    const { x, count, at } = last;
    shapes.push({ kind: 'glyph', glyph: 'square', x, y, size, fill: 'sentinel' });
    shapes.push({ kind: 'line', x1: x, y1: y + size, x2: x, y2: head, stroke: 'sentinel' });
    const { epoch } = index.scene.failovers[at] ?? {};
    const said =
      count > 1 ? `×${count}` : epoch === undefined ? '' : frame.texts.epoch.replace('{0}', String(epoch));
    if (
      said !== '' &&
      x + size + em * 0.5 + view.measure(said, false) < Math.min(next - em, right + em * 0.5)
    )
      shapes.push({
        kind: 'text',
        x: x + size + em * 0.35,
        y: baseline(y, em * 0.92),
        text: said,
        fill: 'text',
        size: em * 0.92,
      });
    targets.push({
      x: x - em * 0.6,
      y: y - em * 0.6,
      width: em * 1.2,
      height: head - y + em * 0.6,
      of: { type: 'failover', index: at },
    });
  };
  index.scene.failovers.forEach(({ from, to }, at) => {
    const begin = frame.x(from);
    const end = frame.x(to);
    if (end < left || begin > right || hasRoom(frame, { from, to })) return;
    const x = Math.min(Math.max((begin + end) / 2, left + size), right - size);
    if (last && x - last.x < em * 1.2) {
      last.count++;
      return;
    }
    flush(x);
    last = { x, count: 1, at };
  });
  flush(Infinity);
  return { head: shapes, targets };
}

/** Whether a failover is wide enough to show its phases by name. */
function hasRoom(frame: Frame, failover: TimeRange | undefined): boolean {
  return failover !== undefined && failover.to - failover.from > frame.em * 6 * frame.millisecondsPerPx;
}

/** The moment that is looked at: a line over everything, with its time. */
export function cursorShapes(frame: Frame): readonly Shape[] {
  const { view, em, left, right, bottom } = frame;
  if (view.cursor === undefined) return [];
  const at = frame.x(view.cursor);
  if (at < left - 0.5 || at > right + 0.5) return [];
  const x = Math.round(at);
  const text = rowTime(view.cursor, view.cursor);
  const width = view.measure(text, true) * 0.92 + em * 0.8;
  const begin = Math.min(Math.max(x - width / 2, left), Math.max(right - width, left));
  const height = (heights.axis - 0.25) * em;
  return [
    { kind: 'line', x1: x, y1: height, x2: x, y2: bottom, stroke: 'cursor', lineWidth: 2 },
    { kind: 'rect', x: begin, y: 1, width, height, fill: 'cursor', radius: 3 },
    {
      kind: 'text',
      x: begin + width / 2,
      y: baseline(1 + height / 2, em * 0.92),
      text,
      fill: 'background',
      size: em * 0.92,
      anchor: 'middle',
      isBold: true,
    },
  ];
}
