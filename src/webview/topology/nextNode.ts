import type { TopologyNode } from '../../core/view/topology';

type Placed = Pick<TopologyNode, 'name' | 'x' | 'y'>;

/** The node that a key leads to: the next one in its row, or the nearest one in the other row; undefined: none is there. */
export function nextNode(nodes: readonly Placed[], from: string, key: string): string | undefined {
  const start = nodes.find(({ name }) => name === from);
  if (!start) return undefined;
  const row = nodes.filter(({ y }) => y === start.y).toSorted((a, b) => a.x - b.x);
  const index = row.indexOf(start);
  switch (key) {
    case 'ArrowLeft':
      return row[index - 1]?.name;
    case 'ArrowRight':
      return row[index + 1]?.name;
    case 'Home':
      return row[0]?.name;
    case 'End':
      return row.at(-1)?.name;
    case 'ArrowUp':
      return nearest(nodes.filter(({ y }) => y < start.y));
    case 'ArrowDown':
      return nearest(nodes.filter(({ y }) => y > start.y));
    default:
      return undefined;
  }

  function nearest(others: readonly Placed[]): string | undefined {
    const { x } = start ?? { x: 0 };
    return others.toSorted((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x))[0]?.name;
  }
}
