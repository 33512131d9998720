import * as l10n from '@vscode/l10n';
import type { ConfText } from '../confText';
import { directiveName, valuesOf } from '../directiveName';

/** A word that confs of the same lab or folder use, and what it is there. */
export interface ConfWord {
  readonly text: string;
  readonly note: string;
}

/** What the confs around the one that is written name: for completion. */
export interface ConfWords {
  readonly ports: readonly ConfWord[];
  readonly hosts: readonly ConfWord[];
  readonly masters: readonly ConfWord[];
}

/** The ports, addresses and master names of one conf; `file` is its name for people. */
export function confWords({ lines }: ConfText, file: string): ConfWords {
  const [ports, hosts, masters]: ConfWord[][] = [[], [], []];
  for (const line of lines) {
    if (line.kind !== 'directive') continue;
    const values = valuesOf(line);
    const [first = '', second = '', third = ''] = values;
    switch (directiveName(line)) {
      case 'port':
        ports?.push({ text: first, note: file });
        break;
      case 'bind':
        hosts?.push(...values.map(text => ({ text, note: file })));
        break;
      case 'replicaof':
      case 'slaveof':
        hosts?.push({ text: first, note: file });
        ports?.push({ text: second, note: l10n.t('master in {0}', file) });
        break;
      case 'sentinel monitor':
        masters?.push({ text: first, note: `${second}:${third}` });
        hosts?.push({ text: second, note: file });
        ports?.push({ text: third, note: l10n.t('master in {0}', file) });
        break;
    }
  }
  return { ports: ports ?? [], hosts: hosts ?? [], masters: masters ?? [] };
}

/** The words of several confs as one; the first note of a word stays. */
export function mergeWords(all: readonly ConfWords[]): ConfWords {
  const merge = (pick: (words: ConfWords) => readonly ConfWord[]): readonly ConfWord[] => {
    const byText = new Map<string, ConfWord>();
    for (const word of all.flatMap(pick)) {
      if (word.text !== '' && !byText.has(word.text)) byText.set(word.text, word);
    }
    return [...byText.values()];
  };
  return {
    ports: merge(words => words.ports),
    hosts: merge(words => words.hosts),
    masters: merge(words => words.masters),
  };
}
