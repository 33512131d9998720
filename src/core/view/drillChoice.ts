import * as l10n from '@vscode/l10n';
import type { DrillFigures } from '../drill/compareDrills';
import { fullTime } from './logRow';
import { durationText } from './storyNames';
import { countText, timeText } from './words';

/** A finished drill as a row of a list. */
export interface DrillChoice {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** When it was, in which lab, what was felt of it, and whether it came as expected. `now` is milliseconds since 1970. */
export function drillChoice(drill: DrillFigures, title: string, now: number): DrillChoice {
  const { passed, lab, probe } = drill;
  const icon = passed ? 'pass' : 'error';
  const parts = [
    passed ? l10n.t('as expected') : l10n.t('not as expected'),
    ...(probe ? [l10n.t('outage {0}', durationText(probe.outageMs))] : []),
    ...(typeof probe?.lost === 'number' ? [l10n.t('lost writes: {0}', countText(probe.lost))] : []),
  ];
  return {
    label: `$(${icon}) ${title}`,
    description: [drillTime(drill, now), lab ?? ''].filter(text => text !== '').join(' · '),
    detail: parts.join(' · '),
  };
}

/** When a drill began, on the wall clock of this machine: `12:03:41` today, else `2026-11-22 12:03`; empty where nobody knows. */
export function drillTime({ startedAt }: DrillFigures, now: number): string {
  const at = Date.parse(startedAt ?? '');
  if (Number.isNaN(at)) return '';
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? timeText(at) : fullTime(at).slice(0, 'YYYY-MM-DD HH:MM'.length);
}

/** The two in the order in which they were done; as they are where that is not known. */
export function earlierFirst<T extends { readonly drill: DrillFigures }>(a: T, b: T): readonly [T, T] {
  const [first, second] = [a, b].map(({ drill }) => Date.parse(drill.startedAt ?? ''));
  return (first ?? 0) > (second ?? 0) ? [b, a] : [a, b];
}
