import * as vscode from 'vscode';
import { networkText } from '../../core/view/networkText';
import { nodeTooltip } from '../../core/view/nodeTooltip';
import { labRow, type Row } from '../../core/view/labRows';
import { replayRow, type ShownReplay } from '../../core/view/replayRow';
import type { LabCatalog } from '../labs/labCatalog';
import type { LabEntry } from '../labs/labEntry';
import type { NodeRef } from '../labs/nodeRef';
import type { Replays } from '../timeline/replays';
import { faultyRow } from './faultyRow';

/** How often a row is drawn whose counters alone have changed, in milliseconds: each drawing costs VS Code far more than us. */
const counterPace = 5_000;

/** A lab, or the id of a replay. */
type TreeSource = LabEntry | string;

/** A row of the tree with what it stands for. The object of a row stays the same while its content changes. */
export interface TreeElement extends NodeRef {
  /** What the row at the top of it stands for. */
  readonly source: TreeSource;
  readonly parent: TreeElement | undefined;
  row: Row;
  /** The row as VS Code was last told of it, and when, in milliseconds since 1970. */
  told: Row;
  toldAt: number;
}

/** Shows the labs, and what is replayed. Rows are computed from the state; only those that look different now are drawn anew. */
export class LabTree implements vscode.TreeDataProvider<TreeElement>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeElement[] | undefined>();
  private readonly elements = new Map<string, TreeElement>();
  private readonly listening: readonly vscode.Disposable[];

  constructor(
    private readonly catalog: LabCatalog,
    private readonly replays: Replays,
  ) {
    this.listening = [
      catalog.onDidChangeList(() => this.changed.fire(undefined)),
      catalog.onDidChangeLab(entry => this.update(entry.directory, rowOf(entry))),
      replays.onDidChange(replay => {
        if (replay) this.update(replay.id, replayRow(replay, Date.now()));
        else {
          this.forgetReplays();
          this.changed.fire(undefined);
        }
      }),
    ];
  }

  readonly onDidChangeTreeData = this.changed.event;

  getChildren(parent?: TreeElement): TreeElement[] {
    if (parent) return parent.row.children.map(row => this.element(parent.source, parent, row));
    return [
      ...this.replays.all.map(replay => this.element(replay.id, undefined, replayRow(replay, Date.now()))),
      ...this.catalog.labs.map(entry => this.element(entry, undefined, rowOf(entry))),
    ];
  }

  getParent(element: TreeElement): TreeElement | undefined {
    return element.parent;
  }

  getTreeItem({ row, source }: TreeElement): vscode.TreeItem {
    const hasChildren = row.children.length > 0;
    const item = new vscode.TreeItem(
      row.label,
      hasChildren ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
    );
    item.id = row.id;
    item.description = row.description;
    item.contextValue = row.context;
    item.accessibilityInformation = { label: row.spoken };
    if (row.icon)
      item.iconPath = new vscode.ThemeIcon(
        row.icon.id,
        row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color),
      );
    const error = typeof source === 'string' ? undefined : source.error;
    if (error?.details.place) {
      const at = new vscode.Position(Math.max(0, (error.details.place.line ?? 1) - 1), 0);
      item.tooltip = error.message;
      item.command = {
        command: 'vscode.open',
        title: '',
        arguments: [vscode.Uri.file(error.details.place.file), { selection: new vscode.Range(at, at) }],
      };
    }
    return item;
  }

  /** Tooltips are written when somebody looks at them. */
  resolveTreeItem(item: vscode.TreeItem, element: TreeElement): vscode.TreeItem {
    const [name] = element.row.nodes;
    const { source, row, parent } = element;
    const shown = this.shownState(source);
    if (!shown) return item;
    if (row.children.length === 0 && name !== undefined) {
      item.tooltip = new vscode.MarkdownString(nodeTooltip(shown.state, name, shown.at));
    } else if (parent === undefined) {
      const network = networkText(shown.state);
      item.tooltip = [
        `${row.label}: ${row.description}`,
        ...(typeof source === 'string' ? [] : [source.directory]),
        ...(network === undefined ? [] : [network]),
      ].join('\n');
    }
    return item;
  }

  /** The element of a lab, a group or a node, for revealing it. */
  find(id: string): TreeElement | undefined {
    return this.elements.get(id);
  }

  /** Rows of a replay that is over are not asked for again. */
  private forgetReplays(): void {
    for (const [id, { source }] of this.elements)
      if (typeof source === 'string' && !this.replays.get(source)) this.elements.delete(id);
  }

  /** What is known of a lab, at the moment in milliseconds since 1970 for which it is shown. */
  private shownState(source: TreeSource): Pick<ShownReplay, 'state' | 'at'> | undefined {
    if (typeof source === 'string') return this.replays.get(source);
    const { opened } = source;
    return opened && { state: opened.session.store.state, at: Date.now() };
  }

  private element(source: TreeSource, parent: TreeElement | undefined, row: Row): TreeElement {
    const known = this.elements.get(row.id);
    if (known && known.parent === parent && known.source === source) {
      known.row = row;
      return told(known, Date.now());
    }
    const isLab = parent === undefined;
    const element: TreeElement = {
      source,
      parent,
      row,
      told: row,
      toldAt: Date.now(),
      lab: typeof source === 'string' ? source : source.directory,
      nodes: isLab ? undefined : row.nodes,
    };
    this.elements.set(row.id, element);
    return element;
  }

  private update(id: string, row: Row): void {
    const root = this.elements.get(id);
    if (!root) {
      this.changed.fire(undefined);
      return;
    }
    const changed = this.apply(root, row);
    if (changed.length > 0) this.changed.fire(changed);
  }

  /** Takes over a new row and gives the elements to draw anew: one whose children are others, or the single ones that look different. */
  private apply(element: TreeElement, row: Row): TreeElement[] {
    const before = element.row;
    element.row = row;
    const now = Date.now();
    const isSameFamily =
      before.children.length === row.children.length &&
      before.children.every((child, index) => child.id === row.children[index]?.id);
    if (!isSameFamily) return [told(element, now)];
    const below = row.children.flatMap(child => {
      const known = this.elements.get(child.id);
      return known ? this.apply(known, child) : [];
    });
    // Drawing an element anew fetches its children, too: nothing below needs to be told then.
    return isNews(element, now) ? [told(element, now)] : below;
  }

  dispose(): void {
    for (const listener of this.listening) listener.dispose();
    this.changed.dispose();
  }
}

function rowOf(entry: LabEntry): Row {
  if (!entry.opened) return faultyRow(entry);
  const row = labRow(entry.directory, entry.opened.session.store.state, Date.now());
  return entry.isAdded ? { ...row, context: `${row.context} added` } : row;
}

/** Whether a row must be drawn anew: at once where it looks different, after a while where only its counters have moved. */
function isNews({ row, told: before, toldAt }: TreeElement, now: number): boolean {
  const isSame =
    before.label === row.label &&
    before.steady === row.steady &&
    before.context === row.context &&
    before.icon?.id === row.icon?.id &&
    before.icon?.color === row.icon?.color;
  return !isSame || (before.description !== row.description && now - toldAt >= counterPace);
}

function told(element: TreeElement, now: number): TreeElement {
  element.told = element.row;
  element.toldAt = now;
  return element;
}
