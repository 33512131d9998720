import * as l10n from '@vscode/l10n';

/** The texts of the drawing of a lab that do not come with its contents: the page has no translations of its own. */
export interface TopologyTexts {
  /** What the drawing is, and how to move in it. */
  readonly name: string;
  /** The button that shows words in place of the drawing. */
  readonly asTable: string;
  readonly node: string;
  readonly what: string;
  readonly now: string;
  readonly links: string;
  /** What the lines are. */
  readonly replicates: string;
  readonly watches: string;
}

export function topologyTexts(): TopologyTexts {
  return {
    name: l10n.t('Nodes and links. Arrow keys go from node to node, Enter opens one.'),
    asTable: l10n.t('As Table'),
    node: l10n.t('Node'),
    what: l10n.t('What it is'),
    now: l10n.t('State'),
    links: l10n.t('Links'),
    replicates: l10n.t('replication, from the master to the replica'),
    watches: l10n.t('a Sentinel and whom it takes for the master'),
  };
}
