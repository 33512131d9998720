import type { Topology } from './topology';

/** One node of a {@link Topology} in words, for those who do not look at the drawing. */
export interface TopologyTableRow {
  /** Its name in the lab. */
  readonly node: string;
  readonly label: string;
  readonly caption: string;
  readonly detail: string;
  /** One sentence for each edge that goes out from it, and for each broken link at it. */
  readonly links: readonly string[];
}

/** Everything that the drawing shows, as rows of words. */
export function topologyTable({ nodes, edges }: Topology): readonly TopologyTableRow[] {
  return nodes.map(({ name, label, caption, detail }) => ({
    node: name,
    label,
    caption,
    detail,
    links: edges
      .filter(({ from, to, kind }) => from === name || (kind === 'link' && to === name))
      .map(({ spoken }) => spoken),
  }));
}
