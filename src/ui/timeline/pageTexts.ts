import * as l10n from '@vscode/l10n';
import type { PageTexts, ReplayTexts } from '../../protocol/timelineTexts';

/** The texts of a timeline's page, which has no translations of its own. */
export function pageTexts(): PageTexts {
  return {
    toolbar: l10n.t('What the timeline shows'),
    search: l10n.t('Search events'),
    found: l10n.t('{0} found'),
    weight: l10n.t('Importance'),
    weights: {
      detail: l10n.t('All events'),
      routine: l10n.t('Without details'),
      noteworthy: l10n.t('Noteworthy events'),
      problem: l10n.t('Problems only'),
    },
    failovers: l10n.t('Failovers'),
    fitFailover: l10n.t('Go to a failover ({0})'),
    noFailover: l10n.t('No failover'),
    fitAll: l10n.t('Show All'),
    table: l10n.t('As Table'),
    timeline: l10n.t('Timeline'),
    opinions: l10n.t('Opinions'),
    topology: l10n.t('Topology'),
    moment: l10n.t('At {0}: {1}'),
    now: l10n.t('Now: {0}'),
    atEnd: l10n.t('In the end: {0}'),
  };
}

/** The texts of the bar that moves through time. */
export function replayTexts(): ReplayTexts {
  return {
    bar: l10n.t('Replay'),
    slider: l10n.t('Moment'),
    play: l10n.t('Play'),
    pause: l10n.t('Pause'),
    stepBack: l10n.t('To the event before'),
    stepForward: l10n.t('To the next event'),
    speed: l10n.t('Speed'),
    times: l10n.t('{0}×'),
    live: l10n.t('Now'),
    end: l10n.t('To the End'),
  };
}
