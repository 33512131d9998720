import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from './repoRoot';

const goldenRoot = path.join(repoRoot, 'test/golden');

/** Golden files are only written when somebody asks for it: `UPDATE_GOLDEN=1 npm run test:golden`. */
const isUpdate = process.env['UPDATE_GOLDEN'] === '1';

/**
 * Compares a text with a file of test/golden, named from there. With UPDATE_GOLDEN=1 the file is written instead, and `git diff`
 * shows what changed.
 */
export function assertGolden(name: string, actual: string): void {
  const file = path.join(goldenRoot, name);
  if (isUpdate) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  const advice =
    'UPDATE_GOLDEN=1 npm run test:golden writes it anew; look at the difference before you commit it.';
  if (!existsSync(file)) assert.fail(`test/golden/${name} does not exist. ${advice}`);
  const expected = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  if (expected === actual) return;
  assert.fail(`The text is not that of test/golden/${name}. ${advice}\n${difference(expected, actual)}`);
}

/** The golden files below a folder of test/golden, named from there with forward slashes. */
export function goldenFiles(folder: string): string[] {
  const root = path.join(goldenRoot, folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map(name => name.split(path.sep).join('/'))
    .filter(name => name.includes('.golden.'))
    .toSorted();
}

/** The lines that differ, with two around them: `-` was expected, `+` came. Lines in common are found at both ends only. */
function difference(expected: string, actual: string): string {
  const [old, now] = [expected.split('\n'), actual.split('\n')];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const around = (lines: readonly string[], from: number, to: number): string[] =>
    lines.slice(Math.max(0, from), to).map(line => `  ${line}`);
  return [
    `@@ line ${start + 1} @@`,
    ...around(old, start - 2, start),
    ...old.slice(start, old.length - end).map(line => `- ${line}`),
    ...now.slice(start, now.length - end).map(line => `+ ${line}`),
    ...around(old, old.length - end, old.length - end + 2),
  ].join('\n');
}
