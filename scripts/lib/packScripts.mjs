// Compresses scripts of dist/ for the package: its own compression, deflate, leaves them a sixth larger.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { root } from './paths.mjs';

/** The scripts, without their ending, that are large and that no program needs when it starts. */
export const packedScripts = ['sharedLate', 'extensionLate', 'messages', 'ioredis', 'execa'];

/**
 * What is then in the script itself: it unpacks the file beside it (`sharedLate.br` beside `sharedLate.js`) and runs that in its own place,
 * as Node runs every CommonJS module: with its own `require`, its own `module`, and under its own name in stack traces.
 */
const loader = `'use strict';
const { readFileSync } = require('node:fs');
const { compileFunction } = require('node:vm');
const { brotliDecompressSync } = require('node:zlib');
const code = brotliDecompressSync(readFileSync(__filename.replace(/js$/, 'br'))).toString();
const names = ['exports', 'require', 'module', '__filename', '__dirname'];
compileFunction(code, names, { filename: __filename })(exports, require, module, __filename, __dirname);
`;

/**
 * Whoever requires the scripts does not notice. The next build writes them anew.
 * @param {string} [folder]
 * @param {readonly string[]} [names]
 */
export function packScripts(folder = path.join(root, 'dist'), names = packedScripts) {
  for (const name of names) {
    const script = path.join(folder, `${name}.js`);
    const code = readFileSync(script);
    writeFileSync(path.join(folder, `${name}.br`), brotliCompressSync(code));
    writeFileSync(script, loader);
  }
}
