// Packs the extension: production bundles, then out/redis-ha-lab.vsix.
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { buildPrograms } from './build.mjs';
import { Instruction, runMain } from './lib/instruction.mjs';
import { out, root, vsix } from './lib/paths.mjs';
import { packScripts, packedScripts } from './lib/packScripts.mjs';
import { packTexts } from './lib/packTexts.mjs';
import { runOk } from './lib/run.mjs';
import { say } from './lib/steps.mjs';

/** What is limited, in KB. It is felt: the first when VS Code starts, the others when the extension is installed. */
export const limits = [
  { what: 'read when the extension starts', files: ['dist/extension.js', 'dist/shared.js'], limit: 450 },
  { what: 'the recordings', files: ['dist/recordings.br'], limit: 26 },
  { what: 'the package', files: ['out/redis-ha-lab.vsix'], limit: 700 },
];

/** Whose sizes are told. */
const packed = [
  'dist/extension.js',
  'dist/nodeRunner.js',
  'dist/keeper.js',
  'dist/network.js',
  'dist/cli.js',
  'dist/probe.js',
  'dist/pidPort.js',
  'dist/logPanel.js',
  'dist/timeline.js',
  'dist/directives.js',
  'dist/lint.js',
  'dist/l10n.js',
  'dist/shared.js',
  ...packedScripts.map(name => `dist/${name}.br`),
  'dist/drills.json',
  'dist/recordings.br',
  'dist/texts.br',
  'dist/bundle.ko.br',
];

/** Builds for production, packs, prints the sizes and checks them. */
export async function packExtension() {
  await buildPrograms({ production: true });
  packScripts();
  packTexts();
  mkdirSync(out, { recursive: true });
  // Everything is bundled, so node_modules stays out; vsce would otherwise look through all of it.
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  await runOk(process.execPath, [vsce, 'package', '--no-dependencies', '--out', vsix], { cwd: root });
  for (const file of packed) say(`  ${file}: ${sizeOf(file)} KB`);
  for (const each of limits) check(each);
}

/** @param {(typeof limits)[number]} limited */
function check({ what, files, limit }) {
  const size = files.reduce((sum, file) => sum + sizeOf(file), 0);
  say(`  ${what}: ${size} KB (limit ${limit} KB)`);
  if (size > limit) {
    throw new Instruction(
      `${files.join(' and ')}: ${size} KB, more than ${limit} KB.\n` +
        'See what fills it with `npx esbuild src/extension.ts --bundle --platform=node --external:vscode --analyze --outfile=/dev/null`.',
    );
  }
}

/** In KB. @param {string} file */
export function sizeOf(file) {
  return Math.ceil(statSync(path.join(root, file)).size / 1024);
}

if (process.argv[1] === import.meta.filename) await runMain(packExtension);
