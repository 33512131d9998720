import * as vscode from 'vscode';
import type { PictureBackground } from '../../core/view/picture';

/** A picture in the preview cannot know the colours of VS Code. */
export function pictureBackground(): PictureBackground {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast
    ? 'dark'
    : 'light';
}
