// Packs recordings/ into one compressed file: their logs say much the same, so together they take a third of their room.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { root } from './paths.mjs';

/** Writes `recordings.br` into a folder. @param {string} [target] */
export function packRecordings(target = path.join(root, 'dist')) {
  const folder = path.join(root, 'recordings');
  /** @type {{ name: string }[]} */
  const index = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8'));
  const recordings = index.map(entry => ({ ...entry, files: filesIn(path.join(folder, entry.name)) }));
  writeFileSync(
    path.join(target, 'recordings.br'),
    brotliCompressSync(JSON.stringify(recordings), { params: { [constants.BROTLI_PARAM_LGWIN]: 22 } }),
  );
}

/** Texts by their paths, with forward slashes. @param {string} folder */
function filesIn(folder) {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(?:log|json)$/.test(name))
      .sort()
      .map(name => [name.split(path.sep).join('/'), readFileSync(path.join(folder, name), 'utf8')]),
  );
}
