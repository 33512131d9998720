import { makeSvg } from './svg';

type Shapes = readonly Readonly<Record<string, string>>[];

const ring = 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z';

/** The icons of the tree, drawn once more: a page has no icon font. Around 0, 0 and 14 wide; `fill` or `line` of the node's colour. */
const glyphs: Readonly<Record<string, Shapes>> = {
  'circle-filled': [{ d: ring, class: 'fill' }],
  'circle-outline': [{ d: ring, class: 'line' }],
  'circle-slash': [{ d: `${ring}M-4.2 4.2L4.2 -4.2`, class: 'line' }],
  eye: [
    { d: 'M-7 0Q0 -8.5 7 0Q0 8.5 -7 0z', class: 'line' },
    { d: 'M-2.2 0a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0 -4.4 0z', class: 'fill' },
  ],
  'loading~spin': [{ d: 'M0 -6a6 6 0 1 1 -6 6', class: 'line spin' }],
  error: [{ d: `${ring}M-2.6 -2.6L2.6 2.6M2.6 -2.6L-2.6 2.6`, class: 'line' }],
  'debug-pause': [{ d: 'M-5 -6h3.6v12h-3.6zM1.4 -6h3.6v12h-3.6z', class: 'fill' }],
  question: [{ d: 'M-3 -3.2a3 3 0 1 1 4.4 2.6Q0 0.4 0 2M0 5v0.6', class: 'line' }],
  warning: [{ d: 'M0 -6.5L7 6H-7zM0 -2V2.4M0 4v0.6', class: 'line' }],
  lock: [{ d: 'M-5 -1h10v7h-10zM-3 -1v-2a3 3 0 0 1 6 0v2', class: 'line' }],
};

/** A codicon of the tree as a drawing. */
export function nodeGlyph(id: string): SVGGElement {
  return makeSvg('g', {}, ...(glyphs[id] ?? []).map(shape => makeSvg('path', shape)));
}
