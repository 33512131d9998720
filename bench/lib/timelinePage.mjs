// The timeline alone in a real browser, with the colours of a theme of VS Code.
import path from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { launchBrowser } from '../../scripts/lib/workbench.mjs';
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

/**
 * @param {unknown} texts those of the timeline
 * @param {{ theme?: string; width?: number; height?: number; scale?: number; extraStyle?: string }} [options]
 */
export async function openTimeline(
  texts,
  { theme = 'dark', width = 1200, height = 700, scale = 1, extraStyle = '' } = {},
) {
  const { script, style } = await bundlePage();
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
  const page = await context.newPage();
  await page.setContent(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Timeline</title><style>${themeStyle(theme)}${style}${extraStyle}</style><body><main><h1>Timeline</h1></main></body>`,
  );
  await page.evaluate(texts => Object.assign(globalThis, { host: { texts } }), texts);
  return { browser, page, load: () => page.addScriptTag({ content: script }) };
}
