import * as l10n from '@vscode/l10n';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type * as vscode from 'vscode';
import { parseConf } from '../../core/conf/confText';
import { confWords, mergeWords, type ConfWords } from '../../core/conf/editor/confWords';
import { labHost } from '../../core/model/lab';
import type { LabCatalog } from '../labs/labCatalog';
import type { ConfDocuments } from './confDocuments';
import { labConfOf } from './labConfs';

/** A folder of confs has few and small ones; more than this is something else. */
const mostFiles = 40;
const largestFile = 256 * 1024;
/** How long what was read counts, in milliseconds: while a word is typed it is asked for many times. */
const freshTime = 5_000;

/** The ports, addresses and master names of the confs around one: those of its lab, or of its folder. */
export class ConfSurroundings {
  private readonly folders = new Map<string, { readonly at: number; readonly words: Promise<ConfWords> }>();

  constructor(
    private readonly catalog: LabCatalog,
    private readonly documents: ConfDocuments,
  ) {}

  async words(document: vscode.TextDocument): Promise<ConfWords> {
    const own = confWords(this.documents.conf(document), l10n.t('this file'));
    const file = document.uri.fsPath;
    const lab = labConfOf(this.catalog, file);
    if (lab) {
      const { session } = lab.lab;
      const { masterName, nodes } = session.lab;
      const ofLab: ConfWords = {
        ports: nodes.map(node => ({ text: String(node.port), note: node.name })),
        hosts: [{ text: labHost, note: '' }],
        masters: [{ text: masterName, note: l10n.t('master of the lab') }],
      };
      return mergeWords([ofLab, own]);
    }
    if (document.uri.scheme !== 'file') return mergeWords([own]);
    return mergeWords([own, await this.folder(path.dirname(file), file)]);
  }

  private async folder(folder: string, except: string): Promise<ConfWords> {
    const key = `${folder}\0${except}`;
    const known = this.folders.get(key);
    if (known && Date.now() - known.at < freshTime) return known.words;
    const words = readFolder(folder, except);
    this.folders.clear();
    this.folders.set(key, { at: Date.now(), words });
    return words;
  }
}

async function readFolder(folder: string, except: string): Promise<ConfWords> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = names.filter(name => /\.conf$/i.test(name) && path.join(folder, name) !== except);
  const all = await Promise.all(
    files.slice(0, mostFiles).map(async name => {
      const file = path.join(folder, name);
      const info = await stat(file).catch(() => undefined);
      if (!info?.isFile() || info.size > largestFile) return undefined;
      const text = await readFile(file, 'utf8').catch(() => '');
      return confWords(parseConf(text), name);
    }),
  );
  return mergeWords(all.filter(words => words !== undefined));
}
