import type { ProbeServer } from '../../core/probe/probeRecord';

/** Gives every server process that a probe met a number, in the order in which they were met. */
export class ServerList {
  readonly servers: ProbeServer[] = [];

  indexOf(port: number, runId: string | undefined): number {
    const known = this.servers.findIndex(server => server.port === port && server.runId === runId);
    return known >= 0 ? known : this.servers.push({ port, runId }) - 1;
  }
}
