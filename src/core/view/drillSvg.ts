import * as l10n from '@vscode/l10n';
import type { StepRecord } from '../drill/drillRecord';
import { wallMoment, type DrillReport } from '../drill/drillReport';
import { drillSentence } from './drillSentence';
import { escapeXml } from './escapeXml';
import { phaseWord } from './phaseWords';
import { pictureStyle, pictureText, round, type PictureBackground } from './picture';
import { stepText } from './stepText';
import { durationText } from './storyNames';

const width = 960;
const left = 170;
const right = width - 24;
const laneHeight = 34;
const barHeight = 18;
const lanesTop = 70;

/** A stretch of time in a lane; milliseconds from the first step of the drill. */
interface Bar {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly look: 'phase' | 'fine' | 'outage' | 'stale';
}

interface Lane {
  readonly name: string;
  readonly bars: readonly Bar[];
}

/**
 * A drill as a picture: the phases of the failover, and under them what each client of the probe felt at the same time. It brings its
 * own background and says everything in words, too.
 */
export function drillSvg(
  report: DrillReport,
  title: string | undefined,
  background: PictureBackground = 'any',
): string {
  const lanes = lanesOf(report);
  const steps = report.record.steps.filter(({ part }) => part === 'act');
  const { actAt } = report.record;
  const end = Math.max(
    1,
    ...lanes.flatMap(({ bars }) => bars.map(({ to }) => to)),
    ...steps.map(step => step.endedAt - actAt),
  );
  const scale = (at: number): number => round(left + (Math.max(0, at) / end) * (right - left));
  const lanesEnd = lanesTop + lanes.length * laneHeight;
  const phases = lanes[0]?.bars.filter(({ look }) => look === 'phase').map(({ label }) => label) ?? [];
  const legend = [
    ...(phases.length > 0 ? [phases.join(' · ')] : []),
    ...steps.map(
      (record, index) =>
        `${index + 1}  +${durationText(momentOf(record) - actAt)}  ${stepText(record.step, record.faults)}`,
    ),
  ];
  const height = lanesEnd + 30 + legend.length * 18;
  const sentence = drillSentence(report, title);
  const words = lanes.flatMap(({ name, bars }) => bars.map(({ label }) => `${name}: ${label}.`));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc" font-family="system-ui, 'Segoe UI', 'Noto Sans CJK KR', sans-serif" font-size="12">`,
    `<title id="title">${escapeXml(sentence)}</title>`,
    `<desc id="desc">${escapeXml([...words, ...legend].join('\n'))}</desc>`,
    pictureStyle(background),
    `<defs><pattern id="down" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" y2="7" stroke="#ffffff" stroke-width="7" stroke-opacity="0.75"/></pattern></defs>`,
    `<rect class="paper" width="${width}" height="${height}" fill="#ffffff"/>`,
    pictureText(24, 28, title ?? report.record.scenario.name, 'title'),
    ...ticks(end, scale, lanesEnd),
    ...lanes.map((lane, index) => laneSvg(lane, lanesTop + index * laneHeight + laneHeight / 2, scale)),
    ...marksOf(steps, actAt, scale).map(mark => stepMark(mark, lanesEnd)),
    ...legend.map((line, index) => pictureText(24, lanesEnd + 34 + index * 18, line, 'dim')),
    '</svg>',
    '',
  ].join('\n');
}

function lanesOf(report: DrillReport): readonly Lane[] {
  return [phaseLane(report), ...clientLanes(report), ...staleLanes(report)].filter(
    ({ bars }) => bars.length > 0,
  );
}

/** Before the first Sentinel notices there is nothing in the logs: that time belongs to down-after-milliseconds. */
function phaseLane({ failover, record }: DrillReport): Lane {
  const bars = (failover?.phases ?? []).flatMap(({ name, startedAt, endedAt, ms }): readonly Bar[] => {
    const from = wallMoment(startedAt, record);
    const to = wallMoment(endedAt, record);
    if (from === undefined || to === undefined) return [];
    return [
      {
        from: from - record.actAt,
        to: to - record.actAt,
        label: `${phaseWord(name)} ${durationText(ms)}`,
        look: 'phase',
      },
    ];
  });
  const [first] = bars;
  const begun = record.faultAt === undefined ? undefined : record.faultAt - record.actAt;
  const before: readonly Bar[] =
    first && begun !== undefined && failover?.forced === false && first.from > begun
      ? [
          {
            from: begun,
            to: first.from,
            label: l10n.t('not noticed yet {0}', durationText(Math.round(first.from - begun))),
            look: 'phase',
          },
        ]
      : [];
  return { name: l10n.t('Failover'), bars: [...before, ...bars] };
}

function clientLanes({ record, clients }: DrillReport): readonly Lane[] {
  const { ledger } = record.probe ?? {};
  if (!ledger) return [];
  const at = (moment: number): number => moment + ledger.wallZero - record.actAt;
  return clients.map(({ client }) => {
    const found = ledger.clients.find(other => other.client === client);
    const outages = (found?.outages ?? []).map(({ begunAt, endedAt, ms }): Bar => ({
      from: at(begunAt),
      to: at(endedAt ?? ledger.endedAt),
      label: l10n.t('no writes for {0}', durationText(Math.round(ms))),
      look: 'outage',
    }));
    const whole: Bar = { from: 0, to: at(ledger.endedAt), label: l10n.t('writes get through'), look: 'fine' };
    return { name: l10n.t('Client {0}', client), bars: [whole, ...outages] };
  });
}

