/**
 * Puts new lines, themselves in order, into a list that is in order, behind those of the same time. New lines are nearly always the
 * newest, so the search begins at the end.
 */
export function insertByTime<T extends { readonly at: number }>(list: T[], added: readonly T[]): void {
  let from = list.length;
  const [first] = added;
  if (first === undefined) return;
  while (from > 0 && (list[from - 1]?.at ?? 0) > first.at) from--;
  const newer = list.splice(from);
  let next = 0;
  for (const line of added) {
    for (; next < newer.length && (newer[next]?.at ?? 0) <= line.at; next++) list.push(newer[next] as T);
    list.push(line);
  }
  for (; next < newer.length; next++) list.push(newer[next] as T);
}
