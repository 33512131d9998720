// What the write probe costs: processor time, its own part of a write's latency against a bare ioredis loop, memory for an hour.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { buildPrograms, importSource } from '../scripts/build.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { temporaryFolder } from '../scripts/lib/temporaryFolder.mjs';
import { freeBlock } from './lib/freeBlock.mjs';
import { cpuMilliseconds, residentMegabytes } from './lib/processCost.mjs';
import { median, quantile, spread } from './lib/statistics.mjs';

const execute = promisify(execFile);
const cli = path.join(root, 'dist/cli.js');

export const title = 'probe: a write probe on a lab of 1 + 2 + 3';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.BENCH_SECONDS ?? 5);

/** @typedef {{ clients: string[]; rate: number; reads?: number }} Load */

/** @type {Record<string, Load>} */
const loads = {
  '100 writes/s, both clients': { clients: ['sentinel', 'fixed'], rate: 100 },
  '1,000 writes/s, one client': { clients: ['sentinel'], rate: 1_000 },
  '1,000 writes/s, 500 each': { clients: ['sentinel', 'fixed'], rate: 500 },
  '2,000 writes/s, 1,000 each': { clients: ['sentinel', 'fixed'], rate: 1_000 },
  '100 writes/s and replica reads': { clients: ['sentinel', 'fixed'], rate: 100, reads: 10 },
};

/** @param {(line: string) => void} print */
export async function run(print) {
  await buildPrograms({ production: true });
  const lab = path.join(temporaryFolder('bench').dir, 'lab');
  const ports = await freeBlock(6);
  const words = ['--port', `${ports[0]}`, '--sentinel-port', `${ports[3]}`];
  await execute(process.execPath, [cli, 'create', lab, ...words]);
  await execute(process.execPath, [cli, 'up', lab]);
  try {
    await cost(print, ports);
  } finally {
    await execute(process.execPath, [cli, 'down', lab]);
  }
  await memory(print);
}

/** @param {(line: string) => void} print @param {readonly number[]} ports */
async function cost(print, ports) {
  /** @type {Record<string, { percent: number[]; p50: number[] }>} */
  const found = {};
  /** @type {Record<string, number[]>} */
  const bare = {
    'bare loop, one after the other': [],
    'bare loop, 100 writes/s': [],
    'bare loop, 1,000 writes/s': [],
  };
  for (let round = 0; round < rounds; round++) {
    bare['bare loop, one after the other']?.push(await bareWrites(ports, 0));
    bare['bare loop, 100 writes/s']?.push(await bareWrites(ports, 100));
    bare['bare loop, 1,000 writes/s']?.push(await bareWrites(ports, 1_000));
    for (const [name, load] of Object.entries(loads)) {
      const { percent, p50 } = await once(ports, load);
      const entry = (found[name] ??= { percent: [], p50: [] });
      entry.percent.push(percent);
      entry.p50.push(p50);
    }
  }
  const at = (/** @type {string} */ name) => median(bare[name] ?? []);
  for (const [name, values] of Object.entries(bare))
    print(`${name.padEnd(32)} latency p50 ${median(values).toFixed(3)} ms (${spread(values)})`);
  for (const [name, { percent, p50 }] of Object.entries(found)) {
    const latency = median(p50);
    // A client that sleeps between its writes, and its server, are woken up for each: that is the price of the pace, not of the probe.
    const pace = (loads[name]?.rate ?? 0) > 100 ? 'bare loop, 1,000 writes/s' : 'bare loop, 100 writes/s';
    print(
      `${name.padEnd(32)} ${median(percent).toFixed(1)} % of a core (${spread(percent)}), latency p50 ${latency.toFixed(3)} ms: ` +
        `${(latency - at(pace)).toFixed(3)} ms over the bare loop of that pace, ` +
        `${(latency - at('bare loop, one after the other')).toFixed(3)} ms over the one without pauses`,
    );
  }
  print('limits: 10 % of a core at 1,000 writes/s, 0.3 ms over the bare loop');
}

/** The median latency of a bare client. @param {readonly number[]} ports @param {number} rate */
async function bareWrites(ports, rate) {
  const program = path.join(root, 'bench/lib/bareWrites.mjs');
  const words = [program, `${ports[0]}`, `${seconds}`, `${rate}`];
  const { stdout } = await execute(process.execPath, words, { cwd: root, maxBuffer: 1 << 28 });
  return quantile(JSON.parse(stdout), 0.5);
}

/** One run of the probe; its start is not part of the processor time. @param {readonly number[]} ports @param {Load} load */
async function once(ports, { clients, rate, reads = 0 }) {
  const { ProbeProcess } = await importSource('src/node/probe/probeProcess.ts');
  const { makeLedger } = await importSource('src/core/probe/ledger.ts');
  const probe = new ProbeProcess(path.join(root, 'dist/probe.js'));
  const target = (/** @type {number} */ port) => ({ port, password: undefined });
  await probe.start({
    run: `bench${process.pid}`,
    host: '127.0.0.1',
    masterName: 'mymaster',
    sentinels: ports.slice(3).map(target),
    servers: ports.slice(0, 3).map(target),
    master: ports[0],
    clients,
    rate,
    timeout: 1_000,
    readRate: reads,
  });
  await sleep(2_000);
  const before = cpuMilliseconds(probe.pid);
  const began = performance.now();
  await sleep(seconds * 1_000);
  const percent = (100 * (cpuMilliseconds(probe.pid) - before)) / (performance.now() - began);
  const ledger = makeLedger(await probe.stop());
  for (const client of ledger.clients)
    if (client.acknowledged !== client.attempted) throw new Error(`not quiet: ${JSON.stringify(client)}`);
  return { percent, p50: ledger.clients[0].latency.p50 };
}

/** What an hour of both clients at 1,000 writes/s takes in this process. @param {(line: string) => void} print */
async function memory(print) {
  const { AttemptLog } = await importSource('src/core/probe/attemptLog.ts');
  const before = residentMegabytes(process.pid);
  const logs = [new AttemptLog(), new AttemptLog()];
  for (let sent = 0; sent < 3_600_000; sent++)
    for (const log of logs)
      log.settle(log.begin(sent), { result: 'ok', fate: 'answered', latency: 0.5, server: 0 });
  const megabytes = residentMegabytes(process.pid) - before;
  print(
    `an hour of 1,000 writes/s by each of two clients: ${logs[0].length + logs[1].length} attempts in ${megabytes.toFixed(0)} MB (limit 250 MB)`,
  );
}
