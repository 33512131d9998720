// Writes with a bare ioredis client and prints the latencies as JSON: node bareWrites.mjs PORT SECONDS RATE (0: one after the other).
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

const [port, seconds, rate] = process.argv.slice(2).map(Number);
const client = new Redis({ port, host: '127.0.0.1', protocol: 2, disableClientInfo: true });
await client.ping();
/** @type {number[]} */
const latencies = [];
const end = performance.now() + (seconds ?? 1) * 1000;
for (let number = 1; performance.now() < end; number++) {
  const began = performance.now();
  await client.set(`bare:${number}`, number);
  latencies.push(performance.now() - began);
  if (rate) await sleep(1000 / rate - (performance.now() - began));
}
client.disconnect();
console.log(JSON.stringify(latencies));
