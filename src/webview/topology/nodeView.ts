import type { TopologyNode } from '../../core/view/topology';
import { boxSize } from '../../core/view/topologyLayout';
import { setAttribute, setText } from '../elements';
import { nodeGlyph } from './nodeGlyphs';
import { makeSvg } from './svg';

/** One node of the drawing. */
export class NodeView {
  readonly element: SVGGElement;
  /** What has the focus and the menu. */
  readonly box: SVGGElement;
  private readonly glyph = makeSvg('g', { transform: `translate(${18 - boxSize.width / 2} -7)` });
  private readonly label = makeSvg('text', { class: 'port', x: 34 - boxSize.width / 2, y: -2 });
  private readonly caption = makeSvg('text', { class: 'caption', x: 34 - boxSize.width / 2, y: 14 });
  private readonly title = makeSvg('title');
  private icon = '';

  constructor(readonly name: string) {
    this.box = makeSvg(
      'g',
      { class: 'node', role: 'button', tabindex: -1 },
      makeSvg('rect', {
        x: -boxSize.width / 2,
        y: -boxSize.height / 2,
        width: boxSize.width,
        height: boxSize.height,
        rx: 6,
      }),
      this.glyph,
      this.label,
      ' ',
      this.caption,
    );
    // Beside the box, because what stands in a button counts as its text.
    this.element = makeSvg('g', {}, this.title, this.box);
  }

  remove(): void {
    this.element.remove();
  }

  /** `links`: what runs to and from it, in words. */
  show(node: TopologyNode, links: readonly string[], context: string): void {
    const { x, y, icon, label, caption, detail, spoken, kind, status } = node;
    const { box } = this;
    setAttribute(this.element, 'transform', `translate(${x} ${y})`);
    // What is seen is also said, first and in the same words.
    const seen = `${label}, ${caption}`;
    const name = spoken.startsWith(seen) ? spoken : `${seen}, ${spoken}`;
    setAttribute(box, 'aria-label', [name, ...links].join('. '));
    setAttribute(box, 'data-vscode-context', context);
    setAttribute(box, 'data-color', icon.color);
    setAttribute(box, 'data-kind', kind);
    setAttribute(box, 'data-status', status);
    if (this.icon !== icon.id) {
      this.icon = icon.id;
      this.glyph.replaceChildren(nodeGlyph(icon.id));
    }
    setText(this.label, label);
    setText(this.caption, caption);
    setText(this.title, [`${label}: ${detail}`, ...links].join('\n'));
  }
}
