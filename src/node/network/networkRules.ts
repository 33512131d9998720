import type { LinkRule } from '../../core/network/linkRule';
import type { NetworkRules } from '../../lab/ports';
import type { LabPaths } from '../files/labPaths';
import { observeProcess } from '../files/runRecords';
import { NetworkClient } from './networkClient';
import { networkName } from './networkRecord';

/** The rules of the network of a lab, asked and set on a connection of their own each time. */
export class LabNetworkRules implements NetworkRules {
  constructor(private readonly paths: LabPaths) {}

  async rules(): Promise<readonly LinkRule[] | undefined> {
    if ((await observeProcess(this.paths, networkName)).life === 'gone') return undefined;
    return this.ask(async client => (await client.state()).rules);
  }

  async set(rules: readonly LinkRule[]): Promise<void> {
    await this.ask(async client => client.setRules(rules));
  }

  private async ask<T>(what: (client: NetworkClient) => Promise<T>): Promise<T> {
    const client = await NetworkClient.connect(this.paths);
    try {
      return await what(client);
    } finally {
      client.dispose();
    }
  }
}
