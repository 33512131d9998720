// What the extension weighs and how long its own part of the activation takes.
import { statSync } from 'node:fs';
import path from 'node:path';
import { packExtension } from '../scripts/package.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { median, spread } from './lib/statistics.mjs';
import { withWorkbench } from './lib/withWorkbench.mjs';

export const title = 'startup: sizes and activation';

/** @param {(line: string) => void} print */
export async function run(print) {
  await packExtension();
  for (const [file, limit] of [
    ['dist/extension.js', 450],
    ['out/redis-ha-lab.vsix', 700],
  ])
    print(`${file}: ${(statSync(path.join(root, `${file}`)).size / 1024).toFixed(0)} KB, limit ${limit} KB`);
  /** @type {number[]} */
  const times = [];
  for (let round = 0; round < Number(process.env.BENCH_ROUNDS ?? 3); round++) {
    await withWorkbench({ extension: true, lab: true }, async ({ log }) => {
      const found = /activated in ([\d.]+) ms/.exec(await log('Redis HA', /activated in/));
      times.push(Number(found?.[1]));
    });
  }
  print(`activate() body: ${median(times).toFixed(1)} ms (${spread(times)}), limit 20 ms`);
}
