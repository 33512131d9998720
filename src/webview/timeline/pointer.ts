import { make } from '../elements';

/** What a person does with a mouse or a finger, in px of the picture. */
export interface PointerEvents {
  /** By a factor around a place. */
  onZoom(factor: number, x: number): void;
  /** The picture follows the pointer. */
  onPan(dx: number, dy: number): void;
  /** What lies between two places is to fill the picture. */
  onBrush(from: number, to: number): void;
  onClick(x: number, y: number): void;
  onDoubleClick(x: number, y: number): void;
  onHover(x: number, y: number): void;
  onLeave(): void;
  /** Whether a drag that begins here chooses a time. */
  isBrushPlace(x: number, y: number): boolean;
}

/** A pointer that moved less than this, in px, was only meant to press. */
const leastDrag = 4;
/** Within this time, in milliseconds, a click may become a double click. */
const doubleClickTime = 230;

/** Turns the events of an element into what they are meant for. */
export class Pointer {
  /** What is being chosen. */
  readonly brush = make('div', { class: 'timeline-brush', hidden: '' });
  private start: { readonly x: number; readonly y: number; readonly isBrush: boolean } | undefined;
  private last = { x: 0, y: 0 };
  private isDrag = false;
  private clicking: number | undefined;

  constructor(
    private readonly element: HTMLElement,
    private readonly events: PointerEvents,
  ) {
    element.addEventListener('wheel', event => this.onWheel(event), { passive: false });
    element.addEventListener('pointerdown', event => this.onDown(event));
    element.addEventListener('pointermove', event => this.onMove(event));
    element.addEventListener('pointerup', event => this.onUp(event));
    element.addEventListener('pointercancel', () => this.end());
    element.addEventListener('pointerleave', () => events.onLeave());
    element.addEventListener('dblclick', event => {
      clearTimeout(this.clicking);
      const { x, y } = this.place(event);
      events.onDoubleClick(x, y);
    });
  }

  /** Ends a drag without effect. */
  end(): void {
    this.start = undefined;
    this.isDrag = false;
    this.brush.hidden = true;
    this.element.classList.remove('dragging');
  }

  get isDragging(): boolean {
    return this.isDrag;
  }

  private place({ clientX, clientY }: MouseEvent): { readonly x: number; readonly y: number } {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  private onWheel(event: WheelEvent): void {
    const lines = event.deltaMode === 1 ? 16 : 1;
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    event.preventDefault();
    if (Math.abs(sideways) > (event.shiftKey ? 0 : Math.abs(event.deltaY)))
      this.events.onPan(-sideways * lines, 0);
    else if (event.deltaY !== 0) {
      // A pinch counts in small steps.
      const speed = event.ctrlKey && Math.abs(event.deltaY) < 40 ? 0.01 : 0.002;
      this.events.onZoom(Math.exp(event.deltaY * lines * speed), this.place(event).x);
    }
  }

  private onDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { x, y } = this.place(event);
    this.start = { x, y, isBrush: event.shiftKey || this.events.isBrushPlace(x, y) };
    this.last = { x, y };
    this.isDrag = false;
    this.element.setPointerCapture(event.pointerId);
  }

  private onMove(event: PointerEvent): void {
    const { x, y } = this.place(event);
    const { start, last } = this;
    if (!start) {
      this.events.onHover(x, y);
      return;
    }
    if (!this.isDrag && Math.hypot(x - start.x, y - start.y) < leastDrag) return;
    if (!this.isDrag) {
      this.isDrag = true;
      this.events.onLeave();
      this.element.classList.add('dragging');
    }
    if (start.isBrush) {
      this.brush.hidden = false;
      this.brush.style.left = `${Math.min(x, start.x)}px`;
      this.brush.style.width = `${Math.abs(x - start.x)}px`;
    } else this.events.onPan(x - last.x, y - last.y);
    this.last = { x, y };
  }

  private onUp(event: PointerEvent): void {
    const { start, isDrag } = this;
    const { x, y } = this.place(event);
    this.end();
    if (!start) return;
    if (isDrag) {
      if (start.isBrush && Math.abs(x - start.x) >= leastDrag)
        this.events.onBrush(Math.min(x, start.x), Math.max(x, start.x));
      return;
    }
    clearTimeout(this.clicking);
    this.clicking = setTimeout(() => this.events.onClick(x, y), doubleClickTime);
  }
}
