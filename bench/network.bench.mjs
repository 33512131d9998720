// The network of a lab: a round trip through it, and how much it carries, against a bare connection to the same server in the same run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildPrograms, importSource } from '../scripts/build.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { findRedis } from '../scripts/lib/systemPackages.mjs';
import { temporaryFolder } from '../scripts/lib/temporaryFolder.mjs';
import { freeBlock } from './lib/freeBlock.mjs';
import { median, quantile, spread } from './lib/statistics.mjs';

export const title = 'network: a link through the network of a lab';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const trips = 4_000;
const valueSize = 16 * 1024 * 1024;
const values = 32;

/** @param {(line: string) => void} print */
export async function run(print) {
  await buildPrograms({ production: true });
  const { listenPortOf } = await importSource('src/core/network/listenPort.ts');
  const folder = temporaryFolder('bench-network');
  const [port = 0] = await freeBlock(1);
  const bare = listenPortOf(port);
  writeFileSync(path.join(folder.dir, 'lab.json'), JSON.stringify({ network: true, servers: [{ port }] }));
  const redis = spawn(
    findRedis() ?? 'redis-server',
    ['--port', String(bare), '--bind', '127.0.0.1', '--dir', folder.dir, '--save', ''],
    { stdio: 'ignore' },
  );
  const network = spawn(process.execPath, [path.join(root, 'dist/network.js'), folder.dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(network.stdout, 'data');
    const direct = await dial(bare);
    const carried = await dial(port);
    // Whoever says something else than PING is known to the network.
    for (const one of [direct, carried]) await one.ask('SET small 1\r\n', 5);
    /** @type {number[][]} */
    const [plain = [], through = []] = [[], []];
    for (let round = 0; round < rounds; round++) {
      plain.push(...(await roundTrips(direct)));
      through.push(...(await roundTrips(carried)));
    }
    const added = median(through) - median(plain);
    print(
      `round trip: bare ${median(plain).toFixed(3)} ms, through ${median(through).toFixed(3)} ms (p50); ` +
        `p99 ${quantile(plain, 0.99).toFixed(3)} and ${quantile(through, 0.99).toFixed(3)} ms`,
    );
    print(`it adds ${added.toFixed(3)} ms (p50), limit 0.3 ms`);

    const value = 'x'.repeat(valueSize);
    await direct.ask(`*3\r\n$3\r\nSET\r\n$5\r\nlarge\r\n$${valueSize}\r\n${value}\r\n`, 5);
    /** @type {number[][]} */
    const [plainRates = [], rates = []] = [[], []];
    for (let round = 0; round < rounds; round++) {
      plainRates.push(await rate(direct));
      rates.push(await rate(carried));
    }
    print(
      `carries ${median(rates).toFixed(0)} MB/s (${spread(rates)}), limit 200 MB/s; bare ${median(plainRates).toFixed(0)} MB/s`,
    );
    direct.end();
    carried.end();
  } finally {
    for (const child of [network, redis]) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    folder.remove();
  }
}

/** @typedef {Awaited<ReturnType<typeof dial>>} Connection */

/** A bare socket that counts bytes; the server may need a moment. @param {number} port */
async function dial(port) {
  for (let attempt = 0; ; attempt++) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    try {
      await once(socket, 'connect');
      let missing = 0;
      let done = () => {};
      socket.on('data', bytes => {
        missing -= bytes.length;
        if (missing === 0) done();
      });
      return {
        /** Sends and waits for so many bytes. @param {string} text @param {number} answer @returns {Promise<void>} */
        ask: (text, answer) =>
          new Promise(resolve => {
            missing = answer;
            done = resolve;
            socket.write(text);
          }),
        end: () => socket.destroy(),
      };
    } catch (error) {
      if (attempt > 200) throw error;
      await sleep(25);
    }
  }
}

/** @param {Connection} connection */
async function roundTrips({ ask }) {
  /** @type {number[]} */
  const times = [];
  for (let trip = 0; trip < trips; trip++) {
    const began = performance.now();
    await ask('GET small\r\n', 7);
    times.push(performance.now() - began);
  }
  return times;
}

/** Megabytes a second. @param {Connection} connection */
async function rate({ ask }) {
  const head = `$${valueSize}\r\n`.length;
  const began = performance.now();
  await ask('GET large\r\n'.repeat(values), values * (head + valueSize + 2));
  return (values * valueSize) / 1e3 / (performance.now() - began);
}
