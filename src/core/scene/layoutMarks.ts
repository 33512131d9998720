import { baseline, type Frame, type LaneBox } from './frame';
import { markLooks } from './glyphs';
import type { Drawing } from './layoutLane';
import { markGlyphs } from './markGlyphs';

/** Marks closer than this, in parts of the font's size, are one glyph: 7 px in a font of 13 px. */
const closest = 0.54;

/** The marks of a lane; many at a place are one glyph that is larger, with their number where there is room. */
export function drawMarks(lane: LaneBox, frame: Frame, drawing: Drawing): void {
  const { em, left, right, view } = frame;
  const { id } = lane.content.lane;
  const marks = frame.marks.of(id);
  if (!marks) return;
  const glyphs = markGlyphs(marks, view, closest * em * frame.millisecondsPerPx, view.filter);
  const y = lane.middle;
  const labelSize = em * 0.78;
  glyphs.forEach(({ index, count, first, end }, place) => {
    const x = Math.min(Math.max(frame.x(marks.at[index] ?? 0), left), right);
    const look = markLooks[marks.rank[index] ?? 0];
    if (!look) return;
    // Ten are a fifth larger, a thousand three fifths: more would hide the neighbours.
    const size = look.size * em * (1 + Math.log10(count) * 0.2);
    if (view.selected?.lane === id && view.selected.index >= first && view.selected.index < end)
      drawing.shapes.push({
        kind: 'glyph',
        glyph: 'ring',
        x,
        y,
        size: Math.max(size * 1.5, em * 0.5),
        fill: 'selected',
      });
    drawing.shapes.push({ kind: 'glyph', glyph: look.glyph, x, y, size, fill: look.paint });
    if (count > 1) {
      const next = glyphs[place + 1];
      const room = (next ? frame.x(marks.at[next.index] ?? 0) - em * 0.4 : right) - x - size;
      const text = String(count);
      if (view.measure(text, false) * 0.78 + em * 0.2 < room)
        drawing.shapes.push({
          kind: 'text',
          x: x + size + em * 0.12,
          y: baseline(y, labelSize),
          text,
          fill: 'dim',
          size: labelSize,
          hasHalo: true,
        });
    }
    const reach = Math.max(size, em * 0.4);
    drawing.targets.push({
      x: x - reach,
      y: y - Math.max(size, em * 0.7),
      width: 2 * reach,
      height: 2 * Math.max(size, em * 0.7),
      of: { type: 'mark', lane: id, key: marks.key[index] ?? 0, count, first, end },
    });
  });
}
