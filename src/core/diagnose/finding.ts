import type { Evidence } from '../story/storyLine';

/** `error`: service or data is lost, or the setup cannot work; `warning`: it will bite; `info`: good to know. */
export type Severity = 'error' | 'warning' | 'info';

/** What a rule found, before it is put into words. */
export interface Finding {
  /** A stable id, such as `master-unreachable`. */
  readonly rule: string;
  readonly severity: Severity;
  /** Which of the rule's texts fits, where it has several (`cause.refused` beside `cause`). */
  readonly variant?: string;
  /** What the texts put into their `{placeholders}`. */
  readonly values: Readonly<Record<string, string | number>>;
  /** Where it shows, the telling lines first. Never empty. */
  readonly evidence: readonly Evidence[];
}

/** At most so many lines prove a finding: enough to see it, few enough to read. */
const mostEvidence = 8;

/** The first lines and the last ones, each once. */
export function evidenceOf(...places: readonly (Evidence | undefined)[]): readonly Evidence[] {
  const seen = new Set<string>();
  const distinct = places.flatMap(place => {
    const key = place && `${place.file}\n${place.line}`;
    if (!place || key === undefined || seen.has(key)) return [];
    seen.add(key);
    return [{ file: place.file, line: place.line }];
  });
  if (distinct.length <= mostEvidence) return distinct;
  return [...distinct.slice(0, mostEvidence / 2), ...distinct.slice(-mostEvidence / 2)];
}
