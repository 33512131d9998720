// What the extension costs while nothing happens: processor and memory of the extension host with a 6-node lab shown in the tree,
// against the same VS Code without the extension beside the same running lab.
import { setTimeout as sleep } from 'node:timers/promises';
import { packExtension } from '../scripts/package.mjs';
import { cpuMilliseconds, residentMegabytes } from './lib/processCost.mjs';
import { withWorkbench } from './lib/withWorkbench.mjs';

export const title = 'idle: extension host with a 6-node lab shown';

// What VS Code and the extension do in their first minute (compiling, collecting the garbage of the start) is not idling.
const settleSeconds = Number(process.env.BENCH_SETTLE ?? 90);
const measureSeconds = Number(process.env.BENCH_SECONDS ?? 60);

/** @param {(line: string) => void} print */
export async function run(print) {
  await packExtension();
  const without = await measure(false);
  const withIt = await measure(true);
  print(
    `without the extension: ${without.percent.toFixed(2)} % of a core, ${without.megabytes.toFixed(0)} MB`,
  );
  print(`with the extension:    ${withIt.percent.toFixed(2)} % of a core, ${withIt.megabytes.toFixed(0)} MB`);
  const percent = withIt.percent - without.percent;
  const megabytes = withIt.megabytes - without.megabytes;
  print(
    `difference:            ${percent.toFixed(2)} % (limit 1.5 %), ${megabytes.toFixed(0)} MB resident (limit 40 MB of heap)`,
  );
}

/** @param {boolean} extension */
async function measure(extension) {
  let result = { percent: Number.NaN, megabytes: Number.NaN };
  await withWorkbench({ extension, lab: true }, async ({ workbench, hostPid }) => {
    if (extension) {
      await workbench.openView('Redis HA');
      await workbench.waitForRow('Labs', /ready/, { timeout: 60_000 });
    }
    await sleep(settleSeconds * 1000);
    const pid = hostPid();
    const before = cpuMilliseconds(pid);
    const began = performance.now();
    await sleep(measureSeconds * 1000);
    const used = cpuMilliseconds(pid) - before;
    result = { percent: (100 * used) / (performance.now() - began), megabytes: residentMegabytes(pid) };
  });
  return result;
}
