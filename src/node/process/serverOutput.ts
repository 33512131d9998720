import { open, readFile, type FileHandle } from 'node:fs/promises';
import { readServerConf } from '../../core/conf/confDocument';
import type { NodeSpec } from '../../core/model/lab';
import type { LabPaths } from '../files/labPaths';

/** The file that takes what a server prints. */
export interface ServerOutput {
  readonly handle: FileHandle;
  readonly file: string;
  /** The conf names no log file, so what the server prints is its log. */
  readonly isLog: boolean;
}

/**
 * Opens the file for what a server prints. Where its conf has a `logfile` that is only what comes before the log is open, such as a
 * conf error, and each start begins it anew. Where it has none (confs of people often do) the printed lines are the log, and go on in
 * the node's log file.
 */
export async function openServerOutput(paths: LabPaths, node: NodeSpec): Promise<ServerOutput> {
  const conf = await readFile(paths.conf(node), 'utf8').catch(() => '');
  const isLog = (readServerConf(conf).logFile ?? '') === '';
  const file = isLog ? paths.log(node) : paths.output(node.name);
  return { handle: await open(file, isLog ? 'a' : 'w', 0o600), file, isLog };
}
