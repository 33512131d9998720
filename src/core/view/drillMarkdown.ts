import * as l10n from '@vscode/l10n';
import type { ComparedTime } from '../drill/comparePrediction';
import type { DrillReport } from '../drill/drillReport';
import type { ScenarioText } from '../drill/scenario';
import { drillAdvice } from './drillAdvice';
import { drillSentence } from './drillSentence';
import { outcomeWord } from './expectationText';
import { probeClientText, readsText, staleMasterText } from './ledgerText';
import { markdownTable, markdownText, plainLinks, type LineLinks } from './markdown';
import { predictedPhaseWord, predictionText } from './predictionText';
import { reportMarkdown } from './reportMarkdown';
import { stepText } from './stepText';
import { durationText } from './storyNames';
import { timelineLink } from './timelineLink';
import { countText } from './words';

export interface DrillMarkdownOptions {
  /** What people read about the scenario. */
  readonly text: Partial<ScenarioText>;
  /** The address of the picture; none: there is none. */
  readonly picture?: string;
  /** What opens its timeline; none: nothing does. */
  readonly timeline?: string;
  readonly links?: LineLinks;
  /** Without what to change: somebody is to find that out. */
  readonly isRiddle?: boolean;
}

/** The report of a drill for people. Its first line says all. */
export function drillMarkdown(report: DrillReport, options: DrillMarkdownOptions): string {
  const { text, picture, links = plainLinks } = options;
  return [
    `# ${markdownText(drillSentence(report, text.title))}`,
    ...(text.happens === undefined ? [] : [markdownText(text.happens)]),
    ...(picture === undefined
      ? []
      : [`![${l10n.t('What happened, and what the application felt')}](<${picture}>)`]),
    ...timelineLink(options.timeline),
    ...expectations(report),
    ...predicted(report),
    ...felt(report),
    ...done(report),
    ...(options.isRiddle === true ? [] : advice(report)),
    ...(text.lesson === undefined ? [] : [section(l10n.t('What it teaches'), markdownText(text.lesson))]),
    ...ground(report),
    reportMarkdown(report.story, { links }),
  ]
    .join('\n\n')
    .concat('\n');
}

function section(title: string, ...parts: readonly string[]): string {
  return [`## ${title}`, ...parts].join('\n\n');
}

function expectations({ verdicts, record }: DrillReport): readonly string[] {
  const notes = [
    ...(record.failure === undefined
      ? []
      : [l10n.t('The drill could not be done to its end: {0}', markdownText(record.failure))]),
    ...record.leftFaults.map(reason => l10n.t('A fault is still on: {0}', markdownText(reason))),
  ];
  if (verdicts.length + notes.length === 0) return [];
  const rows = verdicts.map(({ ok, text, found }) => [
    ok ? l10n.t('yes') : `**${l10n.t('no')}**`,
    markdownText(text),
    markdownText(found),
  ]);
  return [
    section(
      l10n.t('What was expected'),
      ...notes,
      ...(rows.length > 0
        ? [markdownTable([l10n.t('Came true'), l10n.t('Expected'), l10n.t('Found')], rows)]
        : []),
    ),
  ];
}

function predicted({ record, comparison, failover }: DrillReport): readonly string[] {
  const { prediction } = record;
  if (!prediction || !comparison) return [];
  const { promoted, times } = comparison;
  const words = predictionText(prediction);
  const rows = [
    [l10n.t('Outcome'), markdownText(words.outcome[0] ?? ''), outcomeWord(failover?.outcome ?? 'none'), ''],
    ...(promoted.predicted === undefined && promoted.measured === undefined
      ? []
      : [
          [
            l10n.t('Promoted'),
            markdownText([promoted.predicted ?? l10n.t('nobody'), ...prediction.rivals].join(' / ')),
            markdownText(promoted.measured ?? l10n.t('nobody')),
            '',
          ],
        ]),
    ...(promoted.guessed === undefined
      ? []
      : [
          [
            l10n.t('Your guess'),
            markdownText(promoted.guessed),
            promoted.isGuessRight === true ? l10n.t('right') : l10n.t('wrong'),
            '',
          ],
        ]),
    ...times.map(timeRow),
  ];
  return [
    section(
      l10n.t('Predicted and measured'),
      markdownTable(['', l10n.t('Predicted'), l10n.t('Measured'), l10n.t('Decided by')], rows),
    ),
  ];
}

