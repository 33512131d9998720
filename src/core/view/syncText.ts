import * as l10n from '@vscode/l10n';
import type { Sync } from '../story/syncs';
import { durationText } from './storyNames';

/** How a sync ended, in a word or two. */
export function syncOutcome({ outcome, attempts }: Sync): string {
  switch (outcome) {
    case 'succeeded':
      return l10n.t('succeeded');
    case 'failed':
      return attempts > 1 ? l10n.t('failed {0} times', attempts) : l10n.t('failed');
    case 'unfinished':
      return l10n.t('unfinished');
  }
}

/** Why it failed, in the log's own words, or why a partial one was not possible; empty where there is nothing to say. */
export function syncReason({ outcome, reason, whyFull }: Sync): string {
  if (outcome === 'failed') return reason ?? '';
  switch (whyFull) {
    case 'first-sync':
      return l10n.t('first sync with this master');
    case 'other-history':
      return l10n.t(
        'the master does not know the replication id of the replica: its data has another history',
      );
    case 'backlog':
      return l10n.t('what was missed is not in the backlog any more (`repl-backlog-size`)');
    case 'ahead':
      return l10n.t('the replica had more data than the master');
    case null:
      return '';
  }
}

/** A sync in one sentence: `Full sync with 127.0.0.1:6379: succeeded, 1.2 s (first sync with this master)`. */
export function syncText(sync: Sync): string {
  const { kind, master, durationMs } = sync;
  const head =
    kind === 'full'
      ? l10n.t('Full sync with {0}', master ?? '?')
      : l10n.t('Partial sync with {0}', master ?? '?');
  const took = durationMs === null ? '' : `, ${durationText(durationMs)}`;
  const why = syncReason(sync).replaceAll('`', '');
  return `${head}: ${syncOutcome(sync)}${took}${why === '' ? '' : ` (${why})`}`;
}
