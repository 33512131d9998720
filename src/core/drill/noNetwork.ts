import * as l10n from '@vscode/l10n';
import { HumanError } from '../humanError';
import type { Lab } from '../model/lab';

/**
 * Why nothing can be done to the links of a lab that has no network, and how it gets one. `labFile`, absolute, is for who can open it:
 * the command line takes an error with a place for a file that could not be read.
 */
export function noNetwork(lab: Lab, labFile?: string): HumanError {
  return new HumanError(
    l10n.t(
      'The nodes of "{0}" are connected directly, so no link can be cut, slowed down or made lossy. Add "network": true to its lab.json, then stop, reset and start it.',
      lab.name,
    ),
    labFile === undefined ? {} : { place: { file: labFile }, remedy: 'openLabFile' },
  );
}
