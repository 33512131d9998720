import * as l10n from '@vscode/l10n';
import type { ComparedFigure, DrillComparison } from '../drill/compareDrills';
import type { PredictedPhaseName } from '../drill/predictedPhases';
import { markdownTable, markdownText } from './markdown';
import { predictedPhaseWord } from './predictionText';
import { durationText } from './storyNames';
import { countText } from './words';

/** Two drills side by side, as Markdown. `names` are what the person calls them. Its first line says what the difference made. */
export function comparisonMarkdown(comparison: DrillComparison, names: readonly [string, string]): string {
  const [first, second] = names.map(markdownText);
  const heads = ['', first ?? '', second ?? ''];
  const { scenarios, outcomes, passed, settings, figures } = comparison;
  const yesNo = (is: boolean): string => (is ? l10n.t('yes') : l10n.t('no'));
  return [
    `# ${sentence(comparison)}`,
    markdownTable(heads, [
      ...(scenarios[0] === scenarios[1] ? [] : [[l10n.t('Scenario'), ...scenarios]]),
      [l10n.t('As expected'), ...passed.map(yesNo)],
      ...(outcomes[0] === outcomes[1] ? [] : [[l10n.t('Outcome'), ...outcomes]]),
      ...settings.map(({ name, a, b }) => [
        `\`${name}\``,
        ...[a, b].map(value => markdownText(value ?? '–')),
      ]),
    ]),
    markdownTable(
      [...heads, l10n.t('Difference')],
      figures.map(figure => [
        figureWord(figure.name),
        valueText(figure.a, figure),
        valueText(figure.b, figure),
        differenceText(figure),
      ]),
      [1, 2, 3],
    ),
    '',
  ].join('\n\n');
}

function sentence({ settings, figures, scenarios }: DrillComparison): string {
  const outage = figures.find(({ name }) => name === 'outage');
  const lost = figures.find(({ name }) => name === 'lost');
  const isSame = scenarios[0] === scenarios[1];
  // Two scenarios differ in more than in what is set.
  const changed = [
    ...(isSame && settings.length > 0 ? [] : [[...new Set(scenarios)].join(' → ')]),
    ...settings.map(({ name, a, b }) => `${name} ${a ?? '–'} → ${b ?? '–'}`),
  ];
  const outages = outage ? `${valueText(outage.a, outage)} → ${valueText(outage.b, outage)}` : '–';
  const losses = lost ? `${valueText(lost.a, lost)} → ${valueText(lost.b, lost)}` : '–';
  return l10n.t('{0}: outage {1}, lost writes {2}.', markdownText(changed.join(', ')), outages, losses);
}

function figureWord(name: string): string {
  switch (name) {
    case 'outage':
      return l10n.t('Outage');
    case 'acknowledged':
      return l10n.t('Acknowledged');
    case 'lost':
      return l10n.t('Of these lost');
    case 'staleMaster':
      return l10n.t('Old master went on acknowledging');
    default:
      return /^[a-z]/.test(name) && name !== 'other' ? predictedPhaseWord(name as PredictedPhaseName) : name;
  }
}

function valueText(value: number | null, { unit }: ComparedFigure): string {
  if (value === null) return '–';
  return unit === 'ms' ? durationText(value) : countText(value);
}

function differenceText(figure: ComparedFigure): string {
  const { difference } = figure;
  if (difference === null) return '';
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '';
  return `${sign}${valueText(Math.abs(difference), figure)}`;
}
