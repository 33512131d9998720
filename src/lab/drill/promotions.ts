import type { SeenLine } from '../../core/drill/seenLine';
import type { ProbeRecord } from '../../core/probe/probeRecord';
import type { Promotion } from '../../core/probe/promotions';

/** Who became master when, on the probe's clock: by the logs, which know it before any client does. */
export function promotionsIn(
  lines: readonly SeenLine[],
  record: ProbeRecord,
  firstMaster: number | undefined,
): readonly Promotion[] {
  const told = lines
    .flatMap(({ to, at }) => (to === undefined ? [] : [{ port: to, at: at - record.wallZero }]))
    .toSorted((a, b) => a.at - b.at);
  const found: Promotion[] = [{ port: firstMaster ?? record.master, at: Number.NEGATIVE_INFINITY }];
  for (const promotion of told) if (promotion.port !== found.at(-1)?.port) found.push(promotion);
  return found;
}
