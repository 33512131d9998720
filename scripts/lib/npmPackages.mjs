// The packages of package-lock.json. Only node's own modules here: this runs before anything is installed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Instruction } from './instruction.mjs';
import { root } from './paths.mjs';
import { npm } from './run.mjs';
import { say, step } from './steps.mjs';

/** Runs `npm ci` when node_modules is missing or is not what package-lock.json says. */
export async function ensureNpmPackages() {
  checkNode();
  const reason = whyInstall();
  if (!reason) return say('npm packages are there');
  await step(`npm ci (${reason})`, () =>
    npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, show: true }),
  );
}

/** npm only warns when node is too old, and what then goes wrong is hard to read. */
function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Instruction(
    `Node 20.19 or newer is needed, this is ${process.version}: https://nodejs.org/en/download`,
  );
}

/**
 * Compares the two lock files by content: times of files say little after a checkout or a copy.
 * @returns {string | undefined} why the packages must be installed
 */
function whyInstall() {
  const wanted = readLock('package-lock.json');
  if (!wanted) throw new Error('package-lock.json is missing.');
  const present = readLock('node_modules/.package-lock.json');
  if (!present) return 'node_modules is missing';
  for (const [name, entry] of Object.entries(wanted)) {
    if (name === '') continue; // the project itself
    const has = present[name];
    if (!has && (entry.optional || entry.devOptional)) continue; // made for another platform
    if (has?.version !== entry.version) return `${name.replace('node_modules/', '')} is not ${entry.version}`;
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string; optional?: boolean; devOptional?: boolean }> | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
