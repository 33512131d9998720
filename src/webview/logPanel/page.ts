import { firstFilter, isFirstFilter, type LogFilter } from '../../core/view/logFilter';
import { LogList } from '../../core/view/logList';
import type { LogRow } from '../../core/view/logRow';
import type { FromPanel, PanelTexts, ToPanel } from '../../protocol/logPanel';
import { detailParts } from '../detailParts';
import { count, make, setText } from '../elements';
import { ListView } from './listView';
import type { PanelState } from './panelState';
import { Toolbar } from './toolbar';
import { putValues } from '../../core/view/putValues';

/** What the page needs from the webview around it. */
export interface PageHost {
  post(message: FromPanel): void;
  keep(state: PanelState): void;
}

/** In milliseconds. */
const keepTime = 100;

/** Everything that takes in messages after the first, `begin`. */
export class Page {
  private readonly list: LogList;
  private readonly toolbar: Toolbar;
  private readonly view: ListView;
  private readonly empty = make('div', { class: 'empty' });
  private readonly newest: HTMLButtonElement;
  private readonly details: HTMLElement;
  /** Read out by screen readers: only what a person has just done. */
  private readonly said = make('div', { class: 'said', role: 'status' });
  private waiting: LogRow[] = [];
  private isPaused = false;
  private isLoading = true;
  private isCleared = false;
  private undrawn: number[] = [];
  private place: PanelState['top'];
  private detailsOf: LogRow | undefined;
  private keeping: number | undefined;

  constructor(
    private readonly texts: PanelTexts,
    limit: number,
    private readonly host: PageHost,
    state: PanelState,
  ) {
    this.list = new LogList(limit);
    this.list.filter = state.filter;
    this.place = state.top;
    this.toolbar = new Toolbar(texts, state.filter, {
      onFilter: filter => this.setFilter(filter),
      onPause: () => this.setPaused(!this.isPaused),
    });
    this.newest = make('button', { type: 'button', class: 'newest', hidden: '' }, `↓ ${texts.newest}`);
    this.details = make('section', { class: 'details', 'aria-label': texts.details, hidden: '' });
    this.view = new ListView(this.list, texts, {
      onSelect: row => this.askDetails(row),
      onOpen: ({ id }) => host.post({ type: 'open', row: id }),
      onFollow: () => this.onFollow(),
      onDrawn: () => this.acknowledge(),
    });
    const main = make('main', {}, this.view.element, this.empty, this.newest);
    document.body.append(this.toolbar.element, main, this.details, this.said);
    this.newest.addEventListener('click', () => {
      this.view.follow();
      this.view.element.focus();
    });
    // The view got the focus as a whole: then the list has it.
    window.addEventListener('focus', () => {
      if (document.activeElement === document.body) this.view.element.focus();
    });
    document.addEventListener('keydown', event => this.onKey(event));
    document.addEventListener('copy', event => this.onCopy(event));
    this.refresh();
  }

  take(message: ToPanel): void {
    switch (message.type) {
      case 'begin':
        return;
      case 'nodes':
        this.toolbar.showNodes(message.nodes);
        this.refresh();
        return;
      case 'rows':
        this.undrawn.push(message.batch);
        this.takeRows(message.rows, message.isLast);
        return;
      case 'reword':
        this.list.reword(new Map(message.texts));
        this.view.update();
        return;
      case 'removeLab':
        this.waiting = this.waiting.filter(row => row.lab !== message.lab);
        this.list.remove(message.lab);
        this.view.update();
        this.refresh();
        return;
      case 'cursor':
        this.view.showCursor(message.lab, message.at ?? undefined);
        return;
      case 'clear':
        this.list.clear();
        this.waiting = [];
        this.isCleared = true;
        this.view.update();
        this.view.follow();
        this.refresh();
        return;
      case 'details':
        if (message.row === this.detailsOf?.id) this.showDetails(message);
        return;
      case 'askShown':
        this.host.post({ type: 'shown', rows: this.list.shown.map(({ id }) => id) });
    }
  }

  private takeRows(rows: readonly LogRow[], isLast: boolean): void {
    if (this.isPaused) {
      for (const row of rows) this.waiting.push(row);
      this.refresh();
      this.acknowledge();
      return;
    }
    const { dropped, inserted } = this.list.add(rows);
    // Rows of the past stand before the place that is looked at only while the page is filled.
    this.view.update(this.isLoading ? 0 : inserted - dropped);
    if (isLast && this.isLoading) {
      this.isLoading = false;
      if (this.place) this.view.goTo(this.place);
    }
    this.refresh();
  }

