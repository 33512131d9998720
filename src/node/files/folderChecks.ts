import * as l10n from '@vscode/l10n';
import { open, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastDirective, readDirectives } from '../../core/conf/confDocument';
import { HumanError } from '../../core/humanError';
import { nodeAddress, type NodeSpec } from '../../core/model/lab';
import type { PortOwner } from '../../core/model/labState';
import { listenPortOf } from '../../core/network/listenPort';
import { ownerText } from '../../core/view/words';
import { isPortFree, portOwner } from '../process/portOwner';
import { isBeingStarted } from '../process/startClaim';
import type { LabPaths } from './labPaths';
import { failedOn, makePrivateFolder } from './makeFolder';
import { observeProcess } from './runRecords';

/** How often a node that somebody else starts right now is looked at, in milliseconds. */
const lookInterval = 20;
/** Whoever tries whether a port is free holds it for a moment, and so may another program of ours: one look proves nothing. */
const surelyTaken = 4;
/** A server that is just ending has its port for a moment longer, and is nobody any more who could be named. */
const surelyTakenByNobody = 50;

/** What stands in the way of starting a node is found before it is started, and thrown as a HumanError. */
export async function checkPort(node: NodeSpec, paths: LabPaths): Promise<void> {
  for (let looks = 1; !(await isPortFree(node.listenPort)); looks++) {
    // Looked at first: when the start is over, the record of the process is there.
    const isStarting = await isBeingStarted(paths, node.name);
    if ((await observeProcess(paths, node.name)).life !== 'gone') return;
    if (!isStarting && looks >= surelyTaken) {
      const owner = await portOwner(node.listenPort);
      if (owner.pid !== undefined || looks >= surelyTakenByNobody)
        throw portInUse(node, node.listenPort, owner);
    }
    await sleep(lookInterval);
  }
}

/** A conf from before lab.json got its network, or lost it, would start the node where nobody looks for it. */
export function checkConfPort(node: NodeSpec, paths: LabPaths, confText: string): void {
  const line = lastDirective(readDirectives(confText), 'port');
  const port = Number(line?.args[0]);
  const other = node.listenPort === node.port ? listenPortOf(node.port) : node.port;
  if (node.hasOwnConf || !line || port !== other) return;
  throw new HumanError(
    l10n.t(
      'This conf has {0} listen on port {1}, but by "network" in lab.json it listens on {2}. "Reset Lab" writes the confs anew.',
      node.name,
      port,
      node.listenPort,
    ),
    { place: { file: paths.conf(node), line: line.line }, node: node.name, remedy: 'openConf' },
  );
}

/** The same as {@link checkPort} for the port by which the others know the node, which the network of the lab takes; it must not run yet. */
export async function checkPublicPort(node: NodeSpec): Promise<void> {
  for (let looks = 1; !(await isPortFree(node.port)); looks++) {
    const owner = looks >= surelyTaken ? await portOwner(node.port) : undefined;
    if (owner && (owner.pid !== undefined || looks >= surelyTakenByNobody))
      throw portInUse(node, node.port, owner);
    await sleep(lookInterval);
  }
}

function portInUse(node: NodeSpec, port: number, owner: PortOwner): HumanError {
  return new HumanError(
    l10n.t(
      'Port {0} is in use by {1}, so {2} was not started. End that program, or give the node another port in lab.json.',
      port,
      ownerText(owner),
      node.name,
    ),
    { node: node.name },
  );
}

/** A server that cannot write its folder starts all the same and fails at the first save: say so before. */
export async function checkFolders(node: NodeSpec, paths: LabPaths, confText: string): Promise<void> {
  const dir = lastDirective(readDirectives(confText), 'dir');
  const folder = dir?.args[0] === undefined ? paths.data(node) : resolve(paths.data(node), dir.args[0]);
  const conf = paths.conf(node);
  const place = { file: conf, ...(dir ? { line: dir.line } : {}) };
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    throw new HumanError(
      l10n.t(
        'The data folder "{0}" does not exist. If the lab was moved, "Reset Lab" writes confs for its new place.',
        folder,
      ),
      { place, node: node.name, remedy: 'openConf' },
    );
  }
  await makePrivateFolder(paths.runFolder);
  await writeProbe(paths.runFolder, node).catch(failedOn(paths.runFolder));
  await tryWriting(folder, node, place);
  await tryWriting(dirname(paths.log(node)), node, { file: conf });
  // A Sentinel writes its conf anew at its start, as a new file beside the old one.
  if (node.kind === 'sentinel') await tryWriting(dirname(conf), node, { file: conf });
}

/** Tries it for real: the answer of access() is not that of the file system for root, on read-only mounts and on Windows. */
async function writeProbe(folder: string, node: NodeSpec): Promise<void> {
  const file = resolve(folder, `.redis-ha-lab-${process.pid}-${node.name}`);
  await (await open(file, 'wx', 0o600)).close();
  await rm(file, { force: true });
}

async function tryWriting(
  folder: string,
  node: NodeSpec,
  place: { readonly file: string; readonly line?: number },
): Promise<void> {
  try {
    await writeProbe(folder, node);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new HumanError(
      l10n.t(
        'The folder "{0}" cannot be written ({1}), so {2} ({3}) was not started. Give yourself write permission there, or name another folder in the conf.',
        folder,
        code ?? '',
        node.name,
        nodeAddress(node),
      ),
      { place, node: node.name, remedy: 'openConf', cause: error },
    );
  }
}
