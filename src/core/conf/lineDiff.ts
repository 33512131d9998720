/** Lines of two texts side by side: a line of only one of them has no number in the other. Numbers count from 0. */
export interface LinePair {
  readonly first: number | undefined;
  readonly now: number | undefined;
}

/** Matches equal lines in order (longest common subsequence) and gives all others alone. */
export function matchLines(first: readonly string[], now: readonly string[]): readonly LinePair[] {
  let head = 0;
  while (head < first.length && head < now.length && first[head] === now[head]) head++;
  let tail = 0;
  while (
    tail < first.length - head &&
    tail < now.length - head &&
    first[first.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail++;
  const pairs: LinePair[] = Array.from({ length: head }, (_, at) => ({ first: at, now: at }));
  pairs.push(...matchMiddle(first, now, { head, firstEnd: first.length - tail, nowEnd: now.length - tail }));
  for (let at = tail; at > 0; at--) pairs.push({ first: first.length - at, now: now.length - at });
  return pairs;
}

function matchMiddle(
  first: readonly string[],
  now: readonly string[],
  { head, firstEnd, nowEnd }: { readonly head: number; readonly firstEnd: number; readonly nowEnd: number },
): readonly LinePair[] {
  const width = nowEnd - head + 1;
  // common[i * width + j]: how many lines the rests from i and from j have in common
  const common = new Uint32Array((firstEnd - head + 1) * width);
  const at = (i: number, j: number): number => common[(i - head) * width + (j - head)] ?? 0;
  for (let i = firstEnd - 1; i >= head; i--)
    for (let j = nowEnd - 1; j >= head; j--)
      common[(i - head) * width + (j - head)] =
        first[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: LinePair[] = [];
  let [i, j] = [head, head];
  while (i < firstEnd || j < nowEnd) {
    if (i < firstEnd && j < nowEnd && first[i] === now[j]) pairs.push({ first: i++, now: j++ });
    else if (j >= nowEnd || (i < firstEnd && at(i + 1, j) >= at(i, j + 1)))
      pairs.push({ first: i++, now: undefined });
    else pairs.push({ first: undefined, now: j++ });
  }
  return pairs;
}
