import * as l10n from '@vscode/l10n';
import type { DrillReport } from '../drill/drillReport';
import { failoverSentence } from './failoverSentence';
import { durationText } from './storyNames';
import { countText } from './words';

/** A whole drill in a few short sentences: what it was, whether it came as expected, what happened, what was lost. */
export function drillSentence(report: DrillReport, title: string | undefined): string {
  const { record, isPassed, failover, story, verdicts } = report;
  const name = title ?? record.scenario.name;
  const missed = verdicts.filter(({ ok }) => !ok).length;
  const result = isPassed
    ? l10n.t('{0}: as expected.', name)
    : missed > 0
      ? l10n.t('{0}: not as expected ({1} of {2} did not come true).', name, missed, verdicts.length)
      : l10n.t('{0}: not done to its end.', name);
  const happened = failover ? failoverSentence(failover, story) : l10n.t('There was no failover.');
  return [result, happened, ...feltSentences(report)].join(' ');
}

function feltSentences({ clients, probe }: DrillReport): readonly string[] {
  if (!probe) return [];
  const sentences: string[] = [];
  const main = clients.find(({ client }) => client === 'sentinel') ?? clients[0];
  if (main)
    sentences.push(
      main.outageMs > 0
        ? l10n.t('Writes did not get through for {0}.', durationText(Math.round(main.outageMs)))
        : l10n.t('All writes got through.'),
    );
  if (probe.lost === undefined) return sentences;
  return [
    ...sentences,
    probe.lost === 0
      ? l10n.t('No acknowledged write is lost.')
      : l10n.t('Lost acknowledged writes: {0} of {1}.', countText(probe.lost), countText(probe.acknowledged)),
  ];
}
