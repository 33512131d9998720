import { fullTime, rowTime, type LogRow } from '../../core/view/logRow';
import type { PanelTexts } from '../../protocol/logPanel';
import { make, setAttribute, setText } from '../elements';

/** The characters beside the colours: neither weight nor role is told by colour alone. */
const weightMarks: Readonly<Record<LogRow['weight'], string>> = {
  detail: '',
  routine: '',
  noteworthy: '•',
  problem: '!',
};

/** One of the few elements that show rows; it is given another row when the list moves. */
export class RowView {
  readonly element: HTMLElement;
  private readonly time = make('span', { class: 'time' });
  private readonly mark = make('span', { class: 'mark' });
  private readonly node = make('span', { class: 'node' });
  private readonly role = make('span', { class: 'role' });
  private readonly text = make('span', { class: 'text' });
  private readonly message = make('span', { class: 'message' });
  /** The row it shows now. */
  row: LogRow | undefined;
  index = -1;

  constructor(slot: number) {
    const who = make('span', { class: 'who' }, this.node, this.role);
    this.element = make(
      'div',
      { class: 'row', role: 'option', id: `row-${slot}`, 'aria-selected': 'false' },
      this.time,
      this.mark,
      who,
      this.text,
      this.message,
    );
  }

  show(
    row: LogRow,
    index: number,
    {
      texts,
      total,
      rowHeight,
      now,
    }: {
      readonly texts: PanelTexts;
      readonly total: number;
      readonly rowHeight: number;
      readonly now: number;
    },
  ): void {
    const { element } = this;
    const role = row.role === null ? '' : texts.roles[row.role];
    if (this.index !== index) element.style.transform = `translateY(${index * rowHeight}px)`;
    this.index = index;
    setAttribute(element, 'aria-posinset', String(index + 1));
    setAttribute(element, 'aria-setsize', String(total));
    if (this.row === row) return;
    this.row = row;
    setAttribute(element, 'data-weight', row.weight);
    setAttribute(element, 'data-role', row.role ?? 'none');
    setAttribute(element, 'aria-label', spoken(row, role, texts, now));
    setAttribute(element, 'title', [fullTime(row.at), row.text, row.message].filter(Boolean).join('\n'));
    setText(this.time, rowTime(row.at, now));
    setText(this.mark, weightMarks[row.weight]);
    setText(this.node, row.node);
    setText(this.role, role);
    setText(this.text, row.text === '' ? row.message : row.text);
    setText(this.message, row.text === '' ? '' : row.message);
  }

  select(isSelected: boolean, isActive: boolean): void {
    setAttribute(this.element, 'aria-selected', String(isSelected));
    this.element.classList.toggle('active', isActive);
  }
}

function spoken(row: LogRow, role: string, texts: PanelTexts, now: number): string {
  const parts = [row.node, role, texts.weightWords[row.weight], row.text, row.message, rowTime(row.at, now)];
  return parts.filter(part => part !== '').join(', ');
}
