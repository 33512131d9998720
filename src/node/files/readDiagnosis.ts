import * as l10n from '@vscode/l10n';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ServerVersion } from '../../core/conf/serverVersion';
import { readConfFacts, type ConfFacts } from '../../core/diagnose/confFacts';
import { diagnose } from '../../core/diagnose/diagnose';
import type { Finding } from '../../core/diagnose/finding';
import { LogFactsReader, type LogFacts } from '../../core/diagnose/logFacts';
import { HumanError } from '../../core/humanError';
import { FileClock } from '../../core/log/lineTime';
import { readLogLine } from '../../core/log/logLine';
import { Recogniser } from '../../core/log/logRecord';
import { readConfFile } from './readConfFile';
import { readLines } from './readLines';
import { lastChange } from './readReport';

/** What was read and what was found. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly logs: readonly string[];
  readonly confs: readonly string[];
}

/** Reads logs, confs and folders with either, together. `-` is a log on standard input. */
export async function readDiagnosis(
  paths: readonly string[],
  version: ServerVersion | undefined,
): Promise<Diagnosis> {
  const files = await filesOf(paths);
  const recogniser = new Recogniser();
  const logs: LogFacts[] = [];
  const confs: ConfFacts[] = [];
  for (const { file, kind } of files) {
    if (kind === 'conf') {
      confs.push(await readConf(file));
      continue;
    }
    const reader = new LogFactsReader(file, recogniser, new FileClock(await lastChange(file)));
    await readLines(file, lines => {
      for (const line of lines) reader.read(line);
    });
    logs.push(reader.finish());
  }
  return {
    findings: diagnose(logs, confs, version),
    logs: logs.map(({ file }) => file),
    confs: confs.map(({ file }) => file),
  };
}

interface InputFile {
  readonly file: string;
  readonly kind: 'log' | 'conf';
}

/** The logs and confs that the paths name; folders are looked through. */
export async function filesOf(paths: readonly string[]): Promise<readonly InputFile[]> {
  const files: InputFile[] = [];
  for (const given of paths) {
    const info = given === '-' ? undefined : await stat(given).catch(() => undefined);
    if (info?.isDirectory()) files.push(...(await filesIn(given)));
    else files.push({ file: given, kind: await kindOf(given, info !== undefined) });
  }
  const seen = new Set<string>();
  return files.filter(({ file }) => {
    const isNew = !seen.has(file);
    seen.add(file);
    return isNew;
  });
}

/** How deep a folder is looked through: a lab has `conf`, `log` and `run`, and labs may stand side by side. */
const deepest = 3;
/** More are no lab, but somebody's home. */
const mostFiles = 2_000;

async function filesIn(folder: string): Promise<readonly InputFile[]> {
  const found: InputFile[] = [];
  await walk(folder, 0, found);
  if (found.length === 0)
    throw new HumanError(l10n.t('There are no logs (*.log) and no confs (*.conf) in this folder.'), {
      place: { file: folder },
    });
  return found;
}

async function walk(folder: string, depth: number, found: InputFile[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.toSorted((a, b) => a.name.localeCompare(b.name))) {
    if (found.length >= mostFiles) return;
    const file = path.join(folder, entry.name);
    // First forms (`.first`) and the like are copies of what stands beside them.
    if (
      entry.isDirectory() &&
      !entry.name.startsWith('.') &&
      entry.name !== 'node_modules' &&
      depth < deepest
    )
      await walk(file, depth + 1, found);
    else if (entry.isFile() && /\.conf$/i.test(entry.name)) found.push({ file, kind: 'conf' });
    // `.out` is what a lab's server wrote before its log was open.
    else if (entry.isFile() && /\.(?:log|out)$/i.test(entry.name)) found.push({ file, kind: 'log' });
  }
}

/** A file's name tells what it is; where it does not, its first line does. */
async function kindOf(file: string, isThere: boolean): Promise<'log' | 'conf'> {
  if (/\.conf$/i.test(file)) return 'conf';
  if (file === '-' || !isThere || /\.(?:log|out|txt)(?:\.\d+)?$/i.test(file)) return 'log';
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4_096), 0, 4_096, 0);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
    if (lines.some(line => readLogLine(line).dialect !== 'raw')) return 'log';
    return lines.some(line => /^\s*(?:port|bind|dir|sentinel|replicaof|slaveof|save|include)\s/i.test(line))
      ? 'conf'
      : 'log';
  } finally {
    await handle.close();
  }
}

async function readConf(file: string): Promise<ConfFacts> {
  return readConfFacts(file, await readConfFile(file));
}