  private setFilter(filter: LogFilter): void {
    this.list.filter = filter;
    this.view.update();
    this.view.follow();
    this.refresh();
    this.say(this.countText());
    this.keep();
  }

  private setPaused(isPaused: boolean): void {
    this.isPaused = isPaused;
    this.toolbar.showPaused(isPaused);
    if (!isPaused) {
      const { waiting } = this;
      this.waiting = [];
      this.takeRows(waiting, false);
    }
    this.refresh();
  }

  private onFollow(): void {
    this.newest.hidden = this.view.isFollowing;
    this.keep();
  }

  /** Scrolling goes on for many pictures; the place is kept once it rests. */
  private keep(): void {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keepNow(), keepTime);
  }

  private keepNow(): void {
    const top = this.view.isFollowing ? undefined : this.view.topRow;
    this.host.keep({ filter: this.list.filter, top: top && { id: top.id, at: top.at } });
  }

  /** A row that is drawn now was sent a moment ago: its batch is told back, once. */
  private acknowledge(): void {
    const batch = this.undrawn.at(-1);
    this.undrawn = [];
    if (batch !== undefined) this.host.post({ type: 'drawn', batch });
    if (!this.view.isFollowing) this.keep();
  }

  private refresh(): void {
    setText(this.toolbar.count, this.countText());
    const text = this.emptyText();
    this.empty.hidden = text === undefined;
    if (text === undefined) return;
    const isFiltered = this.list.total > 0;
    const button = make('button', { type: 'button' }, this.texts.clearFilter);
    button.addEventListener('click', () => {
      const everything: LogFilter = { ...firstFilter, weight: 'detail' };
      this.toolbar.show(everything);
      this.setFilter(everything);
      this.view.element.focus();
    });
    this.empty.replaceChildren(make('p', {}, text), ...(isFiltered ? [button] : []));
  }

  private countText(): string {
    const { shown, total } = this.list;
    if (this.isPaused) return putValues(this.texts.paused, count(this.waiting.length));
    return shown.length === total && isFirstFilter(this.list.filter)
      ? putValues(this.texts.count, count(total))
      : putValues(this.texts.countFiltered, count(shown.length), count(total));
  }

  private emptyText(): string | undefined {
    if (this.list.shown.length > 0) return undefined;
    if (this.list.total > 0) return this.texts.noneMatch;
    if (this.isLoading) return this.texts.loading;
    if (!this.toolbar.hasNodes) return this.texts.emptyNoLabs;
    return this.isCleared ? this.texts.emptyCleared : this.texts.emptyNoLines;
  }

  private askDetails(row: LogRow | undefined): void {
    this.detailsOf = row;
    if (row) this.host.post({ type: 'details', row: row.id });
    else this.details.hidden = true;
  }

  private showDetails({ parts }: Extract<ToPanel, { type: 'details' }>): void {
    this.details.replaceChildren(...detailParts(parts));
    this.details.hidden = false;
  }

  private onKey(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const isInList = target === this.view.element;
    if ((ctrlKey || metaKey) && key.toLowerCase() === 'f') {
      this.toolbar.words.focus();
      this.toolbar.words.select();
      event.preventDefault();
    } else if (isInList && (ctrlKey || metaKey) && key.toLowerCase() === 'c') {
      this.copy();
      event.preventDefault();
    } else if (key === 'Escape' && target === this.toolbar.words) {
      this.view.element.focus();
    } else if (key === 'ArrowDown' && target === this.toolbar.words) {
      this.view.element.focus();
      event.preventDefault();
    } else if (isInList && key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey) {
      // Typing filters: the key goes into the box, which has the focus by then.
      this.toolbar.words.focus();
      this.toolbar.words.select();
    }
  }

  /** From a menu of VS Code. Text that is selected in the details is copied as usual. */
  private onCopy(event: ClipboardEvent): void {
    if (document.activeElement !== this.view.element || String(document.getSelection()) !== '') return;
    this.copy();
    event.preventDefault();
  }

  private copy(): void {
    const rows = this.view.selected.map(({ id }) => id);
    if (rows.length === 0) return;
    this.host.post({ type: 'copy', rows });
    this.say(putValues(this.texts.copied, count(rows.length)));
  }

  private say(text: string): void {
    this.said.textContent = text;
  }
}
