import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import { compareDrills } from '../core/drill/compareDrills';
import { comparisonMarkdown } from '../core/view/comparisonMarkdown';
import { readStoredDrill } from '../node/drill/storedDrill';
import type { CliContext } from './context';
import { UsageError } from './usageError';

/** Prints two drills side by side, from the files that `drill --json` made. */
export async function compareFiles(
  files: readonly string[],
  isJson: boolean,
  { print }: CliContext,
): Promise<number> {
  const [first, second, ...more] = files;
  if (first === undefined || second === undefined || more.length > 0)
    throw new UsageError(l10n.t('Expected: {0}.', 'compare A.json B.json'));
  const comparison = compareDrills(await readStoredDrill(first), await readStoredDrill(second));
  print(
    isJson
      ? JSON.stringify(comparison, undefined, 2)
      : comparisonMarkdown(comparison, [basename(first), basename(second)]).trimEnd(),
  );
  return 0;
}
