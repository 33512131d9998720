import type { Topology } from '../../core/view/topology';
import type { TopologyTexts } from '../../core/view/topologyTexts';
import { topologyTable } from '../../core/view/topologyTable';
import { make } from '../elements';

/** The drawing in words. */
export class NodeTable {
  readonly element: HTMLTableElement;
  private readonly body = make('tbody');
  private shown = '';

  constructor(
    texts: TopologyTexts,
    private readonly onOpen: (node: string) => void,
  ) {
    const heads = [texts.node, texts.what, texts.now, texts.links];
    this.element = make(
      'table',
      { class: 'topology-table' },
      make('thead', {}, make('tr', {}, ...heads.map(head => make('th', { scope: 'col' }, head)))),
      this.body,
    );
  }

  /** `contextOf` gives what the menu of a node needs to know. */
  show(topology: Topology, contextOf: (node: string) => string): void {
    const rows = topologyTable(topology);
    const now = JSON.stringify([rows, rows.map(({ node }) => contextOf(node))]);
    if (now === this.shown) return;
    this.shown = now;
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset['node'] : undefined;
    this.body.replaceChildren(
      ...rows.map(({ node, label, caption, detail, links }) =>
        make(
          'tr',
          { 'data-vscode-context': contextOf(node) },
          make('th', { scope: 'row' }, this.button(node, label)),
          make('td', {}, caption),
          make('td', {}, detail),
          make('td', {}, ...links.map(link => make('div', {}, link))),
        ),
      ),
    );
    if (focused !== undefined)
      this.body.querySelector<HTMLElement>(`button[data-node="${CSS.escape(focused)}"]`)?.focus();
  }

  private button(node: string, label: string): HTMLElement {
    const button = make('button', { type: 'button', class: 'link', 'data-node': node }, label);
    button.addEventListener('click', () => this.onOpen(node));
    return button;
  }
}
