// `explain --json` on a large log, in lines a second, against reading, splitting and JSON.stringify of the bare lines in Node.
import path from 'node:path';
import { buildPrograms } from '../scripts/build.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { temporaryFolder } from '../scripts/lib/temporaryFolder.mjs';
import { bigLog, megabytes } from './lib/bigLog.mjs';
import { median, spread } from './lib/statistics.mjs';
import { timedRun } from './lib/timedRun.mjs';

export const title = 'explain --json: one large log';

const cli = path.join(root, 'dist/cli.js');
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const lines = 1_000_000;

/** @param {(line: string) => void} print */
export async function run(print) {
  await buildPrograms({ production: true });
  const folder = temporaryFolder('bench-explain');
  try {
    const log = await bigLog(folder.dir, lines);
    /** @type {number[]} */
    const explain = [];
    /** @type {number[]} */
    const split = [];
    let peak = 0;
    for (let round = 0; round < rounds; round++) {
      const { seconds, megabytes: memory } = await timedRun(process.execPath, [
        cli,
        'explain',
        '--json',
        log,
      ]);
      explain.push(seconds);
      peak = Math.max(peak, memory);
      split.push(
        (await timedRun(process.execPath, [path.join(root, 'bench/lib/splitFile.mjs'), log])).seconds,
      );
    }
    const rate = lines / median(explain);
    print(
      `${megabytes(log)} in ${median(explain).toFixed(2)} s (${spread(explain)}), peak memory ${peak.toFixed(0)} MB`,
    );
    print(`${Math.round(rate / 1000)} thousand lines a second, limit 250 thousand`);
    print(
      `Node reads and splits it in ${median(split).toFixed(2)} s: ratio ${(median(explain) / median(split)).toFixed(1)}`,
    );
  } finally {
    folder.remove();
  }
}
