import * as l10n from '@vscode/l10n';
import { standInFor } from '../core/conf/directives';
import { formatVersion, parseVersion, type ServerVersion } from '../core/conf/serverVersion';
import type { CliContext } from './context';
import { UsageError } from './usageError';

/** The version that `--redis` names. A version that was not tested is said to be measured by the nearest older one. */
export function versionOption(text: string | undefined, { tell }: CliContext): ServerVersion | undefined {
  if (text === undefined) return undefined;
  const version = parseVersion(text);
  if (!version)
    throw new UsageError(
      l10n.t('--redis takes a version such as 7.0.15, valkey-8.1.1 or windows-3.0.504, not "{0}".', text),
    );
  const standIn = standInFor(version);
  if (formatVersion(standIn) !== formatVersion(version))
    tell(l10n.t('{0} was not tested; {1} stands in for it.', formatVersion(version), formatVersion(standIn)));
  return version;
}
