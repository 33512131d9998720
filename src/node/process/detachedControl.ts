import { mkdir } from 'node:fs/promises';
import { launchPlan } from '../../core/launch/launchPlan';
import type { NodeSpec } from '../../core/model/lab';
import { RecordedControl } from './recordedControl';
import { openServerOutput } from './serverOutput';
import { RunsAlready, spawnServer } from './spawnServer';

/** Runs nodes in the background, without a terminal: they go on when the command line program has ended. */
export class DetachedControl extends RecordedControl {
  async start(node: NodeSpec): Promise<void> {
    const { paths } = this.folder;
    const server = await this.folder.server(node);
    const plan = launchPlan(node, { server: server.path, conf: paths.conf(node), data: paths.data(node) });
    await mkdir(paths.runFolder, { recursive: true, mode: 0o700 });
    const { handle: output } = await openServerOutput(paths, node);
    try {
      const child = await spawnServer(plan, node, {
        paths,
        stdio: ['ignore', output.fd, output.fd],
        runnerPid: undefined,
      });
      child.unref();
    } catch (error) {
      // Somebody else was quicker, and the node runs: that is what was wanted.
      if (!(error instanceof RunsAlready)) throw error;
    } finally {
      await output.close();
    }
  }
}
