import type { DetailPart } from '../../protocol/logPanel';
import { detailParts } from '../detailParts';
import { make } from '../elements';
import type { TargetWords } from './targetWords';

/** Sentences beside the pointer, or beside what the keyboard has chosen. */
export class Tooltip {
  readonly element = make('div', { class: 'timeline-tip', role: 'tooltip', hidden: '' });
  private readonly details = make('div', {});
  private place = { x: 0, y: 0, height: 0, room: 0 };

  /** `x` and `y` are px in `room`, the box that the tip stays in. */
  show(
    { heading, lines }: TargetWords,
    { x, y, height }: { readonly x: number; readonly y: number; readonly height: number },
    room: { readonly width: number },
  ): void {
    this.details.replaceChildren();
    this.element.replaceChildren(
      make('b', {}, heading),
      ...lines.filter(line => line !== '').map(line => make('p', {}, line)),
      this.details,
    );
    this.element.hidden = false;
    this.place = { x, y, height, room: room.width };
    this.put();
  }

  /** What was asked for has come. */
  showDetails(parts: readonly DetailPart[]): void {
    this.details.replaceChildren(...detailParts(parts));
    this.put();
  }

  hide(): void {
    this.element.hidden = true;
  }

  get isShown(): boolean {
    return !this.element.hidden;
  }

  /** Below its place; above where there is more room. It may stand over what is around the timeline, not out of the window. */
  private put(): void {
    const { style } = this.element;
    const { x, y, height, room } = this.place;
    style.left = '0';
    style.maxWidth = `${Math.max(160, Math.min(room - 16, 480))}px`;
    style.left = `${Math.max(4, Math.min(x - 16, room - this.element.offsetWidth - 4))}px`;
    const top = this.element.parentElement?.getBoundingClientRect().top ?? 0;
    const below = window.innerHeight - top - y - height;
    const isAbove = below < 120 && y + top > below;
    style.top = isAbove ? 'auto' : `${y + height + 8}px`;
    style.bottom = isAbove ? `calc(100% - ${y - 8}px)` : 'auto';
  }
}
