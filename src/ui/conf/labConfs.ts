import type { NodeSpec } from '../../core/model/lab';
import type { LabCatalog } from '../labs/labCatalog';
import type { LabEntry, OpenedLab } from '../labs/labEntry';

/** A conf file that belongs to a node of a lab. */
export interface LabConf {
  readonly entry: LabEntry;
  readonly lab: OpenedLab;
  readonly node: NodeSpec;
  /** The form that is kept in conf/.first: nothing runs with it. */
  readonly isFirstForm: boolean;
}

/** The lab and node whose conf this file is. */
export function labConfOf(catalog: LabCatalog, file: string): LabConf | undefined {
  for (const entry of catalog.labs) {
    const lab = entry.opened;
    if (!lab) continue;
    const { paths } = lab.folder;
    const { nodes } = lab.session.lab;
    const node = nodes.find(candidate => isSame(paths.conf(candidate), file));
    if (node) return { entry, lab, node, isFirstForm: false };
    const first = nodes.find(candidate => isSame(paths.firstConf(candidate), file));
    if (first) return { entry, lab, node: first, isFirstForm: true };
  }
  return undefined;
}

/** VS Code writes a drive's letter small. */
function isSame(a: string, b: string): boolean {
  return process.platform === 'win32' ? a.toLowerCase() === b.toLowerCase() : a === b;
}
