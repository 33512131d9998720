import type { LogList } from '../../core/view/logList';
import type { LogRow } from '../../core/view/logRow';
import { moveSelection, noSelection, selectedRange, type RowSelection } from '../../core/view/rowSelection';
import { rowWindow, scrollToRow } from '../../core/view/rowWindow';
import type { PanelTexts } from '../../protocol/logPanel';
import { make } from '../elements';
import { RowView } from './rowView';

export interface ListEvents {
  onSelect(row: LogRow | undefined): void;
  onOpen(row: LogRow): void;
  onFollow(): void;
  onDrawn(): void;
}

/** The moment of a replay, in milliseconds since 1970: what that lab logged later has not happened yet. */
export interface ReplayCursor {
  readonly lab: string;
  readonly at: number;
}

/** The rows in sight of a list of any length. There are as many elements as fit, and they are used again and again. */
export class ListView {
  readonly element: HTMLElement;
  private readonly space = make('div', { class: 'space', role: 'presentation' });
  private readonly views: RowView[] = [];
  private readonly rowHeight: number;
  private selection = noSelection;
  /** The row that has the focus: it keeps it wherever it moves. */
  private activeRow: LogRow | undefined;
  private anchorRow: LogRow | undefined;
  private follows = true;
  private cursor: ReplayCursor | undefined;
  private height = 0;
  private frame: number | undefined;
  /** Where the list itself scrolled to: what comes from there is not the person's doing. */
  private ownScroll = -1;

  constructor(
    private readonly list: LogList,
    private readonly texts: PanelTexts,
    private readonly events: ListEvents,
  ) {
    this.element = make(
      'div',
      {
        class: 'list',
        role: 'listbox',
        tabindex: '0',
        'aria-label': texts.list,
        'aria-multiselectable': 'true',
        // The panel copies rows itself; the entries of the usual menu are about text.
        'data-vscode-context': '{"preventDefaultContextMenuItems":true}',
      },
      this.space,
    );
    const size = Number.parseFloat(getComputedStyle(document.body).fontSize) || 13;
    this.rowHeight = Math.round(size * 1.6);
    document.body.style.setProperty('--row-height', `${this.rowHeight}px`);
    this.element.addEventListener('scroll', () => this.onScroll(), { passive: true });
    this.element.addEventListener('wheel', event => event.deltaY < 0 && this.stopFollowing(), {
      passive: true,
    });
    this.element.addEventListener('mousedown', event => this.onMouse(event));
    this.element.addEventListener('dblclick', () => this.openActive());
    this.element.addEventListener('keydown', event => this.onKey(event));
    new ResizeObserver(() => {
      this.height = this.element.clientHeight;
      this.draw();
    }).observe(this.element);
  }

  get isFollowing(): boolean {
    return this.follows;
  }

  /** The first row in sight, for finding the place again. */
  get topRow(): LogRow | undefined {
    return this.list.shown[Math.ceil(this.element.scrollTop / this.rowHeight)];
  }

  get selected(): readonly LogRow[] {
    const { first, end } = selectedRange(this.selection);
    return this.list.shown.slice(first, end);
  }

  follow(): void {
    this.follows = true;
    this.events.onFollow();
    this.draw();
  }

  stopFollowing(): void {
    if (!this.follows || this.list.shown.length * this.rowHeight <= this.height) return;
    this.follows = false;
    this.events.onFollow();
  }

  /** Brings a row to the top, without following. */
  goTo(row: Pick<LogRow, 'id' | 'at'>): void {
    const index = this.list.indexOf(row);
    if (index < 0) return;
    this.follows = false;
    this.events.onFollow();
    this.draw();
    this.scrollTo(index * this.rowHeight);
    this.draw();
  }

  /** Brings the last row of a lab before the moment `at` into sight; without one, its rows are of equal standing again. */
  showCursor(lab: string, at: number | undefined): void {
    if (at === undefined && this.cursor?.lab !== lab) return;
    const cursor = at === undefined ? undefined : { lab, at };
    this.cursor = cursor;
    const index = cursor ? this.list.shown.findLastIndex(row => row.lab === lab && row.at <= cursor.at) : -1;
    if (index >= 0) {
      this.stopFollowing();
      this.resize();
      const top = scrollToRow(index, this.rowHeight, {
        scrollTop: this.element.scrollTop,
        height: this.height,
      });
      if (top !== this.element.scrollTop) this.scrollTo(top);
    }
    this.draw();
  }

