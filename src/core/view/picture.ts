import { escapeXml } from './escapeXml';

/** Attributes carry colours that are readable anywhere; where styles are understood, the theme's take their place. */
const lightRules = `.paper { fill: var(--vscode-editor-background, #ffffff); }
text { fill: var(--vscode-editor-foreground, #1f2328); }
.on { paint-order: stroke; stroke: #1f2328; stroke-opacity: 0.6; stroke-width: 3px; }
.over { paint-order: stroke; stroke: var(--vscode-editor-background, #ffffff); stroke-width: 4px; }
.dim { fill: var(--vscode-descriptionForeground, #59636e); }
.on { fill: #ffffff; }
.title { font-size: 15px; font-weight: 600; }
.line { stroke: var(--vscode-panel-border, #d1d9e0); }
.band { fill: var(--vscode-editor-foreground, #1f2328); }
.master { fill: var(--vscode-charts-green, #2f7d32); }
.replica { fill: var(--vscode-charts-blue, #1a6fc4); }
.sentinel { stroke: var(--vscode-charts-purple, #7b3fb5); }
.mark { fill: var(--vscode-charts-purple, #7b3fb5); }
.vote { stroke: var(--vscode-charts-orange, #b35900); fill: none; }
.hatch { stroke: var(--vscode-editor-background, #ffffff); }`;

const darkRules = `.paper { fill: var(--vscode-editor-background, #1f1f1f); }
text { fill: var(--vscode-editor-foreground, #e6e6e6); }
.over { stroke: var(--vscode-editor-background, #1f1f1f); }
.dim { fill: var(--vscode-descriptionForeground, #a8a8a8); }
.on { fill: #ffffff; }
.line { stroke: var(--vscode-panel-border, #444444); }
.band { fill: var(--vscode-editor-foreground, #e6e6e6); }
.sentinel { stroke: var(--vscode-charts-purple, #b180d7); }
.mark { fill: var(--vscode-charts-purple, #b180d7); }
.vote { stroke: var(--vscode-charts-orange, #e8912d); fill: none; }
.hatch { stroke: var(--vscode-editor-background, #1f1f1f); }`;

const contrastRules = `.paper { fill: #000000; }
text, .dim, .on { fill: #ffffff; }
.over, .hatch { stroke: #000000; }
.line { stroke: #ffffff; }`;

/** For which background a picture is drawn; `any`: for that of the person's system, where a viewer tells it; `contrast`: black, in high contrast. */
export type PictureBackground = 'light' | 'dark' | 'contrast' | 'any';

/** The styles of a picture: the theme's colours where a viewer has them. */
export function pictureStyle(background: PictureBackground): string {
  switch (background) {
    case 'light':
      return `<style>\n${lightRules}\n</style>`;
    case 'dark':
      return `<style>\n${lightRules}\n${darkRules}\n</style>`;
    case 'contrast':
      return `<style>\n${lightRules}\n${darkRules}\n${contrastRules}\n</style>`;
    case 'any':
      return `<style>\n${lightRules}\n@media (prefers-color-scheme: dark) {\n${darkRules}\n}\n</style>`;
  }
}

/** A line of text. What is on a bar is of class `on`. */
export function pictureText(
  x: number,
  y: number,
  content: string,
  className = '',
  anchor: 'start' | 'middle' | 'end' = 'start',
  weight = '',
): string {
  const attributes = [
    `x="${round(x)}" y="${round(y)}"`,
    className === ''
      ? 'fill="#6e7781"'
      : `class="${className}" fill="${className === 'on' ? '#ffffff' : '#6e7781'}"`,
    anchor === 'start' ? '' : `text-anchor="${anchor}"`,
    weight === '' ? '' : `font-weight="${weight}"`,
  ].filter(part => part !== '');
  return `<text ${attributes.join(' ')}>${escapeXml(content)}</text>`;
}

/** To a tenth: finer than that is not seen. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
