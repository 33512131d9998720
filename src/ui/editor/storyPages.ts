import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { lineLink } from '../../core/view/lineLink';

/** Older pages are removed when a new one is made. */
const mostPages = 20;

/**
 * Pages of Markdown to read. They are files in the extension's own storage and not a virtual document, because only of a file VS Code's
 * preview follows links to other files, and shows it again after a reload. Nobody is meant to write in them, so they are read-only.
 */
export class StoryPages {
  private shown: vscode.Uri | undefined;

  constructor(private readonly storage: vscode.Uri) {}

  /** The page that was shown last in this window. */
  get latest(): vscode.Uri | undefined {
    return this.shown;
  }

  /**
   * Writes a page and shows it. `key` says what the page is about: the same page again takes the place of the old one.
   * `markdown` gets a function that makes links from this page to a line of a file. `pictures` are texts that lie beside the page as
   * files, by name; so can be logs that nobody keeps elsewhere, which links name by their file name alone.
   */
  async show(
    name: string,
    key: string,
    markdown: (linkTo: (file: string, line: number) => string) => string,
    pictures: ReadonlyMap<string, string> = new Map(),
  ): Promise<vscode.Uri> {
    const root = path.join(this.storage.fsPath, 'pages');
    const folder = path.join(root, createHash('sha256').update(key).digest('hex').slice(0, 12));
    await mkdir(folder, { recursive: true });
    for (const [picture, svg] of pictures) await writeFile(path.join(folder, picture), svg, { mode: 0o600 });
    const file = path.join(folder, `${safeName(name)}.md`);
    await chmod(file, 0o600).catch(() => {});
    await writeFile(
      file,
      markdown((target, line) => lineLink(uriPath(file), uriPath(path.resolve(folder, target)), line)),
      { mode: 0o600 },
    );
    await chmod(file, 0o400);
    await this.removeOld(root, folder);
    const uri = vscode.Uri.file(file);
    this.shown = uri;
    await preview(uri);
    return uri;
  }

  /** The pages that are kept and have a file of this name beside them: the name of each without its end, and that file. */
  async having(name: string): Promise<readonly { readonly page: string; readonly file: string }[]> {
    const root = path.join(this.storage.fsPath, 'pages');
    const namesIn = async (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);
    const found = await Promise.all(
      (await namesIn(root)).map(async folder => {
        const names = await namesIn(path.join(root, folder));
        const page = names.find(each => each.endsWith('.md'));
        return page !== undefined && names.includes(name)
          ? [{ page: path.basename(page, '.md'), file: path.join(root, folder, name) }]
          : [];
      }),
    );
    return found.flat();
  }

  private async removeOld(root: string, current: string): Promise<void> {
    const folders = (await readdir(root)).map(name => path.join(root, name));
    const dated = await Promise.all(
      folders.map(async folder => ({ folder, at: (await stat(folder)).mtimeMs })),
    );
    const old = dated.toSorted((a, b) => b.at - a.at).slice(mostPages);
    for (const { folder } of old) if (folder !== current) await rm(folder, { recursive: true, force: true });
  }
}

/** VS Code's own preview, or the text where that is switched off. */
async function preview(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}

function safeName(name: string): string {
  return name.replace(/[^\p{L}\p{N} (),._-]+/gu, '_').slice(0, 80);
}

function uriPath(file: string): string {
  return vscode.Uri.file(file).path;
}
