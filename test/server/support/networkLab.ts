import path from 'node:path';
import type { LinkEffect, LinkRule } from '../../../src/core/network/linkRule';
import { listenPortOf } from '../../../src/core/network/listenPort';
import { LabPaths } from '../../../src/node/files/labPaths';
import { NetworkClient } from '../../../src/node/network/networkClient';
import { ask, infoField } from './redis';
import { useLab, type TestLab, type LabOptions } from './lab';

/** A lab with a network: `port` is what others know a node by; to look at a node past the network, ask where it listens. */
export class NetworkLab {
  constructor(readonly lab: TestLab) {}

  get paths(): LabPaths {
    return new LabPaths(path.resolve(this.lab.dir));
  }

  /** Asks a node past the network. */
  async direct(port: number, ...words: readonly string[]): Promise<unknown> {
    return ask(listenPortOf(port), this.lab.password, ...words);
  }

  async field(port: number, field: string): Promise<string> {
    return infoField(listenPortOf(port), this.lab.password, field);
  }

  /** The port of the master that a Sentinel knows, and the flags it has. */
  async known(sentinelPort: number): Promise<{ port: number; flags: string }> {
    const fields = (await this.direct(sentinelPort, 'SENTINEL', 'MASTER', 'mymaster')) as readonly string[];
    const value = (name: string): string => fields[fields.indexOf(name) + 1] ?? '';
    return { port: Number(value('port')), flags: value('flags') };
  }

  async connect(): Promise<NetworkClient> {
    return NetworkClient.connect(this.paths);
  }

  name(port: number): string {
    return `${this.lab.serverPorts.includes(port) ? 'redis' : 'sentinel'}-${port}`;
  }

  /** A rule for what travels from one node to another. */
  rule(from: number, to: number, effect: LinkEffect = { type: 'cut' }): LinkRule {
    return { from: this.name(from), to: this.name(to), effect };
  }

  /** Cuts both directions between each of the one side and each of the other. */
  apart(one: readonly number[], other: readonly number[]): readonly LinkRule[] {
    return one.flatMap(a => other.flatMap(b => [this.rule(a, b), this.rule(b, a)]));
  }
}

/** A lab with a network for the tests of one `describe`; see `useLab`. */
export function useNetworkLab(options: LabOptions): NetworkLab {
  return new NetworkLab(useLab({ ...options, network: true }));
}
