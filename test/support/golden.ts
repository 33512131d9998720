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

/** The lines that differ, each with up to two around it: `-` was expected, `+` came. */
function difference(expected: string, actual: string): string {
  const lines = compare(expected.split('\n'), actual.split('\n'));
  const isNear = (at: number): boolean =>
    lines.slice(Math.max(0, at - 2), at + 3).some(line => !line.startsWith(' '));
  return lines.flatMap((line, at) => (isNear(at) ? [line] : isNear(at - 1) ? ['  …'] : [])).join('\n');
}

/** All lines of both texts, the longest common sequence of them only once. */
function compare(old: readonly string[], now: readonly string[]): string[] {
  const width = now.length + 1;
  // lengths[i * width + j]: how many lines the rest of `old` from i and the rest of `now` from j have in common
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push(`  ${old[i++]}`);
      j++;
    } else if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1)))
      lines.push(`- ${old[i++]}`);
    else lines.push(`+ ${now[j++]}`);
  }
  return lines;
}
