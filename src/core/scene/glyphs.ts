import type { Paint } from './shape';

/** Every meaning has a shape of its own: colour is never alone. */
export type GlyphName =
  | 'triangle'
  | 'hollowTriangle'
  | 'diamond'
  | 'hollowDiamond'
  | 'circle'
  | 'square'
  | 'cross'
  | 'dot'
  | 'ring';

/** How marks of one rank look. Ranks count from the least important; where marks stand close together, the highest one is seen. */
export interface MarkLook {
  readonly glyph: GlyphName;
  readonly paint: Paint;
  /** Half of its height, in parts of the font's size. */
  readonly size: number;
}

/** By rank: first the weights of other messages (see `logWeights`), then the events of a failover. */
export const markLooks: readonly MarkLook[] = [
  { glyph: 'dot', paint: 'dim', size: 0.12 },
  { glyph: 'dot', paint: 'dim', size: 0.18 },
  { glyph: 'dot', paint: 'event', size: 0.22 },
  { glyph: 'hollowTriangle', paint: 'sentinel', size: 0.32 },
  { glyph: 'hollowDiamond', paint: 'sentinel', size: 0.36 },
  { glyph: 'cross', paint: 'problem', size: 0.3 },
  { glyph: 'triangle', paint: 'sentinel', size: 0.38 },
  { glyph: 'circle', paint: 'sentinel', size: 0.34 },
  { glyph: 'diamond', paint: 'sentinel', size: 0.44 },
  { glyph: 'square', paint: 'sentinel', size: 0.36 },
];

const rankOfWeight = [0, 1, 2, 5];
const rankOfName = new Map([
  ['-sdown', 3],
  ['-odown', 4],
  ['+sdown', 6],
  ['+try-failover', 7],
  ['+odown', 8],
  ['+switch-master', 9],
]);

/** Index into {@link markLooks} of an event's name and weight. */
export function markRank(name: string, weight: number): number {
  return rankOfName.get(name) ?? rankOfWeight[weight] ?? 0;
}

/** A closed line around 0,0 with y downward, one unit from its middle to its top; `isOpen`: it is only a line. Dots and circles have none. */
export const outlines: Readonly<
  Partial<
    Record<GlyphName, { readonly points: readonly (readonly [number, number])[]; readonly isHollow: boolean }>
  >
> = {
  triangle: {
    points: [
      [-1.1, -0.9],
      [1.1, -0.9],
      [0, 1],
    ],
    isHollow: false,
  },
  // What is over points upward.
  hollowTriangle: {
    points: [
      [-1.1, 0.9],
      [1.1, 0.9],
      [0, -1],
    ],
    isHollow: true,
  },
  diamond: {
    points: [
      [0, -1.1],
      [1, 0],
      [0, 1.1],
      [-1, 0],
    ],
    isHollow: false,
  },
  hollowDiamond: {
    points: [
      [0, -1.1],
      [1, 0],
      [0, 1.1],
      [-1, 0],
    ],
    isHollow: true,
  },
  square: {
    points: [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ],
    isHollow: false,
  },
  cross: {
    points: [
      [-1, -0.6],
      [-0.6, -1],
      [0, -0.4],
      [0.6, -1],
      [1, -0.6],
      [0.4, 0],
      [1, 0.6],
      [0.6, 1],
      [0, 0.4],
      [-0.6, 1],
      [-1, 0.6],
      [-0.4, 0],
    ],
    isHollow: false,
  },
};
