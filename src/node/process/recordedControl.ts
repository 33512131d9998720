import type { NodeSpec } from '../../core/model/lab';
import type { NodeControl } from '../../lab/ports';
import type { LabFolder } from '../files/labFolder';
import { freezeNode, killNode, resumeNode, stopNode } from './endNode';

/** Ends, freezes and resumes nodes by their run record; how a node is started is up to the subclass. */
export abstract class RecordedControl implements NodeControl {
  constructor(protected readonly folder: LabFolder) {}

  abstract start(node: NodeSpec): Promise<void>;

  async stop(node: NodeSpec): Promise<void> {
    await stopNode(this.folder.paths, node, other => this.folder.passwordOf(other));
  }

  async kill(node: NodeSpec): Promise<void> {
    await killNode(this.folder.paths, node);
  }

  async freeze(node: NodeSpec): Promise<void> {
    await freezeNode(this.folder.paths, node);
  }

  async resume(node: NodeSpec): Promise<void> {
    await resumeNode(this.folder.paths, node);
  }
}
