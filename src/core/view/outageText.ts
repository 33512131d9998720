import * as l10n from '@vscode/l10n';
import { durationText } from './storyNames';

/** The lane of a client of the probe. */
export function clientLaneText(client: string): string {
  return l10n.t('Client {0}', client);
}

/** A time in which a client could not write, in milliseconds since 1970. */
export function outageText(from: number, to: number | undefined): string {
  return to === undefined
    ? l10n.t('no write got through any more')
    : l10n.t('no writes for {0}', durationText(Math.round(to - from)));
}

/** The lane of masters that were none any more and still took writes. */
export function staleLaneText(): string {
  return l10n.t('Old master');
}

export function staleBarText(): string {
  return l10n.t('still acknowledged writes after another node had been promoted');
}
