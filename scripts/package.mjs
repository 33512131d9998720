// Packs the extension: production bundles, then out/redis-ha-lab.vsix.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { buildPrograms } from './build.mjs';
import { Instruction, runMain } from './lib/instruction.mjs';
import { out, root, vsix } from './lib/paths.mjs';
import { packTexts } from './lib/packTexts.mjs';
import { runOk } from './lib/run.mjs';
import { say } from './lib/steps.mjs';

/** Limits in KB. They are felt: the first when VS Code starts, the second when the extension is installed. */
const limits = { 'dist/extension.js': 450, 'out/redis-ha-lab.vsix': 700 };

const packed = [
  'dist/extension.js',
  'dist/nodeRunner.js',
  'dist/keeper.js',
  'dist/network.js',
  'dist/cli.js',
  'dist/probe.js',
  'dist/ioredis.js',
  'dist/execa.js',
  'dist/logPanel.js',
  'dist/messages.js',
  'dist/directives.js',
  'dist/lint.js',
  'dist/l10n.js',
  'dist/shared.js',
  'dist/drills.json',
  'dist/texts.en.br',
  'dist/texts.ko.br',
  'out/redis-ha-lab.vsix',
];

/** Builds for production, packs, prints the sizes and checks them. */
export async function packExtension() {
  await buildPrograms({ production: true });
  packTexts();
  mkdirSync(out, { recursive: true });
  // Everything is bundled, so node_modules stays out; vsce would otherwise look through all of it.
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  await runOk(process.execPath, [vsce, 'package', '--no-dependencies', '--out', vsix], { cwd: root });
  for (const file of packed) report(file);
}

/** @param {string} file */
function report(file) {
  if (!existsSync(path.join(root, file))) return;
  const size = Math.ceil(statSync(path.join(root, file)).size / 1024);
  const limit = /** @type {Record<string, number>} */ (limits)[file];
  say(`  ${file}: ${size} KB${limit ? ` (limit ${limit} KB)` : ''}`);
  if (limit && size > limit) {
    throw new Instruction(
      `${file} has ${size} KB, more than ${limit} KB.\n` +
        'See what fills it with `npx esbuild src/extension.ts --bundle --platform=node --external:vscode --analyze --outfile=/dev/null`.',
    );
  }
}

if (process.argv[1] === import.meta.filename) await runMain(packExtension);
