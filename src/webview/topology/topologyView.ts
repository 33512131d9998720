import './topology.css';
import type { Topology, TopologyNode } from '../../core/view/topology';
import { topologyTable } from '../../core/view/topologyTable';
import type { TopologyTexts } from '../../core/view/topologyTexts';
import { make, setAttribute } from '../elements';
import { arrowIds, EdgeView } from './edgeView';
import { nextNode } from './nextNode';
import { NodeTable } from './nodeTable';
import { NodeView } from './nodeView';
import { makeSvg } from './svg';

export interface TopologyEvents {
  /** Somebody wants to see what a node logs or has: its name. */
  onOpen(node: string): void;
  /** Somebody chose the table, or the drawing. */
  onTable?(isTable: boolean): void;
}

/** Units of the drawing that are as wide as one `em` of the page: it grows with the font. */
const unitsPerEm = 13;

/** A lab as a drawing whose nodes have menus and take keys, or as a table. */
export class TopologyView {
  readonly element: HTMLElement;
  private readonly svg: SVGSVGElement;
  // What edges say is said by the nodes at their ends.
  private readonly edgeLayer = makeSvg('g', { 'aria-hidden': 'true' });
  private readonly labelLayer = makeSvg('g', { 'aria-hidden': 'true' });
  private readonly nodeLayer = makeSvg('g');
  private readonly drawing: HTMLElement;
  private readonly table: NodeTable;
  private readonly toggle: HTMLButtonElement;
  private readonly nodes = new Map<string, NodeView>();
  private readonly edges = new Map<string, EdgeView>();
  private shown: { readonly topology: Topology; readonly lab: string } | undefined;
  private active: string | undefined;
  private isTable = false;

  constructor(
    texts: TopologyTexts,
    private readonly events: TopologyEvents,
  ) {
    this.svg = makeSvg(
      'svg',
      { role: 'group', 'aria-label': texts.name },
      makeSvg('defs', {}, arrow(arrowIds.replicates), arrow(arrowIds.watches)),
      this.edgeLayer,
      this.labelLayer,
      this.nodeLayer,
    );
    this.drawing = make('div', { class: 'topology-drawing' }, this.svg, legend(texts));
    this.table = new NodeTable(texts, node => events.onOpen(node));
    this.toggle = make('button', { type: 'button', 'aria-pressed': 'false' }, texts.asTable);
    this.element = make('div', { class: 'topology-view' }, this.drawing, this.table.element, this.toggle);
    this.table.element.hidden = true;
    this.toggle.addEventListener('click', () => {
      this.setTable(!this.isTable);
      events.onTable?.(this.isTable);
    });
    this.nodeLayer.addEventListener('keydown', event => this.onKey(event));
    this.nodeLayer.addEventListener('focusin', event => this.activate(this.nameAt(event.target)));
    this.nodeLayer.addEventListener('dblclick', event => this.open(this.nameAt(event.target)));
  }

  /** `lab` is the lab's own id, which menus need to know. */
  show(topology: Topology, lab: string): void {
    this.shown = { topology, lab };
    if (this.isTable) this.table.show(topology, name => this.contextOf(name));
    else this.draw(topology);
  }

  setTable(isTable: boolean): void {
    this.isTable = isTable;
    this.toggle.setAttribute('aria-pressed', String(isTable));
    this.drawing.hidden = isTable;
    this.table.element.hidden = !isTable;
    if (this.shown) this.show(this.shown.topology, this.shown.lab);
  }

  private draw(topology: Topology): void {
    const { nodes, edges, width, height } = topology;
    setAttribute(this.svg, 'viewBox', `0 0 ${width} ${height}`);
    this.svg.style.width = `${width / unitsPerEm}em`;
    const links = new Map(topologyTable(topology).map(row => [row.node, row.links]));
    if (!nodes.some(({ name }) => name === this.active)) this.active = nodes[0]?.name;
    match(
      this.nodes,
      nodes.map(({ name }) => name),
      name => {
        const view = new NodeView(name);
        this.nodeLayer.append(view.element);
        return view;
      },
    );
    for (const node of nodes) {
      const view = this.nodes.get(node.name);
      view?.show(node, links.get(node.name) ?? [], this.contextOf(node.name));
      if (view) setAttribute(view.box, 'tabindex', node.name === this.active ? '0' : '-1');
    }
    match(
      this.edges,
      edges.map(({ id }) => id),
      () => {
        const view = new EdgeView();
        this.edgeLayer.append(view.element);
        this.labelLayer.append(view.label);
        return view;
      },
    );
    for (const edge of edges) this.edges.get(edge.id)?.show(edge);
  }

  /** What VS Code's menus need to know of a node: the same words as in the tree. */
  private contextOf(name: string): string {
    const lab = this.shown?.lab ?? '';
    return JSON.stringify({
      webviewSection: 'node',
      // Of another moment nothing can be done to it.
      viewItem: lab === '' ? 'replayed' : (this.find(name)?.context ?? ''),
      lab,
      nodes: [name],
      preventDefaultContextMenuItems: true,
    });
  }

  private find(name: string): TopologyNode | undefined {
    return this.shown?.topology.nodes.find(node => node.name === name);
  }

  private nameAt(target: EventTarget | null): string | undefined {
    const element = target instanceof Element ? target.closest('.node') : null;
    return [...this.nodes.values()].find(view => view.box === element)?.name;
  }

  private activate(name: string | undefined): void {
    if (name === undefined) return;
    this.nodes.get(this.active ?? '')?.box.setAttribute('tabindex', '-1');
    this.active = name;
    this.nodes.get(name)?.box.setAttribute('tabindex', '0');
  }

  private open(name: string | undefined): void {
    if (name !== undefined) this.events.onOpen(name);
  }

  private onKey(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey || !this.shown || this.active === undefined) return;
    if (key === 'Enter' || key === ' ') {
      this.open(this.active);
    } else {
      const next = nextNode(this.shown.topology.nodes, this.active, key);
      if (next === undefined) return;
      this.nodes.get(next)?.box.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Makes views for what is new and takes away those of what is gone; all others stay. */
function match<View extends { remove(): void }>(
  views: Map<string, View>,
  keys: readonly string[],
  create: (key: string) => View,
): void {
  const wanted = new Set(keys);
  for (const [key, view] of views)
    if (!wanted.has(key)) {
      view.remove();
      views.delete(key);
    }
  for (const key of wanted) if (!views.has(key)) views.set(key, create(key));
}

function arrow(id: string): SVGMarkerElement {
  return makeSvg(
    'marker',
    {
      id,
      viewBox: '0 0 8 8',
      refX: 7,
      refY: 4,
      markerUnits: 'userSpaceOnUse',
      markerWidth: 8,
      markerHeight: 8,
      orient: 'auto-start-reverse',
    },
    makeSvg('path', { d: 'M0 0.5L8 4L0 7.5z' }),
  );
}

/** What the two kinds of lines are. */
function legend({ replicates, watches }: TopologyTexts): HTMLElement {
  const sample = (kind: string): SVGElement =>
    makeSvg(
      'svg',
      { viewBox: '0 0 30 8', 'aria-hidden': 'true' },
      makeSvg(
        'g',
        { class: 'edge', 'data-kind': kind, 'data-state': 'up' },
        makeSvg('path', { class: 'line', d: 'M1 4H29' }),
      ),
    );
  return make(
    'p',
    { class: 'topology-legend' },
    make('span', {}, sample('replicates'), replicates),
    make('span', {}, sample('watches'), watches),
  );
}