function timeRow({ name, owner, minMs, maxMs, measuredMs, verdict }: ComparedTime): readonly string[] {
  const measured = measuredMs === undefined ? '' : durationText(Math.round(measuredMs));
  return [
    name === 'outage' ? `**${l10n.t('Outage')}**` : predictedPhaseWord(name),
    minMs === maxMs ? durationText(minMs) : `${durationText(minMs)} – ${durationText(maxMs)}`,
    verdict === 'late'
      ? l10n.t('{0} (longer)', measured)
      : verdict === 'early'
        ? l10n.t('{0} (shorter)', measured)
        : measured,
    owner === undefined ? '' : `\`${owner}\``,
  ];
}

function felt({ clients, record, probe }: DrillReport): readonly string[] {
  if (!probe || !record.probe) return [];
  const { ledger, verification } = record.probe;
  const rows = clients.map(({ client, attempted, acknowledged, lost, errors, outageMs }) => [
    markdownText(probeClientText(client)),
    countText(attempted),
    countText(acknowledged),
    lost === undefined ? '?' : lost > 0 ? `**${countText(lost)}**` : '0',
    outageMs > 0 ? durationText(Math.round(outageMs)) : '',
    Object.entries(errors)
      .map(([name, count]) => `${name} ${countText(count)}`)
      .join(', '),
  ]);
  return [
    section(
      l10n.t('What the application felt'),
      markdownTable(
        [
          l10n.t('Client'),
          l10n.t('Writes'),
          l10n.t('Acknowledged'),
          l10n.t('Of these lost'),
          l10n.t('Longest outage'),
          l10n.t('Errors'),
        ],
        rows,
        [1, 2, 3, 4],
      ),
      ...(verification?.staleMasters ?? []).map(master => staleMasterText(master, roundedText)),
      ...ledger.reads.map(reads => readsText(reads, roundedText)),
    ),
  ];
}

function roundedText(ms: number): string {
  return durationText(Math.round(ms));
}

function done({ record }: DrillReport): readonly string[] {
  const rows = record.steps.map(({ part, step, faults, startedAt, endedAt, end }) => [
    part === 'act' ? `+${durationText(startedAt - record.actAt)}` : l10n.t('before'),
    markdownText(stepText(step, faults)),
    end === 'done'
      ? durationText(endedAt - startedAt)
      : end === 'late'
        ? l10n.t('not in time')
        : l10n.t('failed'),
  ]);
  return [
    section(
      l10n.t('What was done'),
      markdownTable([l10n.t('When'), l10n.t('Step'), l10n.t('Took')], rows, [0, 2]),
    ),
  ];
}

function advice(report: DrillReport): readonly string[] {
  const notes = drillAdvice(report);
  if (notes.length === 0) return [];
  return [
    section(l10n.t('What to change, and what it would change'), notes.map(note => `- ${note}`).join('\n')),
  ];
}

/** Versions and the lines of the confs that decide. */
function ground({ record }: DrillReport): readonly string[] {
  const versions = [...new Set(record.nodes.flatMap(({ version }) => version ?? []))].join(', ');
  const lines = record.settings.map(({ name, value }) => `${name} ${value}`).join('\n');
  return [
    section(
      l10n.t('With what'),
      l10n.t(
        'Version: {0}. Nodes: {1}.',
        versions === '' ? '?' : versions,
        record.nodes.map(({ name }) => name).join(', '),
      ),
      `\`\`\`text\n${lines}\n\`\`\``,
    ),
  ];
}
