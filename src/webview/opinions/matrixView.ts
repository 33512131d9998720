import './matrix.css';
import type { OpinionCell, OpinionColumn, OpinionMatrix, OpinionRow } from '../../core/view/opinionMatrix';
import type { MatrixTexts } from '../../core/view/matrixTexts';
import { make, setAttribute, setText } from '../elements';
import { moveInGrid } from './gridKeys';

/** How long a cell that has changed is marked, in milliseconds. */
const markTime = 1_500;

/** Before a text that is not as it should be: colour is never alone. */
const signs = { normal: '', odd: '≠', wrong: '!', unknown: '' } as const;

/** What every node believes as a table, with what it means above. Cells that changed are marked for a moment. */
export class MatrixView {
  readonly element: HTMLElement;
  private readonly sentences: HTMLElement;
  private readonly frame: HTMLElement;
  /** What is known of the row in which the focus or the pointer is. */
  private readonly help = make('p', { class: 'matrix-help' });
  private cells: readonly (readonly CellView[])[] = [];
  private helps: readonly string[] = [];
  private shape = '';
  private said = '';
  private active = { row: 0, column: 0 };

  constructor(private readonly texts: MatrixTexts) {
    this.sentences = make('ul', { class: 'matrix-sentences', 'aria-label': texts.meaning });
    this.frame = make('div', { class: 'matrix-frame' });
    this.element = make('div', { class: 'matrix' }, this.sentences, this.frame, this.help);
    this.frame.addEventListener('keydown', event => this.onKey(event));
    this.frame.addEventListener('focusin', event => this.onFocus(event.target));
    this.frame.addEventListener('pointerover', event => this.showHelp(this.placeOf(event.target)?.row));
    this.frame.addEventListener('pointerleave', () => this.showHelp(this.focusedRow()));
  }

  show(matrix: OpinionMatrix): void {
    this.showSentences(matrix);
    const shape = JSON.stringify([
      matrix.columns.map(({ node, kind }) => [node, kind]),
      matrix.rows.map(({ label, help }) => [label, help]),
    ]);
    const isNew = shape !== this.shape;
    if (isNew) {
      this.shape = shape;
      this.build(matrix);
    }
    this.showColumns(matrix.columns);
    matrix.rows.forEach((row, index) => {
      row.cells.forEach((cell, column) => this.cells[index]?.[column]?.show(cell, !isNew && !row.isCounter));
    });
  }

  private showSentences({ sentences }: OpinionMatrix): void {
    const said = JSON.stringify(sentences);
    if (said === this.said) return;
    this.said = said;
    this.sentences.replaceChildren(
      ...sentences.map(({ tone, text }) =>
        make('li', { 'data-tone': tone }, ...this.signOf(tone), make('span', {}, ...withCode(text))),
      ),
    );
  }

  private signOf(tone: OpinionCell['tone']): Node[] {
    if (signs[tone] === '') return [];
    const name = tone === 'wrong' ? this.texts.wrong : this.texts.odd;
    return [make('span', { class: 'sign', role: 'img', 'aria-label': name, title: name }, signs[tone])];
  }

  private build({ columns, rows }: OpinionMatrix): void {
    const hadFocus = this.frame.contains(document.activeElement);
    this.helps = rows.map(({ help }) => help);
    this.cells = rows.map(row => row.cells.map(() => new CellView(this.texts.noFact)));
    const { row, column } = this.active;
    this.active = {
      row: Math.min(row, Math.max(0, rows.length - 1)),
      column: Math.min(column, Math.max(0, columns.length - 1)),
    };
    this.frame.replaceChildren(
      make(
        'table',
        { role: 'grid', 'aria-label': this.texts.name, 'aria-readonly': 'true' },
        make('thead', {}, this.groupRow(columns), this.headRow(columns)),
        make('tbody', {}, ...rows.map((each, index) => bodyRow(each, this.cells[index] ?? []))),
      ),
    );
    this.activeCell?.element.setAttribute('tabindex', '0');
    if (hadFocus) this.activeCell?.element.focus();
    this.showHelp(this.focusedRow());
  }

  /** Sentinels and data nodes, above their ports. */
  private groupRow(columns: readonly OpinionColumn[]): HTMLElement {
    const counts = { sentinel: 0, server: 0 };
    for (const { kind } of columns) counts[kind]++;
    const head = (text: string, count: number): Node[] =>
      count === 0 ? [] : [make('th', { scope: 'colgroup', colspan: String(count) }, text)];
    return make(
      'tr',
      { class: 'groups' },
      make('th', { scope: 'col', rowspan: '2' }, this.texts.fact),
      ...head(this.texts.sentinels, counts.sentinel),
      ...head(this.texts.dataNodes, counts.server),
    );
  }

