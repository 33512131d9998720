import type { PassingReport } from '../story/report';

/**
 * A report as JSON text, piece by piece: one node, failover or sync a line, so that the report of a large log needs not be one string.
 */
export function* reportJson(report: PassingReport): Generator<string> {
  const parts = Object.entries(report) as readonly (readonly [string, Iterable<unknown>])[];
  yield '{';
  for (const [index, [name, items]] of parts.entries()) {
    yield `${index === 0 ? '' : ','}\n"${name}": [`;
    yield* itemLines(items);
    yield ']';
  }
  yield '\n}\n';
}

/** How many items make one piece. */
const itemsAtOnce = 100;

function* itemLines(items: Iterable<unknown>): Generator<string> {
  let piece = '';
  let count = 0;
  for (const item of items) {
    piece += `${count === 0 ? '' : ','}\n${JSON.stringify(item)}`;
    count++;
    if (count % itemsAtOnce > 0) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
