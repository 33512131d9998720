import * as vscode from 'vscode';
import type { PictureBackground } from '../../core/view/picture';

/** A picture in the preview cannot know the colours of VS Code. */
export function pictureBackground(): PictureBackground {
  switch (vscode.window.activeColorTheme.kind) {
    case vscode.ColorThemeKind.Dark:
      return 'dark';
    case vscode.ColorThemeKind.HighContrast:
      return 'contrast';
    default:
      return 'light';
  }
}
