import { paints, type Paint, type Palette } from '../../core/scene/shape';

/** Colours of the theme, the first that there is; the last is for pages without a theme. */
const variables: Readonly<Record<Paint, readonly string[]>> = {
  background: ['editor-background'],
  text: ['editor-foreground', 'foreground'],
  dim: ['descriptionForeground', 'foreground'],
  line: ['contrastBorder', 'panel-border', 'editorWidget-border'],
  band: ['editor-foreground', 'foreground'],
  master: ['charts-green'],
  replica: ['charts-blue'],
  sentinel: ['charts-purple'],
  down: ['editor-foreground', 'foreground'],
  sync: ['charts-yellow'],
  fault: ['charts-red'],
  outage: ['redisHaLab-attentionForeground', 'charts-orange'],
  stale: ['charts-yellow'],
  problem: ['errorForeground'],
  event: ['editor-foreground', 'foreground'],
  vote: ['redisHaLab-attentionForeground', 'charts-orange'],
  cursor: ['editorCursor-foreground', 'editor-foreground'],
  selected: ['focusBorder'],
};

/** The colours of the theme that an element is in now. */
export function themePalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colorOf = (names: readonly string[]): string => {
    for (const name of names) {
      const color = style.getPropertyValue(`--vscode-${name}`).trim();
      if (color !== '') return color;
    }
    return '#808080';
  };
  return Object.fromEntries(paints.map(paint => [paint, colorOf(variables[paint])])) as unknown as Palette;
}

/** Tells when VS Code changes the theme: it marks the body, or sets the variables anew. */
export function watchTheme(onChange: () => void): MutationObserver {
  const observer = new MutationObserver(onChange);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id', 'data-vscode-theme-kind'],
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return observer;
}
