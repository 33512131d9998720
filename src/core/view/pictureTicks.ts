import { pictureText } from './picture';
import { durationText } from './storyNames';

/** Where a moment, in milliseconds since the beginning, stands in a picture. */
export type PictureScale = (at: number) => number;

/** A tick every 1, 2 or 5 of something, about six in all, from the beginning to `to` (milliseconds since it). */
export function pictureTicks(to: number, scale: PictureScale, top: number, end: number): readonly string[] {
  const rough = to / 6;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * ([1, 2, 5, 10].find(factor => factor * unit >= rough) ?? 10);
  const marks: string[] = [];
  for (let at = 0; at <= to; at += step) {
    const x = scale(at);
    marks.push(
      `<line class="line" x1="${x}" x2="${x}" y1="${top - 10}" y2="${end}" stroke="#9aa4ae" stroke-dasharray="2 4"/>`,
      pictureText(x, top - 16, at === 0 ? '0' : `+${durationText(Math.round(at))}`, 'dim', 'middle'),
    );
  }
  return marks;
}
