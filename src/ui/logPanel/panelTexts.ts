import * as l10n from '@vscode/l10n';
import { roleWord } from '../../core/view/words';
import type { PanelTexts } from '../../protocol/logPanel';

/** The texts of the log panel, which has no translations of its own. */
export function panelTexts(): PanelTexts {
  return {
    list: l10n.t('Log of all nodes'),
    toolbar: l10n.t('What is shown'),
    filter: l10n.t('Filter by words'),
    node: l10n.t('Node'),
    phase: l10n.t('Phase'),
    weight: l10n.t('Importance'),
    allNodes: l10n.t('All nodes'),
    dataNodes: l10n.t('Data nodes'),
    sentinels: l10n.t('Sentinels'),
    pause: l10n.t('Pause'),
    resume: l10n.t('Resume'),
    paused: l10n.t('Paused. New lines: {0}'),
    newest: l10n.t('Go to the newest line'),
    count: l10n.t('Lines: {0}'),
    countFiltered: l10n.t('{0} of {1} lines'),
    clearFilter: l10n.t('Show All Lines'),
    noneMatch: l10n.t('No line matches the filter.'),
    emptyNoLabs: l10n.t(
      'No lab is open. Create or open one in the view "Redis HA", and what its nodes log appears here.',
    ),
    emptyNoLines: l10n.t('No node has logged anything yet. Start the lab, and its log appears here.'),
    emptyCleared: l10n.t('Cleared. New lines appear here; the log files keep the old ones.'),
    loading: l10n.t('Reading the logs…'),
    details: l10n.t('About the selected line'),
    copied: l10n.t('Copied lines: {0}'),
    phases: {
      all: l10n.t('All phases'),
      failover: l10n.t('Failovers'),
      detection: l10n.t('Detection'),
      agreement: l10n.t('Agreement'),
      election: l10n.t('Election'),
      promotion: l10n.t('Promotion'),
      reconfiguration: l10n.t('Reconfiguration'),
      completion: l10n.t('Completion'),
      abort: l10n.t('Aborted'),
      topology: l10n.t('Topology'),
      health: l10n.t('Health'),
      configuration: l10n.t('Configuration'),
      tilt: l10n.t('TILT'),
      other: l10n.t('Other events'),
    },
    weights: {
      detail: l10n.t('Everything'),
      routine: l10n.t('Without details'),
      noteworthy: l10n.t('Noteworthy'),
      problem: l10n.t('Problems'),
    },
    weightWords: {
      detail: l10n.t('detail'),
      routine: '',
      noteworthy: l10n.t('noteworthy'),
      problem: l10n.t('problem'),
    },
    roles: { master: roleWord('master'), replica: roleWord('replica'), sentinel: roleWord('sentinel') },
  };
}
