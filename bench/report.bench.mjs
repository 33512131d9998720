// `report` on a large log, against lnav indexing the same file and against reading and splitting it in Node.
import path from 'node:path';
import { buildPrograms } from '../scripts/build.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { temporaryFolder } from '../scripts/lib/temporaryFolder.mjs';
import { bigLog, megabytes } from './lib/bigLog.mjs';
import { lnavIn } from './lib/lnav.mjs';
import { median, spread } from './lib/statistics.mjs';
import { timedRun } from './lib/timedRun.mjs';

export const title = 'report: one large log';

const cli = path.join(root, 'dist/cli.js');
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

/** @param {(line: string) => void} print */
export async function run(print) {
  await buildPrograms({ production: true });
  const folder = temporaryFolder('bench-report');
  try {
    const log = await bigLog(folder.dir, 1_000_000);
    const lnav = lnavIn(folder.dir);
    /** @type {Record<string, { seconds: number; megabytes: number }[]>} */
    const runs = { report: [], split: [], lnav: [] };
    // In turn, so that a busy moment of the machine hits all of them.
    for (let round = 0; round < rounds; round++) {
      runs.report?.push(await timedRun(process.execPath, [cli, 'report', '--json', log]));
      runs.split?.push(await timedRun(process.execPath, [path.join(root, 'bench/lib/splitFile.mjs'), log]));
      if (lnav) runs.lnav?.push(await lnav(log));
    }
    const seconds = (/** @type {string} */ name) => (runs[name] ?? []).map(one => one.seconds);
    const report = median(seconds('report'));
    print(`1,000,000 lines, ${megabytes(log)}: ${report.toFixed(2)} s (${spread(seconds('report'))})`);
    if (lnav)
      print(
        `lnav indexes it in ${median(seconds('lnav')).toFixed(2)} s (${spread(seconds('lnav'))}): ratio ${(report / median(seconds('lnav'))).toFixed(2)}, limit 1.00`,
      );
    else print('lnav is not installed: no ratio');
    print(
      `Node reads and splits it in ${median(seconds('split')).toFixed(2)} s: ratio ${(report / median(seconds('split'))).toFixed(2)}`,
    );
    const peak = Math.max(...(runs.report ?? []).map(one => one.megabytes));
    print(`peak memory ${peak.toFixed(0)} MB, limit 250 MB`);
    const ten = await timedRun(process.execPath, [
      cli,
      'report',
      '--json',
      await bigLog(folder.dir, 10_000_000),
    ]);
    const one = await timedRun(process.execPath, [
      cli,
      'report',
      '--json',
      await bigLog(folder.dir, 999_999),
    ]);
    print(
      `ten times the lines: ${(ten.seconds / one.seconds).toFixed(1)} times the time, limit 11; ${ten.megabytes.toFixed(0)} MB after ${one.megabytes.toFixed(0)} MB`,
    );
  } finally {
    folder.remove();
  }
}
