import { logWeights, type RowWeight } from '../../core/view/logRow';
import type { PageTexts } from '../../protocol/timelineTexts';
import { make, setText } from '../elements';
import { putValues } from '../../core/view/putValues';

/** What the person asks for in the bar above the picture. */
export interface ToolbarEvents {
  onSearch(text: string): void;
  onWeight(weight: RowWeight): void;
  onFitAll(): void;
  /** Counted from 0. */
  onFailover(index: number): void;
  onTable(isTable: boolean): void;
}

/** A search begins when nothing was typed for so long, in milliseconds. */
const typingTime = 200;

/** The bar above the picture: search, filter, and what is in sight. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly words: HTMLInputElement;
  private readonly found = make('span', { class: 'found', role: 'status' });
  private readonly weight = make('select', {});
  private readonly failovers = make('select', { class: 'failovers' });
  private readonly table: HTMLButtonElement;
  private typing: number | undefined;

  constructor(
    private readonly texts: PageTexts,
    private readonly events: ToolbarEvents,
  ) {
    this.words = make('input', {
      type: 'search',
      placeholder: texts.search,
      'aria-label': texts.search,
      spellcheck: 'false',
    });
    for (const weight of logWeights)
      this.weight.append(make('option', { value: weight }, texts.weights[weight]));
    this.weight.setAttribute('aria-label', texts.weight);
    this.failovers.setAttribute('aria-label', texts.failovers);
    const all = make('button', { type: 'button' }, texts.fitAll);
    this.table = make('button', { type: 'button', 'aria-pressed': 'false' }, texts.table);
    this.element = make(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': texts.toolbar },
      this.words,
      this.found,
      this.weight,
      this.failovers,
      all,
      this.table,
    );
    this.words.addEventListener('input', () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => events.onSearch(this.words.value), typingTime);
    });
    this.weight.addEventListener('change', () => events.onWeight(this.shownWeight));
    this.failovers.addEventListener('change', () => {
      const index = Number(this.failovers.value);
      if (this.failovers.value !== '') events.onFailover(index);
    });
    all.addEventListener('click', () => events.onFitAll());
    this.table.addEventListener('click', () => {
      const isTable = this.table.getAttribute('aria-pressed') !== 'true';
      this.showTable(isTable);
      events.onTable(isTable);
    });
  }

  get shownWeight(): RowWeight {
    return logWeights.find(weight => weight === this.weight.value) ?? 'detail';
  }

  /** As the page kept it. */
  show(words: string, weight: RowWeight, isTable: boolean): void {
    this.words.value = words;
    this.weight.value = weight;
    this.showTable(isTable);
  }

  /** One sentence a failover. */
  showFailovers(sentences: readonly string[]): void {
    const { value } = this.failovers;
    const choose = putValues(this.texts.fitFailover, sentences.length);
    this.failovers.replaceChildren(
      make('option', { value: '' }, sentences.length === 0 ? this.texts.noFailover : choose),
      ...sentences.map((text, index) => make('option', { value: String(index) }, text)),
    );
    this.failovers.disabled = sentences.length === 0;
    this.failovers.value = Number(value) < sentences.length ? value : '';
  }

  /** The choice is not what is in sight any more. */
  forgetFailover(): void {
    this.failovers.value = '';
  }

  /** How many lines a search found; undefined: none is going on. */
  showFound(count: number | undefined): void {
    setText(this.found, count === undefined ? '' : putValues(this.texts.found, count));
  }

  private showTable(isTable: boolean): void {
    this.table.setAttribute('aria-pressed', String(isTable));
  }
}
