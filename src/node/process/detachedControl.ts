import { mkdir, open } from 'node:fs/promises';
import { launchPlan } from '../../core/launch/launchPlan';
import type { NodeSpec } from '../../core/model/lab';
import type { NodeControl } from '../../lab/ports';
import type { LabFolder } from '../files/labFolder';
import { freezeNode, killNode, resumeNode, stopNode } from './endNode';
import { spawnServer } from './spawnServer';

/** Runs nodes in the background, without a terminal: they go on when the command line program has ended. */
export class DetachedControl implements NodeControl {
  constructor(private readonly folder: LabFolder) {}

  async start(node: NodeSpec): Promise<void> {
    const { paths } = this.folder;
    const server = await this.folder.server(node);
    const plan = launchPlan(node, { server: server.path, conf: paths.conf(node), data: paths.data(node) });
    await mkdir(paths.runFolder, { recursive: true, mode: 0o700 });
    const output = await open(paths.output(node.name), 'w', 0o600);
    try {
      const child = await spawnServer(plan, node, { paths, stdio: ['ignore', output.fd, output.fd], runnerPid: undefined });
      child.unref();
    } finally {
      await output.close();
    }
  }

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
