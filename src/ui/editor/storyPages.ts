import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { lineLink } from '../../core/view/lineLink';

/** What there is to read. */
export interface StoryPage {
  /** Its title, and the name of its file. */
  readonly name: string;
  /** What it is about: the same page again takes the place of the old one. */
  readonly key: string;
  /** Its text; gets a function that makes links from this page to a line of a file. */
  readonly markdown: (linkTo: (file: string, line: number) => string) => string;
  /**
   * Texts that lie beside the page as files, by name: pictures, and logs that nobody keeps elsewhere, which links name by their file
   * name alone.
   */
  readonly beside?: ReadonlyMap<string, string>;
}

/** Older pages are removed when a new one is made. */
const mostPages = 50;

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

  /** Writes a page and shows it. */
  async show(page: StoryPage): Promise<vscode.Uri> {
    const uri = await this.keep(page);
    await this.open(uri);
    return uri;
  }

  /** Shows a page that is kept. */
  async open(uri: vscode.Uri): Promise<void> {
    this.shown = uri;
    await preview(uri);
  }

  /** Writes a page: the same page again takes the place of the old one. */
  async keep({ name, key, markdown, beside = new Map() }: StoryPage): Promise<vscode.Uri> {
    const root = path.join(this.storage.fsPath, 'pages');
    const folder = path.join(root, createHash('sha256').update(key).digest('hex').slice(0, 12));
    await mkdir(folder, { recursive: true });
    for (const [neighbour, text] of beside)
      await writeFile(path.join(folder, neighbour), text, { mode: 0o600 });
    const file = path.join(folder, `${safeName(name)}.md`);
    await chmod(file, 0o600).catch(() => {});
    await writeFile(
      file,
      markdown((target, line) => lineLink(uriPath(file), uriPath(path.resolve(folder, target)), line)),
      { mode: 0o600 },
    );
    await chmod(file, 0o400);
    // Files that are written once more do not change the time of their folder.
    const now = new Date();
    await utimes(folder, now, now);
    await removeOthers(folder, [path.basename(file), ...beside.keys()]);
    await this.removeOld(root, folder);
    return vscode.Uri.file(file);
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

/** What an older form of a page had beside it. */
async function removeOthers(folder: string, names: readonly string[]): Promise<void> {
  const others = (await readdir(folder)).filter(name => !names.includes(name));
  await Promise.all(others.map(async name => rm(path.join(folder, name), { force: true })));
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
