import * as l10n from '@vscode/l10n';
import type { Failover } from '../story/failover';
import type { Report } from '../story/report';
import { escapeXml } from './escapeXml';
import { failoverSentence } from './failoverSentence';
import { phaseWord } from './phaseWords';
import { pictureStyle, pictureText, round, type PictureBackground } from './picture';
import { pictureTicks, type PictureScale } from './pictureTicks';
import { durationText } from './storyNames';
import { timelineOf, type Lane, type Timeline } from './timelineLayout';

const width = 960;
const left = 170;
const right = width - 24;
const laneHeight = 34;
const barHeight = 18;

/** How many failovers one picture shows at most: the newest ones. */
const mostFailovers = 20;

/**
 * The timelines of a report's failovers as one SVG that stands for itself: it brings its own background for light and dark, takes VS Code's
 * theme colours where there are any, and says everything in words for screen readers.
 */
export function timelineSvg(report: Report, background: PictureBackground = 'any'): string {
  const shown = report.failovers.slice(-mostFailovers);
  let top = 0;
  const blocks: string[] = [];
  for (const failover of shown) {
    const block = blockOf(failover, report, top);
    blocks.push(block.svg);
    top += block.height;
  }
  if (shown.length === 0) {
    blocks.push(pictureText(24, 40, l10n.t('No failover is in these logs.'), 'title'));
    top = 70;
  }
  const sentences = shown.map(failover => failoverSentence(failover, report));
  const title =
    sentences.length === 1 ? (sentences[0] ?? '') : l10n.t('Failovers: {0}', report.failovers.length);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" role="img" aria-labelledby="title desc" font-family="system-ui, 'Segoe UI', 'Noto Sans CJK KR', sans-serif" font-size="12">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${escapeXml(shown.map(failover => inWords(failover, report)).join('\n'))}</desc>`,
    pictureStyle(background),
    patterns,
    `<rect class="paper" width="${width}" height="${top}" fill="#ffffff"/>`,
    ...blocks,
    '</svg>',
    '',
  ].join('\n');
}

const patterns = `<defs>
<pattern id="down" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" y2="7" stroke="#ffffff" stroke-width="7" stroke-opacity="0.75"/></pattern>
<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="mark" d="M0 0 8 4 0 8z" fill="#7b3fb5"/></marker>
</defs>`;

interface Block {
  readonly svg: string;
  readonly height: number;
}

function blockOf(failover: Failover, report: Report, top: number): Block {
  const timeline = timelineOf(failover, report);
  const title = pictureText(24, 28, failoverSentence(failover, report), 'title');
  if (!timeline) return { svg: `<g transform="translate(0 ${top})">${title}</g>`, height: 50 };
  const scale = scaleOf(timeline);
  const lanesTop = 92;
  const lanesEnd = lanesTop + timeline.lanes.length * laneHeight;
  const legendLines = legend(timeline);
  const centers = new Map(
    timeline.lanes.map((lane, index) => [lane.name, lanesTop + index * laneHeight + laneHeight / 2]),
  );
  const parts = [
    title,
    ...pictureTicks(timeline.to, scale, lanesTop, lanesEnd),
    ...timeline.phases.map((phase, index) =>
      band(index, phase.from, phase.to, phaseWord(phase.name), scale, lanesTop, lanesEnd),
    ),
    ...timeline.lanes.map(lane => laneSvg(lane, centers.get(lane.name) ?? 0, scale)),
    ...timeline.votes.map(vote => voteSvg(vote, centers, scale)),
    ...legendLines.map((line, index) => pictureText(24, lanesEnd + 24 + index * 18, line, 'dim')),
  ];
  return {
    svg: `<g transform="translate(0 ${top})">\n${parts.join('\n')}\n</g>`,
    height: lanesEnd + 24 + legendLines.length * 18 + 12,
  };
}

function scaleOf({ from, to }: Timeline): PictureScale {
  return at => round(left + ((at - from) / (to - from)) * (right - left));
}

function band(
  index: number,
  from: number,
  to: number,
  word: string,
  scale: PictureScale,
  top: number,
  end: number,
): string {
  const x = scale(from);
  const size = Math.max(round(scale(to) - x), 1);
  const said = `${word}: ${durationText(Math.round(to - from))}`;
  const label = size > word.length * 12 ? `${index + 1} ${word}` : size > 12 ? `${index + 1}` : '';
  return [
    `<g><title>${escapeXml(said)}</title>`,
    `<rect class="band" x="${x}" y="${top - 8}" width="${size}" height="${end - top + 8}" fill="#808080" fill-opacity="${index % 2 === 0 ? 0.14 : 0.06}"/>`,
    label === '' ? '' : pictureText(x + size / 2, top + 4, label, 'dim', 'middle'),
    '</g>',
  ].join('');
}