function staleLanes({ record }: DrillReport): readonly Lane[] {
  const { ledger, verification } = record.probe ?? {};
  if (!ledger) return [];
  return (verification?.staleMasters ?? []).map(({ port, first, last, acknowledged, lost }) => ({
    name: l10n.t('Old master {0}', port),
    bars: [
      {
        from: first + ledger.wallZero - record.actAt,
        to: last + ledger.wallZero - record.actAt,
        label: l10n.t('acknowledged {0}, lost {1}', acknowledged, lost),
        look: 'stale',
      },
    ],
  }));
}

function laneSvg({ name, bars }: Lane, y: number, scale: (at: number) => number): string {
  return [
    '<g>',
    pictureText(left - 14, y + 4, name, '', 'end'),
    ...bars.map((bar, index) => barSvg(bar, index, y, scale)),
    '</g>',
  ].join('');
}

const looks: Readonly<Record<Bar['look'], { readonly className: string; readonly fill: string }>> = {
  phase: { className: 'band', fill: '#808080' },
  fine: { className: 'master', fill: '#2f7d32' },
  outage: { className: 'master', fill: '#2f7d32' },
  stale: { className: 'stale', fill: '#b35900' },
};

function barSvg(
  { from, to, label, look }: Bar,
  index: number,
  y: number,
  scale: (at: number) => number,
): string {
  const x = scale(from);
  const size = Math.max(round(scale(to) - x), 1);
  const { className, fill } = looks[look];
  const box = `x="${x}" y="${y - barHeight / 2}" width="${size}" height="${barHeight}"`;
  const opacity = look === 'phase' ? ` fill-opacity="${index % 2 === 0 ? 0.3 : 0.15}"` : '';
  const isRoomy = size > widthOf(label) && look !== 'fine';
  return [
    `<g><title>${escapeXml(label)}</title>`,
    look === 'outage'
      ? `<rect ${box} fill="url(#down)"/><rect class="line" ${box} fill="none" stroke="#9aa4ae"/>`
      : `<rect class="${className}" ${box} fill="${fill}"${opacity}/>`,
    isRoomy
      ? pictureText(
          x + size / 2,
          y + 4,
          label,
          look === 'stale' ? 'on' : 'over',
          'middle',
          look === 'outage' ? 'bold' : '',
        )
      : '',
    '</g>',
  ].join('');
}

/** Letters are about seven wide, those of Korean twelve. */
function widthOf(label: string): number {
  return label.split('').reduce((sum, letter) => sum + (letter > '\u1100' ? 12 : 7), 8);
}

interface StepMark {
  readonly x: number;
  /** Steps that come so close together that their numbers would lie over each other have one place. */
  readonly numbers: readonly number[];
}

/** Numbers that are nearer than this lie over each other. */
const closeMarks = 16;

/** What was waited for is marked where it came. */
function marksOf(
  steps: readonly StepRecord[],
  actAt: number,
  scale: (at: number) => number,
): readonly StepMark[] {
  const marks: StepMark[] = [];
  for (const [index, record] of steps.entries()) {
    const x = scale(momentOf(record) - actAt);
    const last = marks.at(-1);
    if (last && x - last.x < closeMarks)
      marks[marks.length - 1] = { ...last, numbers: [...last.numbers, index + 1] };
    else marks.push({ x, numbers: [index + 1] });
  }
  return marks;
}

function momentOf({ step, startedAt, endedAt }: StepRecord): number {
  return step.kind === 'wait' || step.kind === 'pause' ? endedAt : startedAt;
}

function stepMark({ x, numbers }: StepMark, end: number): string {
  return [
    `<line class="line" x1="${x}" x2="${x}" y1="${lanesTop - 4}" y2="${end + 4}" stroke="#9aa4ae" stroke-dasharray="2 4"/>`,
    pictureText(x, end + 16, numbers.join(' '), 'dim', 'middle'),
  ].join('');
}

/** A tick every 1, 2 or 5 of something, about six in all. */
function ticks(end: number, scale: (at: number) => number, lanesEnd: number): readonly string[] {
  const unit = 10 ** Math.floor(Math.log10(end / 6));
  const step = unit * ([1, 2, 5, 10].find(factor => factor * unit >= end / 6) ?? 10);
  const marks: string[] = [];
  for (let at = 0; at <= end; at += step)
    marks.push(
      `<line class="line" x1="${scale(at)}" x2="${scale(at)}" y1="${lanesTop - 10}" y2="${lanesEnd}" stroke="#9aa4ae" stroke-opacity="0.4"/>`,
      pictureText(
        scale(at),
        lanesTop - 16,
        at === 0 ? '0' : `+${durationText(Math.round(at))}`,
        'dim',
        'middle',
      ),
    );
  return marks;
}
