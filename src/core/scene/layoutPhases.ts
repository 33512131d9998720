import { baseline, heights, newPlaces, type Frame } from './frame';
import { placeFlags } from './placeFlags';
import type { TimeRange } from './sceneRange';
import { durationWords } from './sceneWords';
import type { Shape, Target } from './shape';

/** Phases as bands behind all lanes, each with a flag above that has its name and length where there is room. */
export function phaseShapes(frame: Frame): {
  readonly bands: readonly Shape[];
  readonly head: readonly Shape[];
  readonly targets: readonly Target[];
} {
  const { em, left, right, head, bottom, view, texts, index } = frame;
  const { phaseRows } = index;
  const bands: Shape[] = [];
  const shapes: Shape[] = [];
  const targets: Target[] = [];
  const size = em * 0.92;
  // The first row is that above the lanes.
  const rowTop = (row: number): number => heights.axis * em + (phaseRows - 1 - row) * heights.phaseRow * em;
  const room = (text: string): number => view.measure(text, false) * 0.92 + em * 0.8;
  const isNew = newPlaces(frame);
  const seen = index.scene.phases.flatMap((phase, at) => {
    const begin = frame.x(phase.from);
    const end = Math.max(frame.x(phase.to), begin + 1);
    if (end < left || begin > right || !isNew(phase.from, phase.to)) return [];
    const x = Math.max(begin, left);
    return [{ phase, at, x, width: Math.min(end, right) - x, hasBegun: begin < left }];
  });
  for (const { phase, at, x, width, hasBegun } of seen) {
    const isEven = at % 2 === 0;
    bands.push({
      kind: 'rect',
      x,
      y: head,
      width,
      height: bottom - head,
      fill: 'band',
      alpha: isEven ? 0.12 : 0.05,
    });
    // Where phases are too narrow for names, lines between them would be all there is to see.
    if (!hasBegun && hasRoom(frame, index.scene.failovers[phase.failover]))
      bands.push({ kind: 'line', x1: x, y1: head, x2: x, y2: bottom, stroke: 'dim', alpha: 0.35 });
    shapes.push({ kind: 'rect', x, y: head - 3, width, height: 3, fill: 'text', alpha: isEven ? 0.5 : 0.25 });
    targets.push({
      x,
      y: heights.axis * em,
      width: Math.max(width, 3),
      height: head - heights.axis * em,
      of: { type: 'phase', index: at },
    });
  }
  const named = seen
    .filter(({ phase }) => hasRoom(frame, index.scene.failovers[phase.failover]))
    .toSorted((a, b) => a.x - b.x);
  const flags = placeFlags(
    named.map(({ phase, x }) => {
      const duration = durationWords(phase.to - phase.from, texts);
      const full = `${phase.label} ${duration}`;
      const choices = [full, duration].map(text => ({ text, width: room(text), isLeft: false }));
      // The last one may have no room before the edge.
      choices.splice(1, 0, { text: full, width: room(full), isLeft: true });
      return {
        x,
        choices: choices.filter(({ width, isLeft }) =>
          isLeft ? x - width >= left : x + width <= right + em * 0.5,
        ),
      };
    }),
    phaseRows,
  );
  named.forEach(({ at, x, hasBegun }, order) => {
    const flag = flags[order];
    if (!flag) return;
    const top = rowTop(flag.row);
    const height = heights.phaseRow * em;
    if (!hasBegun)
      shapes.push({ kind: 'line', x1: x, y1: top + 2, x2: x, y2: head, stroke: 'dim', alpha: 0.7 });
    shapes.push({
      kind: 'text',
      x: flag.isLeft ? x - em * 0.35 : x + em * 0.35,
      y: baseline(top + height / 2, size),
      text: flag.text,
      fill: 'text',
      size,
      ...(flag.isLeft ? { anchor: 'end' as const } : {}),
    });
    const begin = flag.isLeft ? x - flag.width : x;
    targets.push({ x: begin, y: top, width: flag.width, height, of: { type: 'phase', index: at } });
  });
  return { bands, head: shapes, targets };
}

/** Failovers that are too short at this scale to show their phases: a sign above, with how many there are. */
export function failoverShapes(frame: Frame): { readonly head: Shape[]; readonly targets: Target[] } {
  const { em, left, right, head, index, view } = frame;
  const shapes: Shape[] = [];
  const targets: Target[] = [];
  const size = em * 0.42;
  let last: { readonly x: number; count: number; readonly at: number } | undefined;
  const y = heights.axis * em + (index.phaseRows - 0.5) * heights.phaseRow * em;
  const flush = (next: number): void => {
    if (!last) return;
    const { x, count, at } = last;
    const { epoch, outcome } = index.scene.failovers[at] ?? {};
    const look =
      outcome === 'succeeded' || outcome === 'unfinished'
        ? ({ glyph: outcome === 'succeeded' ? 'square' : 'hollowDiamond', fill: 'sentinel' } as const)
        : ({ glyph: 'cross', fill: 'problem' } as const);
    shapes.push({ kind: 'glyph', ...look, x, y, size });
    shapes.push({ kind: 'line', x1: x, y1: y + size, x2: x, y2: head, stroke: 'sentinel' });
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
export function hasRoom(frame: Frame, failover: TimeRange | undefined): boolean {
  return failover !== undefined && failover.to - failover.from > frame.em * 6 * frame.millisecondsPerPx;
}
