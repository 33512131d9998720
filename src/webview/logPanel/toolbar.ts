import type { LogFilter, NodeChoice, PhaseChoice } from '../../core/view/logFilter';
import { logWeights, type RowWeight } from '../../core/view/logRow';
import type { PanelNode, PanelTexts } from '../../protocol/logPanel';
import { make } from '../elements';

export interface ToolbarEvents {
  onFilter(filter: LogFilter): void;
  onPause(): void;
}

/** After the last key this long, in milliseconds, until the list is filtered. */
const typingTime = 80;

/** What is shown: words, node, phase, importance; and the button that holds new lines back. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly words: HTMLInputElement;
  private readonly node: HTMLSelectElement;
  private readonly phase: HTMLSelectElement;
  private readonly weight: HTMLSelectElement;
  private readonly pause: HTMLButtonElement;
  readonly count = make('span', { class: 'count' });
  private nodes: readonly PanelNode[] = [];
  private timer: number | undefined;

  constructor(
    private readonly texts: PanelTexts,
    private current: LogFilter,
    private readonly events: ToolbarEvents,
  ) {
    this.words = make('input', { type: 'search', placeholder: texts.filter, 'aria-label': texts.filter });
    this.node = make('select', { 'aria-label': texts.node, title: texts.node });
    this.phase = make('select', { 'aria-label': texts.phase, title: texts.phase });
    this.weight = make('select', { 'aria-label': texts.weight, title: texts.weight });
    this.pause = make('button', { type: 'button', 'aria-pressed': 'false' }, texts.pause);
    for (const [value, text] of Object.entries(texts.phases))
      this.phase.append(make('option', { value }, text));
    for (const value of logWeights) this.weight.append(make('option', { value }, texts.weights[value]));
    this.element = make(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': texts.toolbar },
      this.words,
      this.node,
      this.phase,
      this.weight,
      this.count,
      this.pause,
    );
    this.words.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.changed(), typingTime);
    });
    for (const select of [this.node, this.phase, this.weight])
      select.addEventListener('change', () => this.changed());
    this.pause.addEventListener('click', () => this.events.onPause());
    this.showNodes([]);
    this.show(current);
  }

  get filter(): LogFilter {
    return this.current;
  }

  /** Puts a filter into the boxes. */
  show(filter: LogFilter): void {
    this.current = filter;
    this.words.value = filter.text;
    this.node.value = nodeValue(filter.node);
    this.phase.value = filter.phase;
    this.weight.value = filter.weight;
  }

  showNodes(nodes: readonly PanelNode[]): void {
    const hasLabs = new Set(nodes.map(({ lab }) => lab)).size > 1;
    this.nodes = nodes;
    this.node.replaceChildren(
      make('option', { value: 'all' }, this.texts.allNodes),
      make('option', { value: 'server' }, this.texts.dataNodes),
      make('option', { value: 'sentinel' }, this.texts.sentinels),
      ...nodes.map(({ lab, labName, node }) =>
        make(
          'option',
          { value: nodeValue({ of: 'node', lab, node }) },
          hasLabs ? `${labName}: ${node}` : node,
        ),
      ),
    );
    this.node.value = nodeValue(this.current.node);
    // A node that is gone from its lab may still be in the log.
    if (this.node.selectedIndex < 0 && this.current.node.of === 'node') {
      const { node } = this.current.node;
      this.node.append(make('option', { value: nodeValue(this.current.node) }, node));
      this.node.value = nodeValue(this.current.node);
    }
  }

  get hasNodes(): boolean {
    return this.nodes.length > 0;
  }

  showPaused(isPaused: boolean): void {
    this.pause.setAttribute('aria-pressed', String(isPaused));
    this.pause.textContent = isPaused ? this.texts.resume : this.texts.pause;
  }

  private changed(): void {
    this.current = {
      text: this.words.value,
      node: this.chosenNode(),
      phase: this.phase.value as PhaseChoice,
      weight: this.weight.value as RowWeight,
    };
    this.events.onFilter(this.current);
  }

  private chosenNode(): NodeChoice {
    const { value } = this.node;
    if (value === 'all' || value === 'server' || value === 'sentinel') return { of: value };
    const chosen = this.nodes.find(({ lab, node }) => nodeValue({ of: 'node', lab, node }) === value);
    return chosen ? { of: 'node', lab: chosen.lab, node: chosen.node } : this.current.node;
  }
}

function nodeValue(choice: NodeChoice): string {
  return choice.of === 'node' ? JSON.stringify([choice.lab, choice.node]) : choice.of;
}
