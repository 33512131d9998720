import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Frame } from 'playwright-core';
import { repoRoot } from '../../support/repoRoot';

const source = readFileSync(path.join(repoRoot, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** axe as it puts itself into a page. */
interface Axe {
  run(context: unknown, options: RunOptions): Promise<AxeResults>;
}

/** Checks a page by the rules of WCAG 2.2 A and AA, and shows what is serious in words. */
export async function isAccessible(frame: Frame): Promise<void> {
  await frame.evaluate(source);
  const results = await frame.evaluate(async () => {
    const { axe, document } = globalThis as unknown as { readonly axe: Axe; readonly document: unknown };
    return axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    });
  });
  const serious = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(
    serious.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(' | ')})`),
    [],
  );
}
