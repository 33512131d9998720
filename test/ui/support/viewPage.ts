import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../../scripts/lib/workbench.mjs';
import { repoRoot } from '../../support/repoRoot';

/** Colours as a dark theme has them: what a view says must not depend on them. */
const colors: Readonly<Record<string, string>> = {
  foreground: '#cccccc',
  descriptionForeground: '#9d9d9d',
  disabledForeground: '#808080',
  errorForeground: '#f85149',
  focusBorder: '#0078d4',
  'font-family': 'system-ui',
  'font-size': '13px',
  'editor-background': '#1f1f1f',
  'editorWidget-background': '#202020',
  'panel-border': '#2b2b2b',
  'charts-green': '#89d185',
  'charts-blue': '#59a4f9',
  'charts-purple': '#b180d7',
  'redisHaLab-attentionForeground': '#e0904a',
  'charts-yellow': '#cca700',
  'textLink-foreground': '#4daafc',
  'list-hoverBackground': '#2a2d2e',
};

/** A view of a page alone in a real browser, under the rules of a webview: no inline style or script. */
export class ViewPage {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  /** `script` sets up the view; paths in it count from the repository. */
  static async open(script: string, { reducedMotion = false } = {}): Promise<ViewPage> {
    const { outputFiles } = await build({
      stdin: { contents: script, resolveDir: repoRoot, loader: 'ts' },
      bundle: true,
      format: 'iife',
      target: 'es2022',
      outdir: 'out',
      write: false,
      logLevel: 'warning',
    });
    const textOf = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
    const theme = Object.entries(colors).map(([name, value]) => `--vscode-${name}: ${value};`);
    const body =
      'body { font-family: var(--vscode-font-family); font-size: 13px; color: var(--vscode-foreground); background: var(--vscode-editor-background); } [hidden] { display: none !important; }';
    const files: Readonly<Record<string, readonly [type: string, text: string]>> = {
      '/': [
        'text/html',
        '<!DOCTYPE html><html lang="en"><head><title>A view</title><link rel="stylesheet" href="/view.css"></head><body><script src="/view.js"></script></body></html>',
      ],
      '/view.css': ['text/css', `:root { ${theme.join(' ')} } ${body} ${textOf('.css')}`],
      '/view.js': ['text/javascript', textOf('.js')],
    };
    const browser = await launchBrowser();
    const page = await browser.newPage({
      viewport: { width: 1100, height: 900 },
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    });
    await page.route('**/*', route => {
      const [type, text] = files[new URL(route.request().url()).pathname] ?? ['text/plain', ''];
      return route.fulfill({
        contentType: `${type}; charset=utf-8`,
        headers: { 'Content-Security-Policy': "default-src 'none'; style-src 'self'; script-src 'self'" },
        body: text,
      });
    });
    await page.goto('http://view.test/');
    return new ViewPage(browser, page);
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}
