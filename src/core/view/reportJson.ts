import type { Report } from '../story/report';

/**
 * A report as JSON text, piece by piece: one node, failover or sync a line, so that the report of a large log needs not be one string.
 */
export function* reportJson(report: Report): Generator<string> {
  const parts = Object.entries(report) as readonly (readonly [string, readonly unknown[]])[];
  yield '{';
  for (const [index, [name, items]] of parts.entries()) {
    yield `${index === 0 ? '' : ','}\n"${name}": [`;
    yield* itemLines(items);
    yield ']';
  }
  yield '\n}\n';
}

/** How many items make one piece. */
const itemsAtOnce = 200;

function* itemLines(items: readonly unknown[]): Generator<string> {
  for (let start = 0; start < items.length; start += itemsAtOnce) {
    const lines = items.slice(start, start + itemsAtOnce).map(item => JSON.stringify(item));
    yield `${start === 0 ? '' : ','}\n${lines.join(',\n')}`;
  }
}
