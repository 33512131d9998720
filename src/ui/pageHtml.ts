import * as vscode from 'vscode';

/**
 * The page of a webview, whose script and style are `<name>.js` and `<name>.css` in `dist`: no inline script or style, nothing from
 * elsewhere, and no text that is not the page's own.
 */
export function pageHtml(webview: vscode.Webview, dist: vscode.Uri, name: string, nonce: string): string {
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, `${name}.js`)).toString();
  const style = webview.asWebviewUri(vscode.Uri.joinPath(dist, `${name}.css`)).toString();
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
