import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import type { Row } from '../../core/view/labRows';
import type { LabEntry } from '../labs/labEntry';

/** The row of a folder whose lab.json cannot be read: it says where and why, and opens the file. */
export function faultyRow(entry: LabEntry): Row {
  const { error } = entry;
  const line = error?.details.place?.line;
  const description = error
    ? [line === undefined ? undefined : l10n.t('lab.json line {0}', line), error.message]
        .filter(part => part !== undefined)
        .join(': ')
    : l10n.t('is being read');
  return {
    id: entry.directory,
    label: basename(entry.directory),
    description,
    steady: description,
    icon: error ? { id: 'error', color: 'errorForeground' } : { id: 'loading~spin', color: undefined },
    context: entry.isAdded ? 'faulty added' : 'faulty',
    spoken: `${basename(entry.directory)}, ${description}`,
    children: [],
    nodes: [],
  };
}
