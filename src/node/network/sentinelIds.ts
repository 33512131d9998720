import { readFile } from 'node:fs/promises';
import { readSentinelConf } from '../../core/conf/confDocument';
import { sentinelNodes, type Lab } from '../../core/model/lab';
import { parseInfo } from '../../core/model/serverInfo';
import type { LabPaths } from '../files/labPaths';
import { sendCommand } from '../redis/command';

/** As much of its id as a Sentinel puts into the names of its connections. */
const shortId = 8;

/** Knows which Sentinel has which id. */
export class SentinelIds {
  private readonly names = new Map<string, string>();

  constructor(
    private readonly paths: LabPaths,
    private readonly lab: () => Lab,
  ) {}

  /** The name of the Sentinel with an id that begins like this; undefined: it is none of this lab's. */
  async find(id: string): Promise<string | undefined> {
    if (!this.names.has(id)) await this.readConfs();
    // Up to 3.0 the id is the run id, which is in no conf.
    if (!this.names.has(id)) await this.askSentinels();
    return this.names.get(id);
  }

  private async readConfs(): Promise<void> {
    for (const node of sentinelNodes(this.lab())) {
      const text = await readFile(this.paths.conf(node), 'utf8').catch(() => '');
      this.learn(readSentinelConf(text, this.lab().masterName).id, node.name);
    }
  }

  private async askSentinels(): Promise<void> {
    await Promise.all(
      sentinelNodes(this.lab()).map(async node => {
        const text = await readFile(this.paths.conf(node), 'utf8').catch(() => '');
        const { password } = readSentinelConf(text, this.lab().masterName);
        const info = await sendCommand(node.listenPort, password, 'INFO', 'server').catch(() => '');
        this.learn(parseInfo(String(info)).runId, node.name);
      }),
    );
  }

  private learn(id: string | undefined, name: string): void {
    if (id) this.names.set(id.slice(0, shortId), name);
  }
}