  /** After rows came or went: what is in sight stays in sight. `shift`: by how many rows it moved down. */
  update(shift = 0): void {
    this.findSelection();
    if (!this.follows && shift !== 0) {
      this.resize();
      this.scrollTo(Math.max(0, this.element.scrollTop + shift * this.rowHeight));
    }
    this.draw();
  }

  /** Draws once before the next picture, however often it is asked for. */
  draw(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.drawNow();
      this.events.onDrawn();
    });
  }

  private drawNow(): void {
    this.resize();
    const { shown } = this.list;
    if (this.follows) this.scrollTo(shown.length * this.rowHeight);
    const { first, end } = rowWindow(shown.length, this.rowHeight, this.element.scrollTop, this.height);
    while (this.views.length < end - first) {
      const view = new RowView(this.views.length);
      this.views.push(view);
      this.space.append(view.element);
    }
    const { views, texts, rowHeight } = this;
    const selected = selectedRange(this.selection);
    const now = Date.now();
    let activeId: string | undefined;
    const used = new Set<RowView>();
    for (let index = first; index < end; index++) {
      const view = views[index % views.length];
      const row = shown[index];
      if (!view || !row) continue;
      used.add(view);
      view.element.hidden = false;
      view.show(row, index, { texts, total: shown.length, rowHeight, now });
      const isActive = index === this.selection.active;
      view.dim(this.cursor?.lab === row.lab && row.at > this.cursor.at);
      view.select(index >= selected.first && index < selected.end, isActive);
      if (isActive) activeId = view.element.id;
    }
    for (const view of views) if (!used.has(view)) view.element.hidden = true;
    if (activeId === undefined) this.element.removeAttribute('aria-activedescendant');
    else this.element.setAttribute('aria-activedescendant', activeId);
  }

  private resize(): void {
    this.space.style.height = `${this.list.shown.length * this.rowHeight}px`;
  }

  private scrollTo(top: number): void {
    this.element.scrollTop = top;
    this.ownScroll = this.element.scrollTop;
  }

  private onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    const isOwn = Math.abs(scrollTop - this.ownScroll) < 1;
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - this.rowHeight / 2;
    if (!isOwn && isAtEnd !== this.follows) {
      this.follows = isAtEnd;
      this.events.onFollow();
    }
    this.draw();
  }

  private onMouse(event: MouseEvent): void {
    const element = event.target instanceof Element ? event.target.closest('.row') : null;
    const view = this.views.find(candidate => candidate.element === element);
    if (!view || event.button !== 0) return;
    const anchor = event.shiftKey && this.selection.anchor >= 0 ? this.selection.anchor : view.index;
    this.select({ anchor, active: view.index });
  }

  private onKey(event: KeyboardEvent): void {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (key === 'Enter') {
      this.openActive();
      event.preventDefault();
    } else if ((ctrlKey || metaKey) && key.toLowerCase() === 'a') {
      const last = this.list.shown.length - 1;
      if (last >= 0) this.select({ anchor: 0, active: last }, false);
      event.preventDefault();
    } else if (!altKey && !metaKey && (!ctrlKey || key === 'Home' || key === 'End')) {
      const moved = moveSelection(this.selection, key, {
        count: this.list.shown.length,
        page: Math.floor(this.height / this.rowHeight) - 1,
        extend: shiftKey,
      });
      if (!moved) return;
      event.preventDefault();
      if (moved.active < this.list.shown.length - 1) this.stopFollowing();
      this.select(moved);
      if (key === 'End') this.follow();
    }
  }

  private openActive(): void {
    const row = this.list.shown[this.selection.active];
    if (row) this.events.onOpen(row);
  }

  private select(selection: RowSelection, scrolls = true): void {
    this.selection = selection;
    this.activeRow = this.list.shown[selection.active];
    this.anchorRow = this.list.shown[selection.anchor];
    const { scrollTop } = this.element;
    if (scrolls) {
      const top = scrollToRow(selection.active, this.rowHeight, { scrollTop, height: this.height });
      if (top !== scrollTop) this.scrollTo(top);
    }
    this.events.onSelect(this.activeRow);
    this.draw();
  }

  /** Rows move; the selection stays with them, and is gone when they are. */
  private findSelection(): void {
    const active = this.activeRow ? this.list.indexOf(this.activeRow) : -1;
    const anchor = this.anchorRow ? this.list.indexOf(this.anchorRow) : -1;
    this.selection = active < 0 ? noSelection : { active, anchor: anchor < 0 ? active : anchor };
    if (active >= 0 || !this.activeRow) return;
    this.activeRow = undefined;
    this.events.onSelect(undefined);
  }
}
