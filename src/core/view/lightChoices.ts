import * as l10n from '@vscode/l10n';
import type { ReadyLight } from '../drill/readyLight';

/** One way on when the ready light is off, as a row of a list. */
export interface LightChoice {
  readonly id: 'wait' | 'anyway';
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** What can be done when a lab is not ready for a drill: wait for what is missing, or begin and see something else. */
export function lightChoices({ checks, waitMs }: ReadyLight): readonly LightChoice[] {
  const missing = checks.filter(({ ok }) => !ok);
  return [
    {
      id: 'wait',
      label: l10n.t('Wait until Ready'),
      description:
        waitMs === undefined
          ? l10n.t('how long is not known')
          : l10n.t('at most {0} s', Math.ceil(waitMs / 1_000)),
      detail: missing.map(({ text }) => text).join(' '),
    },
    {
      id: 'anyway',
      label: l10n.t('Run Anyway'),
      description: l10n.t('what you would see'),
      detail: [...new Set(missing.flatMap(({ anyway }) => anyway ?? []))].join(' '),
    },
  ];
}
