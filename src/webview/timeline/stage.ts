import type { Measure } from '../../core/scene/sceneView';
import type { Palette, ScenePicture } from '../../core/scene/shape';
import type { TimelineViewTexts } from '../../protocol/timelineViewTexts';
import { make } from '../elements';
import { fontOf, paintPicture } from './canvasPainter';
import { themePalette, watchTheme } from './themePalette';

/** Where the timeline is drawn: a canvas that stays in sight while lanes scroll below it, in the theme's colours and the editor's font. */
export class Stage {
  /** Has the focus, and scrolls. */
  readonly element: HTMLElement;
  readonly canvas = make('canvas', { 'aria-hidden': 'true' });
  private readonly space = make('div', { class: 'timeline-space' }, this.canvas);
  private readonly context = this.canvas.getContext('2d', { alpha: false });
  private palette: Palette | undefined;
  private readonly widths = new Map<string, number>();
  family = '';
  fontSize = 13;
  /** In px; 0 while it is not in the page. */
  width = 0;

  /** `onChange`: it has another size, font or theme, or was scrolled. */
  constructor(texts: TimelineViewTexts, onChange: () => void) {
    this.element = make(
      'div',
      {
        class: 'timeline-scroller',
        tabindex: '0',
        role: 'application',
        'aria-label': texts.name,
        'aria-roledescription': texts.kind,
        'aria-describedby': 'timeline-help',
      },
      this.space,
    );
    const onSize = (): void => {
      this.look();
      onChange();
    };
    this.element.addEventListener('scroll', onChange);
    new ResizeObserver(onSize).observe(this.element);
    watchTheme(() => {
      this.palette = undefined;
      onSize();
    });
  }

  /** Reads size and font again. */
  look(): void {
    const { fontSize, fontFamily } = getComputedStyle(this.element);
    const size = parseFloat(fontSize) || 13;
    if (size !== this.fontSize || fontFamily !== this.family) this.widths.clear();
    this.fontSize = size;
    this.family = fontFamily;
    this.width = this.element.clientWidth;
  }

  /** Makes room for a picture of this height, in px; gives how much of it can be seen. */
  makeRoom(height: number): number {
    const text = `${height}px`;
    if (this.space.style.height !== text) this.space.style.height = text;
    return Math.min(this.element.clientHeight, height);
  }

  paint(picture: ScenePicture): void {
    const { canvas, context } = this;
    if (!context) return;
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(picture.width * ratio);
    const height = Math.round(picture.height * ratio);
    // A new size empties the canvas.
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${picture.width}px`;
      canvas.style.height = `${picture.height}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintPicture(context, picture, this.colors, this.family);
  }

  /** A picture as pixels, two for each px. */
  async png(picture: ScenePicture): Promise<Blob> {
    const canvas = make('canvas');
    canvas.width = Math.round(picture.width * 2);
    canvas.height = Math.round(picture.height * 2);
    const context = canvas.getContext('2d');
    context?.scale(2, 2);
    if (context) paintPicture(context, picture, this.colors, this.family);
    return new Promise((resolve, reject) => {
      canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))));
    });
  }

  get colors(): Palette {
    return (this.palette ??= themePalette(this.element));
  }

  readonly measure: Measure = (text, isBold) => {
    const name = isBold ? `*${text}` : text;
    const known = this.widths.get(name);
    if (known !== undefined || !this.context) return known ?? 0;
    this.context.font = fontOf(this.fontSize, isBold, this.family);
    const { width } = this.context.measureText(text);
    // Times of the axis come and go.
    if (this.widths.size > 2_000) this.widths.clear();
    this.widths.set(name, width);
    return width;
  };

  /** Scrolls as little as it takes to have these px of the picture in sight; `head` px at the top are covered. */
  reveal(top: number, bottom: number, head: number): void {
    const { element } = this;
    if (top - head < element.scrollTop) element.scrollTop = top - head;
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight;
  }
}
