import type { DetailPart } from '../../protocol/logPanel';
import { make } from '../elements';
import type { TargetWords } from './targetWords';

/** Sentences beside the pointer, or beside what the keyboard has chosen. */
export class Tooltip {
  readonly element = make('div', { class: 'timeline-tip', role: 'tooltip', hidden: '' });
  private readonly details = make('div', {});

  /** `x` and `y` are px in `room`, the box that the tip stays in. */
  show(
    { heading, lines }: TargetWords,
    { x, y, height }: { readonly x: number; readonly y: number; readonly height: number },
    room: { readonly width: number; readonly height: number },
  ): void {
    this.details.replaceChildren();
    this.element.replaceChildren(
      make('b', {}, heading),
      ...lines.filter(line => line !== '').map(line => make('p', {}, line)),
      this.details,
    );
    this.element.hidden = false;
    this.place(x, y, height, room);
  }

  /** What was asked for has come. */
  showDetails(parts: readonly DetailPart[]): void {
    this.details.replaceChildren(
      ...parts.map(({ label, text, isLog }) =>
        make(
          'p',
          isLog ? { class: 'log' } : {},
          ...(label === '' ? [] : [make('b', {}, `${label}: `)]),
          text,
        ),
      ),
    );
  }

  hide(): void {
    this.element.hidden = true;
  }

  get isShown(): boolean {
    return !this.element.hidden;
  }

  /** Below its place; above where there is more room. It may stand over what is around the timeline, not out of the window. */
  private place(x: number, y: number, height: number, room: { readonly width: number }): void {
    const { style } = this.element;
    style.maxWidth = `${Math.max(160, Math.min(room.width - 16, 480))}px`;
    const { offsetWidth } = this.element;
    style.left = `${Math.max(4, Math.min(x - 16, room.width - offsetWidth - 4))}px`;
    const top = this.element.parentElement?.getBoundingClientRect().top ?? 0;
    const below = window.innerHeight - top - y - height;
    const isAbove = below < 120 && y + top > below;
    style.top = isAbove ? 'auto' : `${y + height + 8}px`;
    style.bottom = isAbove ? `calc(100% - ${y - 8}px)` : 'auto';
  }
}
