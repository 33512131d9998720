import { join } from 'node:path';
import type { NodeSpec } from '../../core/model/lab';
import type { NetworkControl, NodeControl } from '../../lab/ports';
import type { LabFolder } from '../files/labFolder';
import { LabNetworkControl } from '../network/networkControl';
import { freezeNode, killNode, resumeNode, stopNode } from './endNode';

/** Ends, freezes and resumes nodes by their run record; how a node is started is up to the subclass. */
export abstract class RecordedControl implements NodeControl {
  readonly network: NetworkControl;

  /** `programs` is the folder with the bundled programs. */
  constructor(
    protected readonly folder: LabFolder,
    programs: string,
  ) {
    this.network = new LabNetworkControl(folder, join(programs, 'network.js'));
  }

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