function laneSvg(lane: Lane, y: number, scale: PictureScale): string {
  const name = pictureText(left - 14, y + 4, lane.name, '', 'end', lane.isLeader ? 'bold' : '');
  const leader = lane.isLeader ? pictureText(left - 14, y + 16, l10n.t('leader'), 'dim', 'end') : '';
  return `<g>${leader}${name}${lane.kind === 'data' ? dataBar(lane, y, scale) : sentinelLine(lane, y, scale)}</g>`;
}

function dataBar({ name, roles, down }: Lane, y: number, scale: PictureScale): string {
  const bars = roles.map(({ role, from, to }) => {
    const x = scale(from);
    const size = Math.max(round(scale(to) - x), 1);
    const word = role === 'master' ? l10n.t('master') : l10n.t('replica');
    const color = role === 'master' ? '#2f7d32' : '#1a6fc4';
    return [
      `<g><title>${escapeXml(`${name}: ${word}`)}</title>`,
      `<rect class="${role}" x="${x}" y="${y - barHeight / 2}" width="${size}" height="${barHeight}" rx="3" fill="${color}"/>`,
      '</g>',
    ].join('');
  });
  // Over the hatching, which would run through them.
  const words = roles.map(({ role, from, to }) => {
    const x = scale(from);
    const word = role === 'master' ? l10n.t('master') : l10n.t('replica');
    return scale(to) - x > 60 ? pictureText(x + 8, y + 4, word, 'on') : '';
  });
  const gaps = down.map(({ from, to }) => {
    const x = scale(from);
    const size = Math.max(round(scale(to) - x), 1);
    const word = l10n.t('down (+sdown)');
    return [
      `<g><title>${escapeXml(`${name}: ${word}`)}</title>`,
      `<rect x="${x}" y="${y - barHeight / 2}" width="${size}" height="${barHeight}" fill="url(#down)"/><rect class="line" x="${x}" y="${y - barHeight / 2}" width="${size}" height="${barHeight}" rx="3" fill="none" stroke="#9aa4ae"/>`,
      size > 60 ? pictureText(x + size / 2, y + 4, word, 'over', 'middle', 'bold') : '',
      '</g>',
    ].join('');
  });
  return [...bars, ...gaps, ...words].join('');
}

function sentinelLine({ name, marks }: Lane, y: number, scale: PictureScale): string {
  return [
    `<line class="sentinel" x1="${left}" x2="${right}" y1="${y}" y2="${y}" stroke="#7b3fb5" stroke-opacity="0.5"/>`,
    ...marks.map(
      ({ event, at }) =>
        `<g><title>${escapeXml(`${name}: ${event}, +${durationText(Math.round(at))}`)}</title><path class="mark" transform="translate(${scale(at)} ${y})" d="${shapes[event] ?? dot}" fill="#7b3fb5"/></g>`,
    ),
  ].join('');
}

const dot = 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z';
/** Every event has a shape of its own: colour is never alone. */
const shapes: Readonly<Record<string, string>> = {
  '+sdown': 'M-5-4H5L0 5z',
  '+odown': 'M0-6 6 0 0 6-6 0z',
  '+try-failover': dot,
  '+switch-master': 'M-4-5H4V5H-4z',
};

function voteSvg(
  { at, voter, candidate, wins }: Timeline['votes'][number],
  centers: ReadonlyMap<string, number>,
  scale: PictureScale,
): string {
  const from = centers.get(voter);
  const to = centers.get(candidate);
  if (from === undefined || to === undefined) return '';
  const x = scale(at);
  const weight = wins ? 2.5 : 1;
  const path =
    from === to
      ? `M${x} ${from}c-4-16 18-16 10-2`
      : `M${x} ${from}Q${x + 14} ${(from + to) / 2} ${x} ${to + (from < to ? -6 : 6)}`;
  const said = l10n.t('{0} voted for {1}', voter, candidate);
  return `<g><title>${escapeXml(said)}</title><path class="vote" d="${path}" stroke="#b35900" fill="none" stroke-width="${weight}" marker-end="url(#tip)"/></g>`;
}

/** What the signs mean, and the phases with their lengths. */
function legend({ phases }: Timeline): readonly string[] {
  const lengths = phases
    .map(
      ({ name, from, to }, index) => `${index + 1} ${phaseWord(name)} ${durationText(Math.round(to - from))}`,
    )
    .join(' · ');
  return [
    ...(lengths === '' ? [] : [lengths]),
    l10n.t(
      '▼ +sdown · ◆ +odown · ● +try-failover · ■ +switch-master · arrows: votes, bold for the winner · hatched: down',
    ),
  ];
}

/** The whole picture for those who do not see it. */
function inWords(failover: Failover, report: Report): string {
  const timeline = timelineOf(failover, report);
  const phases = (timeline?.phases ?? []).map(
    ({ name, from, to }) => `${phaseWord(name)}: ${durationText(Math.round(to - from))}.`,
  );
  const votes = (timeline?.votes ?? []).map(({ voter, candidate }) =>
    l10n.t('{0} voted for {1}', voter, candidate),
  );
  return [failoverSentence(failover, report), ...phases, ...votes.map(vote => `${vote}.`)].join(' ');
}
