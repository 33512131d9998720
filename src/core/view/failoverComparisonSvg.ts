import * as l10n from '@vscode/l10n';
import { escapeXml } from './escapeXml';
import { lengthOf, type ComparedPhase, type FailoverComparison, type PhaseSpan } from './failoverComparison';
import { pictureStyle, pictureText, round, type PictureBackground } from './picture';
import { pictureTicks, type PictureScale } from './pictureTicks';
import { durationText, signedDurationText } from './storyNames';

const width = 960;
const left = 190;
const right = width - 110;
const rowsTop = 46;
const rowHeight = 44;
const barHeight = 15;

/** The two failovers in their colours and, because colour is never alone, with their numbers. */
const sides = [
  { number: '1', className: 'replica', color: '#1a6fc4', shift: -9 },
  { number: '2', className: 'mark', color: '#7b3fb5', shift: 9 },
] as const;

/**
 * Two failovers beside each other from the same moment on: a row for each phase, with a bar for each of them and how long it took.
 * Its title, and what the numbers 1 and 2 stand for, are not drawn: the page says it.
 */
export function failoverComparisonSvg(
  comparison: FailoverComparison,
  background: PictureBackground = 'any',
): string {
  const { phases, differences, sentences } = comparison;
  const title = differences[0]?.text.replaceAll('`', '') ?? '';
  const end = Math.max(10, ...phases.flatMap(({ first, second }) => [first?.to ?? 0, second?.to ?? 0]));
  const scale: PictureScale = at => round(left + (at / end) * (right - left));
  const height = rowsTop + Math.max(phases.length, 1) * rowHeight + 24;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc" font-family="system-ui, 'Segoe UI', 'Noto Sans CJK KR', sans-serif" font-size="12">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${escapeXml([...sentences, ...phases.map(inWords)].join('\n'))}</desc>`,
    pictureStyle(background),
    `<rect class="paper" width="${width}" height="${height}" fill="#ffffff"/>`,
    ...(phases.length === 0
      ? [pictureText(24, rowsTop, l10n.t('The logs of these failovers have no times.'), 'dim')]
      : pictureTicks(end, scale, rowsTop - 6, height - 20)),
    ...phases.map((phase, index) => phaseRow(phase, rowsTop + (index + 0.5) * rowHeight, scale)),
    '</svg>',
    '',
  ].join('\n');
}

function phaseRow(phase: ComparedPhase, y: number, scale: PictureScale): string {
  const { label, first, second, difference } = phase;
  return [
    `<g><title>${escapeXml(inWords(phase))}</title>`,
    pictureText(left - 30, y + 4, label, '', 'end'),
    bar(first, 0, y, scale),
    bar(second, 1, y, scale),
    difference === undefined
      ? ''
      : pictureText(width - 24, y + 4, signedDurationText(difference), 'dim', 'end'),
    '</g>',
  ].join('');
}

function bar(span: PhaseSpan | undefined, index: 0 | 1, y: number, scale: PictureScale): string {
  const { number, className, color, shift } = sides[index];
  const middle = y + shift;
  const name = pictureText(left - 12, middle + 4, number, 'dim', 'end');
  if (!span) return `${name}${pictureText(left, middle + 4, '–', 'dim')}`;
  const from = scale(span.from);
  const size = Math.max(round(scale(span.to) - from), 1);
  const text = durationText(lengthOf(span));
  // Where there is no room behind the bar, its length stands before it.
  const isLast = from + size + 60 > right;
  return [
    name,
    `<rect class="${className}" x="${from}" y="${round(middle - barHeight / 2)}" width="${size}" height="${barHeight}" rx="${Math.min(3, size / 2)}" fill="${color}"/>`,
    size > 70
      ? pictureText(from + size / 2, middle + 4, text, 'on', 'middle')
      : isLast && from - left > 60
        ? pictureText(from - 6, middle + 4, text, 'over', 'end')
        : pictureText(from + size + 6, middle + 4, text, 'over'),
  ].join('');
}

function inWords({ label, first, second }: ComparedPhase): string {
  const length = (span: PhaseSpan | undefined): string => (span ? durationText(lengthOf(span)) : '–');
  return l10n.t('{0}: {1} in the first, {2} in the second.', label, length(first), length(second));
}
