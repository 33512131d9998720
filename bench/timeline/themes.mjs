// The variables of VS Code's own themes that the timeline takes its colours from (values as VS Code 1.9x sets them in webviews).

const common = {
  'font-family': "system-ui, 'Noto Sans', 'Noto Sans CJK KR', sans-serif",
  'font-size': '13px',
  'editor-font-family': 'monospace',
};

/** @type {Record<string, Record<string, string>>} */
export const themes = {
  dark: {
    ...common,
    foreground: '#cccccc',
    descriptionForeground: '#9d9d9d',
    errorForeground: '#f85149',
    focusBorder: '#0078d4',
    'editor-background': '#1f1f1f',
    'editor-foreground': '#cccccc',
    'panel-border': '#2b2b2b',
    'editorCursor-foreground': '#aeafad',
    'editor-selectionBackground': '#264f78',
    'editorHoverWidget-background': '#202020',
    'editorHoverWidget-foreground': '#cccccc',
    'editorHoverWidget-border': '#454545',
    'widget-shadow': 'rgba(0, 0, 0, 0.36)',
    'charts-red': '#f14c4c',
    'charts-blue': '#3794ff',
    'charts-yellow': '#cca700',
    'redisHaLab-attentionForeground': '#d18616',
    'charts-green': '#89d185',
    'charts-purple': '#b180d7',
    'button-secondaryBackground': '#313131',
    'button-secondaryForeground': '#cccccc',
    'textLink-foreground': '#4daafc',
  },
  light: {
    ...common,
    foreground: '#3b3b3b',
    descriptionForeground: '#3b3b3b',
    errorForeground: '#f85149',
    focusBorder: '#005fb8',
    'editor-background': '#ffffff',
    'editor-foreground': '#3b3b3b',
    'panel-border': '#e5e5e5',
    'editorCursor-foreground': '#000000',
    'editor-selectionBackground': '#add6ff',
    'editorHoverWidget-background': '#f8f8f8',
    'editorHoverWidget-foreground': '#3b3b3b',
    'editorHoverWidget-border': '#c8c8c8',
    'widget-shadow': 'rgba(0, 0, 0, 0.16)',
    'charts-red': '#e51400',
    'charts-blue': '#1a85ff',
    'charts-yellow': '#bf8803',
    'redisHaLab-attentionForeground': '#d18616',
    'charts-green': '#388a34',
    'charts-purple': '#652d90',
    'button-secondaryBackground': '#e5e5e5',
    'button-secondaryForeground': '#3b3b3b',
    'textLink-foreground': '#005fb8',
  },
  contrast: {
    ...common,
    foreground: '#ffffff',
    descriptionForeground: 'rgba(255, 255, 255, 0.7)',
    errorForeground: '#f48771',
    focusBorder: '#f38518',
    contrastBorder: '#6fc3df',
    'editor-background': '#000000',
    'editor-foreground': '#ffffff',
    'panel-border': '#6fc3df',
    'editorCursor-foreground': '#ffffff',
    'editor-selectionBackground': '#ffffff',
    'editorHoverWidget-background': '#0c141f',
    'editorHoverWidget-foreground': '#ffffff',
    'editorHoverWidget-border': '#6fc3df',
    'charts-red': '#f48771',
    'charts-blue': '#3794ff',
    'charts-yellow': '#ffd370',
    'redisHaLab-attentionForeground': '#d18616',
    'charts-green': '#89d185',
    'charts-purple': '#b180d7',
    'button-secondaryForeground': '#ffffff',
    'textLink-foreground': '#21a6ff',
  },
};

/** @param {string} name */
export function themeStyle(name) {
  const rules = Object.entries(themes[name] ?? {}).map(
    ([variable, value]) => `--vscode-${variable}: ${value};`,
  );
  return `:root { ${rules.join(' ')} } body { margin: 0; color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); } [hidden] { display: none !important; }`;
}
