// What the extension weighs and how long its own part of the activation takes.
import { limits, packExtension, sizeOf } from '../scripts/package.mjs';
import { median, spread } from './lib/statistics.mjs';
import { withWorkbench } from './lib/withWorkbench.mjs';

export const title = 'startup: sizes and activation';

/** @param {(line: string) => void} print */
export async function run(print) {
  await packExtension();
  for (const { what, files, limit } of limits)
    print(`${what}: ${files.reduce((sum, file) => sum + sizeOf(file), 0)} KB, limit ${limit} KB`);
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
