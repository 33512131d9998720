// The timeline alone in a real browser, with the colours of a theme of VS Code.
import path from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { launchBrowser } from '../../scripts/lib/workbench.mjs';
import { importSource } from '../../scripts/build.mjs';
import { themeStyle } from '../timeline/themes.mjs';

/** Bundles the page; gives its script and its style. */
export async function bundlePage() {
  const esbuild = await import('esbuild');
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['bench/timeline/page.mjs'],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    write: false,
    outdir: path.join(root, 'out'),
    logLevel: 'warning',
  });
  const text = (/** @type {string} */ end) => outputFiles.find(file => file.path.endsWith(end))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

/** Texts as the extension has them. */
export async function englishTexts() {
  const { timelineViewTexts } = await importSource('src/ui/timeline/timelineViewTexts.ts');
  return timelineViewTexts();
}

/**
 * @param {{ theme?: string; width?: number; height?: number; scale?: number; extraStyle?: string; texts?: unknown; memory?: boolean }} [options]
 */
export async function openTimeline({
  theme = 'dark',
  width = 1200,
  height = 700,
  scale = 1,
  extraStyle = '',
  texts,
  memory = false,
} = {}) {
  const { script, style } = await bundlePage();
  const browser = await launchBrowser(
    memory
      ? { args: ['--no-sandbox', '--disable-gpu', '--js-flags=--expose-gc', '--enable-precise-memory-info'] }
      : {},
  );
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
  const page = await context.newPage();
  await page.setContent(
    `<!doctype html><meta charset="utf-8"><style>${themeStyle(theme)}${style}${extraStyle}</style><body></body>`,
  );
  const words = texts ?? (await englishTexts());
  await page.evaluate(words => Object.assign(globalThis, { host: { texts: words } }), words);
  return { browser, page, script, load: () => page.addScriptTag({ content: script }) };
}
