import assert from 'node:assert/strict';
import path from 'node:path';
import type { AttemptLog } from '../../../src/core/probe/attemptLog';
import { makeLedger, type ClientLedger, type Ledger } from '../../../src/core/probe/ledger';
import type { ProbeClientName, ProbeConfig } from '../../../src/core/probe/probeConfig';
import type { ProbeEvent } from '../../../src/core/probe/probeEvent';
import type { ProbeRecord } from '../../../src/core/probe/probeRecord';
import {
  verifyLedger,
  type ClientVerification,
  type Verification,
} from '../../../src/core/probe/verifyLedger';
import { readPresentNumbers } from '../../../src/node/probe/presentNumbers';
import { ProbeProcess } from '../../../src/node/probe/probeProcess';
import { repoRoot } from '../../support/repoRoot';
import { until } from '../../support/until';
import type { TestLab } from './lab';
import { ask } from './redis';

export const probeProgram = path.join(repoRoot, 'dist', 'probe.js');

let runs = 0;

/** A configuration for servers that a test knows itself; the first one is the master. */
export function probeConfig(
  servers: readonly number[],
  more: Partial<ProbeConfig> & { readonly password?: string | undefined } = {},
): ProbeConfig {
  const { password, ...rest } = more;
  return {
    run: `test${process.pid}x${++runs}`,
    host: '127.0.0.1',
    masterName: 'mymaster',
    sentinels: [],
    servers: servers.map(port => ({ port, password })),
    master: servers[0]!,
    clients: ['fixed'],
    rate: 100,
    // A busy machine is no reason to fail; tests that want time-outs choose a shorter one.
    timeout: 5_000,
    readRate: 0,
    ...rest,
  };
}

/** The probe of a test lab, with both clients; `master` is the port of the master now. */
export function labProbeConfig(lab: TestLab, master: number, more: Partial<ProbeConfig> = {}): ProbeConfig {
  return probeConfig(lab.serverPorts, {
    sentinels: lab.sentinelPorts.map(port => ({ port, password: undefined })),
    master,
    clients: ['sentinel', 'fixed'],
    ...(lab.password === undefined ? {} : { password: lab.password }),
    ...more,
  });
}

/** A probe that remembers what it told. */
export class WatchedProbe {
  readonly events: ProbeEvent[] = [];
  readonly process = new ProbeProcess(probeProgram);

  constructor(readonly config: ProbeConfig) {
    this.process.onEvent(event => this.events.push(event));
  }

  static async start(config: ProbeConfig): Promise<WatchedProbe> {
    const probe = new WatchedProbe(config);
    await probe.process.start(config);
    return probe;
  }

  /** How much a client had acknowledged when it last told. */
  acknowledged(client: ProbeClientName): number {
    const last = this.events.findLast(event => event.type === 'progress');
    return last?.clients.find(progress => progress.client === client)?.acknowledged ?? 0;
  }

  /** Waits until a client has so many more acknowledgements than now. */
  async acknowledges(client: ProbeClientName, more = 20): Promise<void> {
    const now = this.acknowledged(client);
    await until(`${client} gets ${more} writes through`, () => this.acknowledged(client) >= now + more, {
      timeout: 20_000,
    });
  }

  /** Waits for an event that comes after the `from`th. */
  async tells(what: string, from: number, is: (event: ProbeEvent) => boolean): Promise<ProbeEvent> {
    return until(what, () => this.events.slice(from).find(is), { timeout: 30_000 });
  }
}

/** Everything about one client, and the keys that are really there. */
export interface CheckedClient extends ClientLedger, Omit<ClientVerification, 'client'> {
  readonly attempts: AttemptLog;
}

/** A record held against the final master. */
export interface CheckedProbe {
  readonly record: ProbeRecord;
  readonly ledger: Ledger;
  readonly verification: Verification;
  readonly client: (name: ProbeClientName) => CheckedClient;
}

/**
 * Verifies a record on the final master, and holds every count against a recount that shares nothing with it: the names of the keys
 * that the server has.
 */
export async function checkProbe(
  record: ProbeRecord,
  master: number,
  password?: string,
): Promise<CheckedProbe> {
  const ledger = makeLedger(record);
  const verification = verifyLedger(record, await readPresentNumbers(master, password, record));
  const client = (name: ProbeClientName): CheckedClient => {
    const one = ledger.clients.find(found => found.client === name);
    const other = verification.clients.find(found => found.client === name);
    const log = record.clients.find(found => found.client === name);
    assert.ok(one && other && log, `the record has the client ${name}`);
    return { ...one, ...other, attempts: log.attempts };
  };
  for (const { client: name } of record.clients) {
    const found = client(name);
    const keys = (await ask(master, password, 'KEYS', `probe:${record.run}:${name}:*`)) as readonly string[];
    const there = new Set(keys.map(key => Number(key.slice(key.lastIndexOf(':') + 1))));
    const all = [...found.attempts];
    const numbers = (is: (attempt: (typeof all)[number]) => boolean): number[] =>
      all.filter(is).map(({ number }) => number);
    assert.equal(found.present, there.size, `${name}: as many as there are keys`);
    assert.deepEqual(
      [...found.lostAcknowledged],
      numbers(({ result, number }) => result === 'ok' && !there.has(number)),
      `${name}: lost`,
    );
    assert.deepEqual(
      [...found.unacknowledgedButPresent],
      numbers(({ result, number }) => result !== 'ok' && there.has(number)),
      `${name}: there without an acknowledgement`,
    );
    assert.equal(found.unexplained.count, 0, `${name}: nothing is there that was refused or never sent`);
    assert.equal(found.attempted, all.length);
    assert.ok(all.every(({ number }, index) => number === index + 1));
  }
  return { record, ledger, verification, client };
}
