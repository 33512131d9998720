import type { RedisOptions } from 'ioredis';
import {
  reconnectDelay,
  type ProbeClientName,
  type ProbeConfig,
  type ProbeTarget,
} from '../../core/probe/probeConfig';

/** The options of a client whose replies have the shapes of RESP2, which every server since 2.8 speaks. */
export type ProbeClientOptions = Omit<RedisOptions, 'replyMapping'>;

/** How long connecting may take on one machine, in milliseconds. */
const connectTime = 1_000;
/** How long the other side may take to close too, in milliseconds: a frozen node never does. */
const farewellTime = 50;
/** How soon a lost subscription to a Sentinel is opened again, in milliseconds. */
const sentinelReturnTime = 1_000;

/** What all clients of the probe have in common: one attempt is one write, nothing is queued, repeated or sent twice. */
function commonOptions(name: string, { password }: ProbeTarget, timeout: number): ProbeClientOptions {
  return {
    ...(password === undefined ? {} : { password }),
    connectionName: `client-${name}`,
    protocol: 2,
    lazyConnect: true,
    connectTimeout: connectTime,
    disconnectTimeout: farewellTime,
    commandTimeout: timeout,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    disableClientInfo: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => reconnectDelay,
  };
}

/** A client that keeps one address and takes whatever answers there. */
export function fixedOptions(name: string, target: ProbeTarget, config: ProbeConfig): ProbeClientOptions {
  return {
    ...commonOptions(name, target, config.timeout),
    host: config.host,
    port: target.port,
    // A server that loads its data says so itself, to the write.
    enableReadyCheck: false,
  };
}

/**
 * A client as an application has it that uses ioredis with Sentinels and lets it listen to them. The ready check stays on: it is how
 * ioredis leaves a server that turns out to be no master.
 */
function sentinelOptions(config: ProbeConfig): ProbeClientOptions {
  const master = config.servers.find(({ port }) => port === config.master);
  const sentinelPassword = config.sentinels.find(({ password }) => password !== undefined)?.password;
  return {
    ...commonOptions('sentinel', { port: config.master, password: master?.password }, config.timeout),
    sentinels: config.sentinels.map(({ port }) => ({ host: config.host, port })),
    name: config.masterName,
    ...(sentinelPassword === undefined ? {} : { sentinelPassword }),
    failoverDetector: true,
    // A frozen Sentinel accepts connections and says nothing: the next one is asked instead.
    sentinelCommandTimeout: config.timeout,
    sentinelReconnectStrategy: () => sentinelReturnTime,
    maxLoadingRetryTime: reconnectDelay,
  };
}

/** The options of a writing client. */
export function writerOptions(client: ProbeClientName, config: ProbeConfig): ProbeClientOptions {
  if (client === 'sentinel') return sentinelOptions(config);
  const password = config.servers.find(({ port }) => port === config.master)?.password;
  return fixedOptions('fixed', { port: config.master, password }, config);
}
