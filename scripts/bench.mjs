// Runs the benchmarks: node scripts/bench.mjs [part of a file name …]
// Each bench/*.bench.mjs exports `title` and `run(print)`; it loads TypeScript with importSource of scripts/build.mjs.
import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Instruction, runMain } from './lib/instruction.mjs';
import { ensureNpmPackages } from './lib/npmPackages.mjs';
import { root } from './lib/paths.mjs';

await runMain(async () => {
  const parts = process.argv.slice(2);
  const dir = path.join(root, 'bench');
  const all = existsSync(dir)
    ? readdirSync(dir)
        .filter(file => file.endsWith('.bench.mjs'))
        .sort()
    : [];
  const files = all.filter(file => parts.length === 0 || parts.some(part => file.includes(part)));
  if (files.length === 0) {
    throw new Instruction(
      `No benchmark${parts.length > 0 ? ` matches ${parts.join(' or ')}` : ''}. There are: ${all.join(', ') || 'none'}.`,
    );
  }
  await ensureNpmPackages();
  console.log(
    `node ${process.version}, ${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores`,
  );
  for (const file of files) {
    const bench = await import(pathToFileURL(path.join(dir, file)).href);
    console.log(`\n${bench.title ?? file}`);
    await bench.run((/** @type {string} */ line) => console.log(`  ${line}`));
  }
});
