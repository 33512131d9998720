import * as l10n from '@vscode/l10n';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { HumanError } from '../../core/humanError';
import { failedOn } from '../files/makeFolder';
import { readTexts } from '../files/textFiles';

/** A recording that comes with the program: the logs of a lab in which something happened, and what a drill measured. */
export interface ShippedRecording {
  /** The name of its folder. */
  readonly name: string;
  /** Such as `Redis 7.0.15`. */
  readonly server: string;
  readonly title: string;
  /** What is to be seen, in a few sentences. */
  readonly description: string;
}

interface PackedRecording {
  readonly name: string;
  readonly server: string;
  /** When the logs were last written: some have no year. */
  readonly writtenAt: string;
  /** Texts by their paths, with forward slashes. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * The recordings in the order in which one learns from them. `dist` is the folder of `recordings.br`, which the build makes of recordings/;
 * `texts` is that of l10n. Synchronous: one small file, read when somebody wants to choose.
 */
export function listRecordings(dist: string, texts: string, language: string): readonly ShippedRecording[] {
  const words = readTexts<Pick<ShippedRecording, 'title' | 'description'>>(texts, 'recordings', language);
  return readPacked(dist).map(({ name, server }) => ({
    name,
    server,
    title: words[name]?.title ?? name,
    description: words[name]?.description ?? '',
  }));
}

/**
 * Writes the files of a recording into a folder of its name in `directory`, as files that nobody is to change; gives that folder. Files that
 * are there already, as they should be, stay: somebody may be looking at them.
 */
export async function unpackRecording(dist: string, name: string, directory: string): Promise<string> {
  const recording = readPacked(dist).find(known => known.name === name);
  if (!recording) throw new HumanError(l10n.t('There is no recording "{0}".', name));
  const target = path.join(directory, name);
  const failed = failedOn(target);
  const writtenAt = new Date(recording.writtenAt);
  for (const [file, text] of Object.entries(recording.files)) {
    const whole = path.join(target, ...file.split('/'));
    if ((await readFile(whole, 'utf8').catch(() => undefined)) === text) continue;
    await rm(whole, { force: true }).catch(failed);
    await mkdir(path.dirname(whole), { recursive: true }).catch(failed);
    await writeFile(whole, text).catch(failed);
    await utimes(whole, writtenAt, writtenAt).catch(failed);
    await chmod(whole, 0o444).catch(failed);
  }
  return target;
}

function readPacked(dist: string): readonly PackedRecording[] {
  const packed = brotliDecompressSync(readFileSync(path.join(dist, 'recordings.br')));
  return JSON.parse(packed.toString('utf8')) as readonly PackedRecording[];
}
