import { sentinelNodes, serverNodes, type Lab } from '../model/lab';

/** A place in the drawing, in units of one pixel at 100 %. Of a node it is the middle. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The box of a node. */
export const boxSize = { width: 144, height: 48 } as const;

/** From the middle of a node to the middle of the next one of its row. */
const pitch = 168;
/** From the middle of the Sentinels' row to that of the data nodes. */
const rowDistance = 176;
const margin = 12;
/** The label of an arc stands across its peak. */
const labelHeight = 16;

export interface TopologyPlaces {
  readonly places: ReadonlyMap<string, Place>;
  readonly width: number;
  readonly height: number;
}

/**
 * Where the nodes of a lab stand: the Sentinels in a row above the data nodes, both by port. Roles and states have no say in it, so
 * that a node is always found where it was.
 */
export function topologyPlaces(lab: Lab): TopologyPlaces {
  const sentinels = sentinelNodes(lab).toSorted((a, b) => a.port - b.port);
  const servers = serverNodes(lab).toSorted((a, b) => a.port - b.port);
  const width = Math.max(sentinels.length, servers.length, 1) * pitch + 2 * margin;
  // Above the Sentinels only broken links are drawn, which a lab without a network never has.
  const above = lab.network ? arcSpace(sentinels.length) : 0;
  const first = margin + above + boxSize.height / 2;
  const second = sentinels.length === 0 ? first : first + rowDistance;
  const row = (nodes: Lab['nodes'], y: number): (readonly [string, Place])[] =>
    nodes.map(({ name }, index) => [name, { x: width / 2 + (index - (nodes.length - 1) / 2) * pitch, y }]);
  return {
    places: new Map([...row(sentinels, first), ...row(servers, second)]),
    width,
    height: second + boxSize.height / 2 + arcSpace(servers.length) + margin,
  };
}

function arcSpace(nodes: number): number {
  return nodes < 2 ? 0 : arcDepth((nodes - 1) * pitch) + labelHeight;
}

/** How far an arc leaves its row: the farther apart its ends, the deeper, so that arcs to one node do not run into each other. */
function arcDepth(distance: number): number {
  return 14 + 20 * Math.min(Math.round(distance / pitch), 8);
}

/** How an edge is drawn: a curve of one bend, and the place of its label. */
export interface EdgeShape {
  readonly start: Place;
  /** Where the curve is pulled to (the control point of a quadratic Bézier curve). */
  readonly bend: Place;
  readonly end: Place;
  readonly label: Place;
  /** How far along the edge its label is, 0 to 1. */
  readonly labelAt: number;
}

/**
 * Between the rows an edge is a straight line; within a row it is an arc on the side away from the other row. Neither runs through a
 * node. `isAbove`: the row that both ends stand in is that of the Sentinels. `turn` counts the node an edge comes from in its row:
 * labels of lines that cross stand at different heights.
 */
export function edgeShape(
  from: Place,
  to: Place,
  { isAbove, turn }: { isAbove: boolean; turn: number },
): EdgeShape {
  const half = boxSize.height / 2;
  if (from.y === to.y) {
    const side = isAbove ? -1 : 1;
    const start = { x: from.x, y: from.y + side * half };
    const end = { x: to.x, y: to.y + side * half };
    const depth = arcDepth(Math.abs(to.x - from.x));
    const middle = (start.x + end.x) / 2;
    return {
      start,
      end,
      // The peak of such a curve is half as far away as what pulls it.
      bend: { x: middle, y: start.y + side * 2 * depth },
      label: { x: middle, y: start.y + side * depth },
      labelAt: 0.5,
    };
  }
  const side = from.y < to.y ? 1 : -1;
  const start = { x: from.x, y: from.y + side * half };
  const end = { x: to.x, y: to.y - side * half };
  const at = 0.35 + 0.15 * (turn % 3);
  const between = (share: number): Place => ({
    x: start.x + (end.x - start.x) * share,
    y: start.y + (end.y - start.y) * share,
  });
  return { start, end, bend: between(0.5), label: between(at), labelAt: at };
}
