// From a line that is written into a log to its row in the panel: a real VS Code in a browser, a 6-node lab that runs.
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, quantile } from './lib/statistics.mjs';
import { withWorkbench } from './lib/withWorkbench.mjs';

export const title = 'panel: a new line in a followed log to its row on the screen';

const rounds = Number(process.env.BENCH_ROUNDS ?? 200);
const limit = 100;

/** @param {(line: string) => void} print */
export async function run(print) {
  await withWorkbench({ extension: true, lab: true }, async ({ workbench, labFolder }) => {
    await workbench.openView('Redis HA');
    await workbench.runCommand('Redis HA: Show Log Panel');
    const list = workbench.webview().getByRole('listbox');
    await list.waitFor({ timeout: 60_000 });
    const files = readdirSync(path.join(labFolder, 'log'))
      .filter(name => name.startsWith('redis-'))
      .map(name => path.join(labFolder, 'log', name));
    await sleep(3_000);
    print(`few rows: ${await measure(list, files, 'few')}`);
    const many = Array.from({ length: 100_000 }, (_, index) =>
      line(`Background saving started by pid ${index}`),
    );
    appendFileSync(files[0] ?? '', many.join(''));
    await sleep(10_000);
    print(`100,000 rows: ${await measure(list, files, 'many')}`);
  });
}

/**
 * @param {import('playwright-core').Locator} list
 * @param {readonly string[]} files
 * @param {string} name
 */
async function measure(list, files, name) {
  // Seen in the page itself, in the picture after the one in which the row was written; both clocks are this machine's.
  await list.evaluate((element, mark) => {
    const seen = (globalThis.seenLines ??= new Map());
    new MutationObserver(() => {
      requestAnimationFrame(() => {
        for (const row of element.querySelectorAll('.row:not([hidden])')) {
          const found = new RegExp(`bench ${mark} (\\d+)`).exec(row.textContent ?? '');
          if (found && !seen.has(found[0])) seen.set(found[0], Date.now());
        }
      });
    }).observe(element, { subtree: true, childList: true, characterData: true, attributes: true });
  }, name);
  const written = new Map();
  for (let round = 0; round < rounds; round++) {
    const text = `bench ${name} ${round}`;
    written.set(text, Date.now());
    appendFileSync(files[round % files.length] ?? '', line(text));
    await sleep(50 + Math.random() * 150);
  }
  await sleep(1_000);
  const seen = new Map(await list.evaluate(() => [...globalThis.seenLines]));
  const times = [...written].flatMap(([text, at]) => (seen.has(text) ? [seen.get(text) - at] : []));
  const missing = rounds - times.length;
  return (
    `median ${median(times)} ms, p95 ${quantile(times, 0.95)} ms (limit ${limit} ms), ` +
    `slowest ${Math.max(...times)} ms, ${times.length} lines${missing > 0 ? `, ${missing} never seen` : ''}`
  );
}

/** @param {string} text */
function line(text) {
  const now = new Date();
  const month = now.toLocaleString('en-US', { month: 'short' });
  const part = String(now.getMilliseconds()).padStart(3, '0');
  const day = String(now.getDate()).padStart(2, '0');
  return `1:M ${day} ${month} ${now.getFullYear()} ${now.toTimeString().slice(0, 8)}.${part} * ${text}\n`;
}
