import * as l10n from '@vscode/l10n';
import { lengthOf, type ComparedPhase, type FailoverComparison, type PhaseSpan } from './failoverComparison';
import { comparedPhaseOwner } from './failoverWords';
import { markdownProse, markdownTable } from './markdown';
import { durationText, signedDurationText } from './storyNames';

export interface ComparisonMarkdownOptions {
  /** The address of the picture, for a Markdown viewer. */
  readonly picture?: string;
}

/** Two failovers beside each other, as Markdown. Its first line says the most important difference. */
export function failoverComparisonMarkdown(
  comparison: FailoverComparison,
  { picture }: ComparisonMarkdownOptions = {},
): string {
  const { sentences, differences, facts } = comparison;
  const [main, ...rest] = differences;
  const heads = ['', l10n.t('First'), l10n.t('Second')];
  return [
    `# ${markdownProse(main?.text ?? '')}`,
    sentences.map((sentence, index) => `${index + 1}. ${markdownProse(sentence)}`).join('\n'),
    ...(picture === undefined ? [] : [`![${l10n.t('Both failovers, phase by phase')}](<${picture}>)`]),
    ...(rest.length === 0
      ? []
      : [
          [
            `**${l10n.t('What else differs')}**`,
            '',
            ...rest.map(({ text }) => `- ${markdownProse(text)}`),
          ].join('\n'),
        ]),
    markdownTable(
      [l10n.t('Phase'), l10n.t('First'), l10n.t('Second'), l10n.t('Difference'), l10n.t('Decided by')],
      [...comparison.phases.map(phaseRow), totalRow(comparison)],
      [1, 2, 3],
    ),
    markdownTable(
      heads,
      facts.map(({ label, first, second }) => [label, first, second].map(markdownProse)),
    ),
    '',
  ].join('\n\n');
}

function phaseRow({ name, label, first, second, difference }: ComparedPhase): readonly string[] {
  const length = (span: PhaseSpan | undefined): string => (span ? durationText(lengthOf(span)) : '–');
  return [
    label,
    length(first),
    length(second),
    difference === undefined ? '' : signedDurationText(difference),
    comparedPhaseOwner(name),
  ];
}

function totalRow({ totals: [first, second] }: FailoverComparison): readonly string[] {
  const text = (total: number | null): string => (total === null ? '–' : durationText(total));
  const difference = first === null || second === null ? '' : signedDurationText(second - first);
  return [`**${l10n.t('In all')}**`, text(first), text(second), difference, ''];
}
