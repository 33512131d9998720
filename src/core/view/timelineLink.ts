import * as l10n from '@vscode/l10n';

/** A paragraph of Markdown that opens a timeline; nothing where there is none. `target` is a path relative to the page. */
export function timelineLink(target: string | undefined): readonly string[] {
  return target === undefined ? [] : [`[${l10n.t('Open the timeline')}](<${target}>)`];
}
