import * as l10n from '@vscode/l10n';
import type { TimelineViewTexts } from '../../protocol/timelineViewTexts';

/** The texts of the timeline and of its tables, which have no translations of their own. */
export function timelineViewTexts(): TimelineViewTexts {
  return {
    name: l10n.t('Timeline of the failover'),
    kind: l10n.t('timeline'),
    help: l10n.t(
      'Left and right: previous and next event. Up and down: lane. Enter: open the log there. Space: put the cursor there. Plus and minus: zoom. F: the failover. 0: everything. Home and end: first and last event.',
    ),
    legend: l10n.t(
      '▼ +sdown · ◆ +odown · ● +try-failover · ■ +switch-master · ✖ problem · •3: other events and how many · arrows: votes, bold for the winner · hatched: down',
    ),
    several: l10n.t('{0} events here: {1}'),
    range: l10n.t('{0} to {1}'),
    cursorAt: l10n.t('Cursor at {0}'),
    noFurther: l10n.t('No further event'),
    noneInLane: l10n.t('{0}: no events'),
    lasting: l10n.t('not over'),
    roles: { master: l10n.t('master'), replica: l10n.t('replica') },
    down: l10n.t('down (+sdown)'),
    leader: l10n.t('leader of epoch {0}'),
    epoch: l10n.t('epoch {0}'),
    milliseconds: l10n.t('{0} ms'),
    seconds: l10n.t('{0} s'),
    minutes: l10n.t('{0} min {1} s'),
    empty: l10n.t('Nothing has happened yet. Events appear here when nodes log them.'),
    tables: {
      name: l10n.t('The timeline as tables'),
      day: l10n.t('All times are of {0}.'),
      failovers: l10n.t('Failovers'),
      phases: l10n.t('Phases'),
      votes: l10n.t('Votes'),
      roles: l10n.t('Roles'),
      downs: l10n.t('Times down (+sdown)'),
      syncs: l10n.t('Syncs'),
      bars: l10n.t('Faults and outages'),
      events: l10n.t('Events'),
      begin: l10n.t('Start time'),
      end: l10n.t('End time'),
      duration: l10n.t('Duration'),
      time: l10n.t('Time'),
      node: l10n.t('Node'),
      phase: l10n.t('Phase'),
      role: l10n.t('Role'),
      what: l10n.t('What happened'),
      event: l10n.t('Event'),
      weight: l10n.t('Importance'),
      weights: {
        detail: l10n.t('detail'),
        routine: l10n.t('routine'),
        noteworthy: l10n.t('noteworthy'),
        problem: l10n.t('problem'),
      },
      shown: l10n.t('{0} of {1} events'),
      more: l10n.t('Show More'),
      open: l10n.t('Open the log at {0}'),
    },
  };
}
