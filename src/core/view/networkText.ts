import * as l10n from '@vscode/l10n';
import type { LabState } from '../model/labState';
import { networkStatus } from '../network/networkStatus';
import { statusWord } from './words';

/** One line about the network of a lab; undefined where it has none. */
export function networkText(state: LabState): string | undefined {
  const status = networkStatus(state);
  if (status === 'none') return undefined;
  const pid = state.network?.life === 'gone' ? undefined : state.network?.record?.pid;
  return pid === undefined
    ? l10n.t('Network: {0}', statusWord(status))
    : l10n.t('Network: {0} (pid {1})', statusWord(status), pid);
}
