import type { DetailPart } from '../protocol/logPanel';
import { make } from './elements';

/** What is known about a line, a paragraph a part. */
export function detailParts(parts: readonly DetailPart[]): readonly HTMLElement[] {
  return parts.map(({ label, text, isLog }) =>
    make('p', isLog ? { class: 'log' } : {}, ...(label === '' ? [] : [make('b', {}, `${label}: `)]), text),
  );
}
