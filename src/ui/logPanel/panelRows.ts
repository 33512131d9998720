import * as l10n from '@vscode/l10n';
import { explainedLine, type ExplainedLine } from '../../core/explain/explainedLine';
import type { LogRow } from '../../core/view/logRow';
import type { LogEntry } from '../../lab/logEntry';
import type { DetailPart } from '../../protocol/logPanel';

/** The keys of one lab's entries stay below this. */
const keysOfLab = 2 ** 32;

/** Keeps which row stands for which entry; the oldest are forgotten. */
export class PanelRows {
  private readonly labs = new Map<string, number>();
  private readonly entries = new Map<number, LogEntry>();

  constructor(private readonly limit: number) {}

  /** The row of an entry; asked again, the same one. */
  rowOf(entry: LogEntry): LogRow {
    const id = this.idOf(entry);
    this.entries.set(id, entry);
    const { at, lab, node, kind, role, weight, phase, record } = entry;
    return {
      id,
      at,
      lab,
      node,
      kind,
      role: role ?? null,
      weight,
      phase: phase ?? null,
      text: textOf(entry),
      message: record.head.message,
    };
  }

  idOf({ lab, key }: LogEntry): number {
    const index = this.labs.get(lab) ?? this.labs.size;
    this.labs.set(lab, index);
    return index * keysOfLab + key;
  }

  entry(id: number): LogEntry | undefined {
    return this.entries.get(id);
  }

  /** Forgets rows that the panel has dropped by now. */
  trim(): void {
    if (this.entries.size <= this.limit * 1.2) return;
    let surplus = this.entries.size - this.limit;
    for (const id of this.entries.keys()) {
      if (surplus-- <= 0) return;
      this.entries.delete(id);
    }
  }

  forget(): void {
    this.entries.clear();
  }
}

export function textOf(entry: LogEntry): string {
  return entry.explanation?.text ?? '';
}

/** What a person who asks about a line gets to read: all that is known, then the log's own words. */
export function detailsOf({ explanation, record, weight }: LogEntry): readonly DetailPart[] {
  const parts: DetailPart[] = [];
  const add = (label: string, text: string | undefined): void => {
    if (text !== undefined) parts.push({ label, text, isLog: false });
  };
  add('', explanation?.text ?? l10n.t('This line is not recognised.'));
  add(l10n.t('What follows'), explanation?.next);
  add(l10n.t('Normal'), explanation?.benign);
  if (weight === 'problem') {
    add(l10n.t('Cause'), explanation?.cause);
    add(l10n.t('What to do'), explanation?.fix);
  }
  parts.push({ label: '', text: [record.head.message, ...record.more].join('\n'), isLog: true });
  return parts;
}

/** An entry as a line of an exported file: as `redis-ha-lab explain --json` has it, with the node. */
export function exportedLine(entry: LogEntry): ExplainedLine & { readonly node: string } {
  return { node: entry.node, ...explainedLine(entry.file, entry.record, entry.explanation) };
}
