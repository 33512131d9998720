import type { TopologyEdge } from '../../core/view/topology';
import { setAttribute, setText } from '../elements';
import { makeSvg } from './svg';

/** Ids of the arrow heads; a page has one drawing. */
export const arrowIds = { replicates: 'topology-data', watches: 'topology-watch' } as const;

/** Of a length of 100, how much of a cut edge is missing. */
const gap = 14;

/** One link of the drawing. It is the same one when its other end changes, and then moves there. */
export class EdgeView {
  readonly element: SVGGElement;
  /** Stands above all lines. */
  readonly label = makeSvg('text', { class: 'edge-label', 'text-anchor': 'middle' });
  private readonly line = makeSvg('path', { class: 'line' });
  private readonly title = makeSvg('title');

  constructor() {
    this.element = makeSvg('g', { class: 'edge' }, this.title, this.line);
  }

  remove(): void {
    this.element.remove();
    this.label.remove();
  }

  show({ kind, state, label, spoken, shape }: TopologyEdge): void {
    const { start, bend, end } = shape;
    const { line } = this;
    setAttribute(this.element, 'data-kind', kind);
    setAttribute(this.element, 'data-state', state);
    setAttribute(this.label, 'data-state', state);
    setAttribute(line, 'd', `M${start.x} ${start.y}Q${bend.x} ${bend.y} ${end.x} ${end.y}`);
    // Data flows from the master, to which a replica has come by itself.
    setAttribute(line, 'marker-start', kind === 'replicates' ? `url(#${arrowIds.replicates})` : undefined);
    setAttribute(line, 'marker-end', kind === 'watches' ? `url(#${arrowIds.watches})` : undefined);
    const isCut = state === 'cut';
    setAttribute(line, 'pathLength', isCut ? '100' : undefined);
    setAttribute(
      line,
      'stroke-dasharray',
      isCut ? `${Math.round(shape.labelAt * 100) - gap / 2} ${gap} 100` : undefined,
    );
    setText(this.label, isCut ? `✕ ${label}` : label);
    setAttribute(this.label, 'x', String(shape.label.x));
    setAttribute(this.label, 'y', String(shape.label.y + 4));
    setText(this.title, spoken);
  }
}
