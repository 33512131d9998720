/**
 * `sentinel` asks Sentinels for the master and follows it; `fixed` keeps the address that the first master had, as an application does
 * whose configuration names a server.
 */
export type ProbeClientName = 'sentinel' | 'fixed';

export const probeClientNames = ['sentinel', 'fixed'] as const satisfies readonly ProbeClientName[];

/** A data node or Sentinel as a client reaches it. */
export interface ProbeTarget {
  readonly port: number;
  readonly password: string | undefined;
}

/** What a probe needs to know. It goes to the probe's standard input and nowhere else, because of the passwords. */
export interface ProbeConfig {
  /** Part of every key, so that two probes never meet: letters and digits. */
  readonly run: string;
  readonly host: string;
  readonly masterName: string;
  readonly sentinels: readonly ProbeTarget[];
  /** The data nodes: which of them are replicas changes during a failover. */
  readonly servers: readonly ProbeTarget[];
  /** The port of the master at the beginning, where the client `fixed` stays. */
  readonly master: number;
  /** Without Sentinels only `fixed` makes sense. */
  readonly clients: readonly ProbeClientName[];
  /** Writes a second, by each client. */
  readonly rate: number;
  /** How long a write waits for its answer, in milliseconds. */
  readonly timeout: number;
  /** Reads a second from each replica; 0 for none. */
  readonly readRate: number;
}

/** What is taken where nobody chose: enough to see an outage to 10 ms, and nothing that a server would feel. */
export const probeDefaults = { rate: 100, timeout: 1_000, readRate: 10 } as const;

/** The most writes a second that a probe does. */
export const highestRate = 1_000;

/** How long a client waits before it connects again, in milliseconds: an outage cannot be measured more finely than this. */
export const reconnectDelay = 50;

/** The key of one numbered write; its value is the number. */
export function probeKey(run: string, client: ProbeClientName, number: number): string {
  return `probe:${run}:${client}:${number}`;
}

/** The key whose value is the highest acknowledged number, for reads from replicas. */
export function seenKey(run: string): string {
  return `probe:${run}:seen`;
}
