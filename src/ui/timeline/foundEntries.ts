import type { LogEntry } from '../../lab/logEntry';

/** So many entries are looked at in one go; then everything else in the extension host has its turn. */
const slice = 5_000;

/**
 * The entries in which every one of the words stands, in the explanation, the log's own words or the node's name; letters count alike.
 * Undefined: there are no words.
 */
export async function foundEntries(
  entries: readonly LogEntry[],
  text: string,
): Promise<readonly LogEntry[] | undefined> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const found: LogEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    const { node, record, explanation } = entry;
    const content = `${node} ${record.head.message} ${explanation?.text ?? ''}`.toLowerCase();
    if (words.every(word => content.includes(word))) found.push(entry);
    if (index % slice === slice - 1) await new Promise(resolve => setImmediate(resolve));
  }
  return found;
}
