import * as l10n from '@vscode/l10n';
import { copyFile, stat, writeFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { adoptConfs, type AdoptedNode, type Adoption } from '../../core/conf/adoptConfs';
import { isWindowsPath, type AdoptProblem } from '../../core/conf/adoptProblems';
import type { Placed } from '../../core/conf/foundConf';
import { HumanError } from '../../core/humanError';
import { writeAdoptedLabFile, type AdoptedPaths } from '../../core/model/adoptedLabFile';
import { readLabFile } from '../../core/model/labFile';
import { findNode } from '../../core/model/lab';
import { LabPaths } from './labPaths';
import type { ConfOnDisk } from './findConfs';
import { failedOn, makeFolder, makePrivateFolder } from './makeFolder';

/** Existing confs, looked at as a lab in `directory`, before anything is written. */
export interface AdoptionPlan {
  readonly directory: string;
  readonly adoption: Adoption;
  /** The file of each node by the node's name. */
  readonly files: ReadonlyMap<string, string>;
  readonly labFileText: string;
}

/** Looks at confs as a lab; problems that only the machine can know, such as a missing folder, are among its problems. */
export async function planAdoption(directory: string, confs: readonly ConfOnDisk[]): Promise<AdoptionPlan> {
  const windows = process.platform === 'win32';
  const paths = new LabPaths(resolve(directory));
  const fileOf = new Map(confs.map(({ file, found }) => [found, file]));
  const adoption = adoptConfs(
    confs.map(({ found }) => found),
    { windows, ownHosts: ownHosts() },
  );
  const files = new Map(adoption.nodes.map(node => [node.name, fileOf.get(node.conf) ?? '']));
  const problems: AdoptProblem[] = [...adoption.problems];
  for (const { conf } of adoption.nodes) {
    const places = [conf.directory, logFolder(conf.logFile)];
    for (const place of places) {
      if (!place || !isAbsolute(place.value) || (!windows && isWindowsPath(place.value))) continue;
      if (!(await isFolder(place.value))) problems.push(missingFolder(conf.path, place));
    }
  }
  if (await isThere(paths.labFile)) {
    const message = l10n.t('There is a lab here already. "Redis HA: Open Lab Folder…" shows it.');
    problems.unshift({ id: 'lab-there', severity: 'error', file: paths.labFile, message });
  }
  const nodePaths = new Map(
    adoption.nodes.map(node => [node.name, pathsOf(node, files.get(node.name) ?? '', paths)]),
  );
  const name = basename(paths.directory) || 'lab';
  const labFileText = writeAdoptedLabFile(adoption, { name, paths: nodePaths });
  // What the rules above do not know, the reader of lab.json does: a lab that it refuses is never written.
  const checked = readLabFile(labFileText, name);
  if (!('lab' in checked) && !problems.some(({ severity }) => severity === 'error'))
    problems.push({ id: 'lab-file', severity: 'error', message: checked.problems[0]?.message ?? '' });
  return { directory: paths.directory, adoption: { ...adoption, problems }, files, labFileText };
}

/**
 * Makes the lab: lab.json, the folders the nodes work in, and a copy of each conf as its first form. The confs stay untouched. When it
 * fails, there is no lab.json.
 */
export async function adoptLab({ directory, adoption, files, labFileText }: AdoptionPlan): Promise<void> {
  const fatal = adoption.problems.find(({ severity }) => severity === 'error');
  if (fatal) throw problemError(fatal, directory);
  const paths = new LabPaths(directory);
  const result = readLabFile(labFileText, basename(directory));
  if (!('lab' in result)) throw new HumanError(result.problems[0]?.message ?? '');
  for (const node of adoption.nodes) {
    const spec = findNode(result.lab, node.name);
    const file = files.get(node.name);
    if (!spec || file === undefined) continue;
    await makePrivateFolder(paths.data(spec));
    // A relative dir counts from the node's data folder, and the server makes neither it nor the folder of its log.
    await makeFolder(workFolder(node, paths.data(spec))).catch(failedOn(paths.data(spec)));
    await makeFolder(dirname(paths.log(spec))).catch(failedOn(paths.log(spec)));
    await makePrivateFolder(paths.firstFolder);
    await copyFile(file, paths.firstConf(spec)).catch(failedOn(paths.firstConf(spec)));
  }
  await writeFile(paths.labFile, labFileText, { flag: 'wx' }).catch(failedOn(paths.labFile));
}

/** A problem as the error that is shown when nothing else is. */
export function problemError({ file, line, message }: AdoptProblem, directory: string): HumanError {
  if (file === undefined) return new HumanError(message);
  const place = { file: resolve(directory, file), ...(line ? { line } : {}) };
  return new HumanError(message, { place });
}

function pathsOf(node: AdoptedNode, file: string, paths: LabPaths): AdoptedPaths {
  const { logFile } = node.conf;
  const data = join(paths.directory, 'data', node.name);
  return {
    conf: fromLab(file, paths.directory),
    log:
      logFile && logFile.value !== ''
        ? fromLab(resolve(workFolder(node, data), logFile.value), paths.directory)
        : undefined,
  };
}

/** Where the server works: its `dir`, which counts from the folder in which it is started. */
function workFolder({ conf }: AdoptedNode, data: string): string {
  return resolve(data, conf.directory?.value ?? '.');
}

function fromLab(file: string, directory: string): string {
  const path = relative(directory, file);
  const isInside = !isAbsolute(path) && path.split(sep)[0] !== '..';
  return (isInside ? path : file).split(sep).join('/');
}

function logFolder(logFile: Placed<string> | undefined): Placed<string> | undefined {
  return logFile && logFile.value !== '' && isAbsolute(logFile.value)
    ? { value: dirname(logFile.value), line: logFile.line }
    : undefined;
}

function missingFolder(file: string, { value, line }: Placed<string>): AdoptProblem {
  const message = l10n.t('The folder "{0}" does not exist. Make it, or name another one.', value);
  return { id: 'no-folder', severity: 'error', file, line, message };
}

function ownHosts(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap(list =>
    (list ?? []).map(({ address }) => address),
  );
  return [hostname(), ...addresses].map(host => host.toLowerCase());
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    info => info.isDirectory(),
    () => false,
  );
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
