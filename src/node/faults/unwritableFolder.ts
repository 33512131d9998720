import * as l10n from '@vscode/l10n';
import { mkdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Undo } from '../../core/drill/activeFault';
import { lastDirective, readDirectives } from '../../core/conf/confDocument';
import type { UnwritableFault } from '../../core/drill/fault';
import { HumanError } from '../../core/humanError';
import type { NodeSpec } from '../../core/model/lab';
import { readPairs } from '../redis/replyPairs';
import type { FaultKind, FaultTools } from './faultKind';
import { nodeNamed, processOf, withNode } from './faultyNode';
import { saveAgain } from './saveAgain';

type DumpUndo = Extract<Undo, { readonly kind: 'dump' }>;

/** The server may save between the moment its dump is moved and the one in which the folder takes its name. */
const tries = 5;

/**
 * A folder takes the name of the dump: the server writes a new dump under another name and cannot rename it (rdb.c, rdbSave). Unlike
 * permissions, that also stops root. A save is tried at once, because only a save that failed makes the server refuse writes (MISCONF).
 */
export const unwritableKind: FaultKind<UnwritableFault, DumpUndo> = {
  plan: async (fault, tools) => {
    const node = nodeNamed(tools, fault.node);
    if (node.kind === 'sentinel')
      throw new HumanError(l10n.t('{0} is a Sentinel: it has no data that it saves.', node.name), {
        node: node.name,
      });
    return { fault, undo: { kind: 'dump', dump: await dumpOf(node, tools) } };
  },
  apply: async ({ fault, undo }, tools) => {
    await takeName(undo.dump);
    const node = nodeNamed(tools, fault.node);
    if (await processOf(tools, node.name))
      await withNode(node, tools, ask => ask('BGSAVE')).catch(() => undefined);
    return undo;
  },
  undo: async ({ fault, undo }, tools) => {
    await giveBack(undo.dump, fault.node);
    await saveAgain(fault.node, tools);
  },
  isOn: async ({ undo }) => {
    const kind = await kindOf(undo.dump);
    return kind === 'folder' || (kind === undefined && (await kindOf(asideOf(undo.dump))) === 'file');
  },
};

async function dumpOf(node: NodeSpec, tools: FaultTools): Promise<string> {
  const data = tools.paths.data(node);
  if (await processOf(tools, node.name)) {
    return withNode(node, tools, async ask => {
      const folder = readPairs(await ask('CONFIG', 'GET', 'dir')).get('dir');
      const file = readPairs(await ask('CONFIG', 'GET', 'dbfilename')).get('dbfilename');
      return resolve(data, folder ?? '', file || 'dump.rdb');
    });
  }
  const directives = readDirectives(await tools.files.confText(node));
  const value = (name: string): string => lastDirective(directives, name)?.args[0] ?? '';
  return resolve(data, value('dir'), value('dbfilename') || 'dump.rdb');
}

/** Where the dump waits while its name is taken. */
function asideOf(dump: string): string {
  return `${dump}.aside`;
}

async function takeName(dump: string): Promise<void> {
  for (let left = tries; ; left--) {
    if ((await kindOf(dump)) === 'file') await rename(dump, asideOf(dump));
    try {
      await mkdir(dump, { mode: 0o700 });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || left <= 1) throw error;
      if ((await kindOf(dump)) === 'folder') return;
    }
  }
}

async function giveBack(dump: string, node: string): Promise<void> {
  if ((await kindOf(dump)) === 'folder') {
    await rmdir(dump).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return;
      throw new HumanError(
        l10n.t('The folder "{0}" stands in place of the dump and is not empty. Take its files out.', dump),
        { node, cause: error },
      );
    });
  }
  if ((await kindOf(asideOf(dump))) !== 'file') return;
  // A dump that was saved since has all that the older one had.
  if ((await kindOf(dump)) === 'file') await rm(asideOf(dump));
  else await rename(asideOf(dump), dump);
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  return stat(path).then(
    info => (info.isDirectory() ? 'folder' : 'file'),
    () => undefined,
  );
}