  private headRow(columns: readonly OpinionColumn[]): HTMLElement {
    const isFirst = (index: number): boolean => columns[index]?.kind !== columns[index - 1]?.kind;
    return make(
      'tr',
      { class: 'nodes' },
      ...columns.map(({ kind }, index) =>
        make('th', {
          scope: 'col',
          'data-kind': kind,
          ...(isFirst(index) ? { 'data-first': '' } : {}),
        }),
      ),
    );
  }

  private showColumns(columns: readonly OpinionColumn[]): void {
    const heads = this.frame.querySelectorAll('tr.nodes th');
    columns.forEach(({ label, silence, spoken }, index) => {
      const head = heads[index];
      if (!head) return;
      setText(head, label);
      setAttribute(head, 'aria-label', spoken);
      setAttribute(head, 'title', spoken);
      setAttribute(head, 'data-silent', silence === '' ? undefined : '');
    });
  }

  private get activeCell(): CellView | undefined {
    return this.cells[this.active.row]?.[this.active.column];
  }

  private placeOf(target: EventTarget | null): { readonly row: number; readonly column: number } | undefined {
    const cell = target instanceof Element ? target.closest('td, tbody th') : null;
    const line = cell?.parentElement;
    if (!cell || !line?.parentElement) return undefined;
    const row = Array.prototype.indexOf.call(line.parentElement.children, line);
    return { row, column: Array.prototype.indexOf.call(line.children, cell) - 1 };
  }

  private focusedRow(): number | undefined {
    return this.frame.contains(document.activeElement) ? this.active.row : undefined;
  }

  private onFocus(target: EventTarget | null): void {
    const place = this.placeOf(target);
    if (!place || place.column < 0) return;
    this.activeCell?.element.setAttribute('tabindex', '-1');
    this.active = place;
    this.activeCell?.element.setAttribute('tabindex', '0');
    this.showHelp(place.row);
  }

  private showHelp(row: number | undefined): void {
    setText(this.help, row === undefined ? '' : (this.helps[row] ?? ''));
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const size = { rows: this.cells.length, columns: this.cells[0]?.length ?? 0 };
    const next = moveInGrid(this.active, event.key, event.ctrlKey, size);
    if (!next) return;
    event.preventDefault();
    this.cells[next.row]?.[next.column]?.element.focus();
  }
}

function bodyRow({ label, help }: OpinionRow, cells: readonly CellView[]): HTMLElement {
  return make(
    'tr',
    {},
    make('th', { scope: 'row', title: help }, label),
    ...cells.map(({ element }) => element),
  );
}

/** One cell: what the eye sees and what is spoken differ. */
class CellView {
  readonly element: HTMLTableCellElement;
  private readonly sign = make('span', { class: 'sign', 'aria-hidden': 'true' });
  private readonly text = make('span', { 'aria-hidden': 'true' });
  private readonly spoken = make('span', { class: 'matrix-spoken' });
  private marking: number | undefined;

  constructor(private readonly noFact: string) {
    this.element = make('td', { tabindex: '-1' }, this.sign, this.text, this.spoken);
  }

  show(cell: OpinionCell | undefined, marks: boolean): void {
    const text = cell?.text ?? '';
    const tone = cell?.tone ?? 'normal';
    const spoken = cell?.spoken ?? this.noFact;
    const isChange = this.text.textContent !== text || this.element.dataset['tone'] !== tone;
    setText(this.sign, signs[tone]);
    setText(this.text, text);
    setText(this.spoken, spoken);
    setAttribute(this.element, 'data-tone', tone);
    setAttribute(this.element, 'title', spoken === text || !cell ? undefined : spoken);
    if (isChange && marks) this.mark();
  }

  private mark(): void {
    clearTimeout(this.marking);
    this.element.classList.remove('changed');
    // Read in between, so that the mark begins anew.
    void this.element.offsetWidth;
    this.element.classList.add('changed');
    this.marking = setTimeout(() => this.element.classList.remove('changed'), markTime);
  }
}

/** A sentence with its words in backticks as code. */
function withCode(text: string): (Node | string)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? make('code', {}, part) : part));
}
