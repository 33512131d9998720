import type { GlyphName } from './glyphs';

/** What a colour is for; a painter knows the theme's colour of each. */
export const paints = [
  'background',
  'text',
  'dim',
  'line',
  'band',
  'master',
  'replica',
  'sentinel',
  'down',
  'sync',
  'fault',
  'outage',
  'stale',
  'problem',
  'event',
  'vote',
  'cursor',
  'selected',
] as const;

export type Paint = (typeof paints)[number];

/** CSS colours. */
export type Palette = Readonly<Record<Paint, string>>;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface RectShape extends Box {
  readonly kind: 'rect';
  readonly fill?: Paint;
  /** Of the filling, 0 to 1. */
  readonly alpha?: number;
  readonly stroke?: Paint;
  readonly lineWidth?: number;
  readonly radius?: number;
  readonly isDashed?: boolean;
}

/** A box full of slanting lines. */
export interface HatchShape extends Box {
  readonly kind: 'hatch';
  readonly stroke: Paint;
}

export interface LineShape {
  readonly kind: 'line';
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly stroke: Paint;
  readonly alpha?: number;
  readonly lineWidth?: number;
  readonly isDashed?: boolean;
}

/** A curve with a tip at its end: begin, two control points, end. */
export interface ArrowShape {
  readonly kind: 'arrow';
  readonly points: readonly [number, number, number, number, number, number, number, number];
  readonly stroke: Paint;
  readonly lineWidth: number;
}

export interface TextShape {
  readonly kind: 'text';
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
  readonly text: string;
  readonly fill: Paint;
  readonly size: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly isBold?: boolean;
  /** With an edge of the background's colour, where it stands on something. */
  readonly hasHalo?: boolean;
}

export interface GlyphShape {
  readonly kind: 'glyph';
  readonly glyph: GlyphName;
  readonly x: number;
  readonly y: number;
  /** Half of its height, in px. */
  readonly size: number;
  readonly fill: Paint;
}

export type Shape = RectShape | HatchShape | LineShape | ArrowShape | TextShape | GlyphShape;

/** Shapes, bottom to top, of which only what is in `clip` is seen. */
export interface Layer {
  readonly clip: Box;
  readonly shapes: readonly Shape[];
}

/** What a place in the picture stands for; `index` counts in the list of that name in the scene. */
export type TargetOf =
  | {
      readonly type: 'mark';
      readonly lane: string;
      /** The most important one. */
      readonly key: number;
      readonly count: number;
      /** Its marks are among these of its lane; see `keysOf`. */
      readonly first: number;
      readonly end: number;
    }
  | {
      readonly type: 'failover' | 'phase' | 'vote' | 'sync' | 'bar' | 'role' | 'down';
      readonly index: number;
    };

export interface Target extends Box {
  readonly of: TargetOf;
}

/** The whole picture, in px; bottom to top. */
export interface ScenePicture {
  readonly width: number;
  /** What is seen of it. */
  readonly height: number;
  /** All of it, with the lanes that are scrolled away. */
  readonly fullHeight: number;
  /** Where time begins: right of the lanes' names. */
  readonly left: number;
  /** Where it ends. */
  readonly right: number;
  /** Where the lanes begin: below the time axis. */
  readonly head: number;
  readonly fontSize: number;
  readonly layers: readonly Layer[];
  /** What is on top stands behind. */
  readonly targets: readonly Target[];
}

/** What is at a place: the topmost. */
export function targetAt({ targets }: ScenePicture, x: number, y: number): Target | undefined {
  return targets.findLast(
    target => x >= target.x && x <= target.x + target.width && y >= target.y && y <= target.y + target.height,
  );
}
