import { createWriteStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from '../../scripts/lib/paths.mjs';

/** The version whose recorded logs the big log is made of. */
const version = 'redis-7.0.15';

/**
 * Writes a log of so many lines: the recorded logs of one version again and again. BENCH_LOG names a file that is taken instead.
 * @param {string} folder @param {number} lines
 * @returns {Promise<string>} its path
 */
export async function bigLog(folder, lines) {
  if (process.env.BENCH_LOG && lines === 1_000_000) return process.env.BENCH_LOG;
  const file = path.join(folder, `${lines}.log`);
  if (existsSync(file)) return file;
  const recorded = path.join(root, 'test/fixtures/corpus', version);
  const all = readdirSync(recorded).flatMap(name =>
    Object.values(JSON.parse(gunzipSync(readFileSync(path.join(recorded, name))).toString()).logs).flatMap(
      (/** @type {any} */ text) => text.split('\n').filter((/** @type {string} */ line) => line !== ''),
    ),
  );
  const whole = `${all.join('\n')}\n`;
  const out = createWriteStream(file);
  for (let left = lines; left > 0; left -= all.length) {
    const piece = left >= all.length ? whole : `${all.slice(0, left).join('\n')}\n`;
    if (!out.write(piece)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return file;
}

/** @param {string} file */
export const megabytes = file => `${(statSync(file).size / 1e6).toFixed(0)} MB`;
