import { putValues } from '../view/putValues';
import type { SceneTexts } from './sceneView';
import type { Measure } from './sceneView';

/** `76 ms`, `3.2 s`, `2 min 5 s`. */
export function durationWords(
  milliseconds: number,
  texts: Pick<SceneTexts, 'milliseconds' | 'seconds' | 'minutes'>,
): string {
  if (milliseconds < 1_000) return putValues(texts.milliseconds, Math.round(milliseconds));
  if (milliseconds < 60_000) return putValues(texts.seconds, (milliseconds / 1_000).toFixed(1));
  const seconds = Math.round(milliseconds / 1_000);
  return putValues(texts.minutes, Math.floor(seconds / 60), seconds % 60);
}

/** As much of a text as there is room for, with an ellipsis; empty where even that would say nothing. */
export function shorten(text: string, room: number, measure: Measure, isBold = false): string {
  if (measure(text, isBold) <= room) return text;
  const characters = Array.from(text);
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (measure(`${characters.slice(0, middle).join('')}…`, isBold) <= room) low = middle;
    else high = middle - 1;
  }
  return low < 3 ? '' : `${characters.slice(0, low).join('').trimEnd()}…`;
}
