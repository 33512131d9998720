import * as l10n from '@vscode/l10n';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepsSecret } from '../../core/conf/editor/confOutline';
import { spellingsOf } from '../../core/conf/spellings';
import { hiddenValue, type ConfigUndo } from '../../core/drill/activeFault';
import type { ConfigFault } from '../../core/drill/fault';
import { isSameValue, withFormerOptions, withFormerValues } from '../../core/drill/formerValues';
import { HumanError } from '../../core/humanError';
import { findNode, type NodeSpec } from '../../core/model/lab';
import { failedOn } from '../files/makeFolder';
import { readPairs } from '../redis/replyPairs';
import type { Active, FaultKind, FaultTools } from './faultKind';
import {
  identityIn,
  isSameProcess,
  livingProcess,
  NoAnswer,
  nodeNamed,
  processOf,
  refusedBy,
  withNode,
  type Ask,
} from './faultyNode';
import { readOption, readOptions, setOption } from './sentinelOptions';

type ActiveConfig = Active<ConfigFault, ConfigUndo>;

/** How long a node that is just starting is waited for before its values are set back, in milliseconds. */
const startTime = 5_000;
const retryInterval = 50;

/** CONFIG SET and, for Sentinels, SENTINEL SET. What was set is set back, in the running node and in a conf that was rewritten since. */
export const configKind: FaultKind<ConfigFault, ConfigUndo> = {
  plan: async (fault, tools) => {
    const process = await livingProcess(tools, fault.node);
    const node = nodeNamed(tools, fault.node);
    const asked = await withNode(node, tools, async ask =>
      node.kind === 'sentinel'
        ? readOptions(node, Object.keys(fault.set), tools, ask)
        : readValues(node, Object.keys(fault.set), ask),
    );
    const set = Object.fromEntries(
      Object.entries(fault.set).map(([name, value]) => [asked.get(name)?.name ?? name, value]),
    );
    const former = Object.fromEntries([...asked.values()].map(({ name, value }) => [name, value]));
    return { fault: { ...fault, set }, undo: { kind: 'config', process, former, applied: set } };
  },
  apply: async ({ fault, undo }, tools) => {
    const node = nodeNamed(tools, fault.node);
    return withNode(node, tools, async ask => {
      for (const [name, value] of inOrder(fault.set)) await setValue(node, name, value, tools, ask);
      const applied = await readBack(node, Object.keys(fault.set), tools, ask);
      if (fault.reconnect) await closeConnections(ask);
      return { ...undo, applied: { ...fault.set, ...applied } };
    });
  },
  undo: async (active, tools) => {
    const node = nodeNamed(tools, active.fault.node);
    const record = await processOf(tools, node.name);
    const isRunning = record !== undefined && (await setBack(active, node, tools));
    await repairConf(active, node, tools, isRunning);
  },
  isOn: async ({ fault, undo }, tools) => {
    const record = await processOf(tools, fault.node);
    if (record && isSameProcess(identityIn(record), undo.process)) return true;
    if (!findNode(tools.lab(), fault.node)) return false;
    // Another process, or none, has the values only when they were written into its conf.
    return (await repairedConf({ fault, undo }, nodeNamed(tools, fault.node), tools)) !== undefined;
  },
};

/** The values there are, by the name that was asked for, with the name under which this version knows it. */
async function readValues(
  node: NodeSpec,
  names: readonly string[],
  ask: Ask,
): Promise<ReadonlyMap<string, { readonly name: string; readonly value: string }>> {
  const found = new Map<string, { readonly name: string; readonly value: string }>();
  for (const name of names) {
    for (const spelling of [name, ...spellingsOf('server', name)]) {
      const value = readPairs(await ask('CONFIG', 'GET', spelling)).get(spelling);
      if (value === undefined) continue;
      found.set(name, { name: spelling, value });
      break;
    }
    if (!found.has(name))
      throw new HumanError(
        l10n.t('{0} knows no directive "{1}" that can be set while it runs.', node.name, name),
        {
          node: node.name,
        },
      );
  }
  return found;
}

async function setValue(
  node: NodeSpec,
  name: string,
  value: string,
  tools: FaultTools,
  ask: Ask,
): Promise<void> {
  const shown = keepsSecret(name) && value !== '' ? hiddenValue : value;
  const what = `${name} ${shown === '' ? '""' : shown}`;
  const setting =
    node.kind === 'sentinel'
      ? setOption(tools.lab().masterName, name, value, ask)
      : ask('CONFIG', 'SET', name, value);
  await setting.catch(refusedBy(node, what));
  // Servers before 6.0 ask this very connection for the new password, too.
  if (node.kind === 'server' && name === 'requirepass' && value !== '')
    await ask('AUTH', value).catch(() => undefined);
}

/** What the node says it has now; it may spell it otherwise. */
async function readBack(
  node: NodeSpec,
  names: readonly string[],
  tools: FaultTools,
  ask: Ask,
): Promise<Readonly<Record<string, string>>> {
  const values: Record<string, string> = {};
  for (const name of names) {
    const value =
      node.kind === 'sentinel'
        ? await readOption(node, name, tools, ask)
        : readPairs(await ask('CONFIG', 'GET', name)).get(name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** Everybody else's connections, so that whoever comes again has to do so under the new values. */
async function closeConnections(ask: Ask): Promise<void> {
  for (const type of ['normal', 'pubsub', 'slave', 'master'])
    await ask('CLIENT', 'KILL', 'TYPE', type).catch(() => undefined);
}

/** Sets the former values of a running node; false when it ended meanwhile. A process that came later only if it has the fault's values. */
async function setBack(active: ActiveConfig, node: NodeSpec, tools: FaultTools): Promise<boolean> {
  const { fault, undo } = active;
  const passwords = [fault.set['requirepass'], undo.former['requirepass']].filter(word => word !== undefined);
  const end = tools.now() + startTime;
  for (;;) {
    const record = await processOf(tools, node.name);
    if (!record) return false;
    const isSame = isSameProcess(identityIn(record), undo.process);
    try {
      await withNode(
        node,
        tools,
        async ask => {
          const now = isSame ? {} : await readBack(node, Object.keys(undo.former), tools, ask);
          for (const [name, value] of inOrder(undo.former)) {
            const has = now[name];
            const isOurs = isSame || (has !== undefined && isSameValue(has, undo.applied[name] ?? ''));
            if (isOurs) await setValue(node, name, value, tools, ask);
          }
          if (fault.reconnect) await closeConnections(ask);
        },
        passwords,
      );
      return true;
    } catch (error) {
      // A node that was just started answers soon; what it refuses now it refuses later, too.
      if (!(error instanceof NoAnswer) || tools.now() > end) throw error;
      await sleep(retryInterval);
    }
  }
}

/** A running server writes its conf itself; of one that does not run the file is edited. */
async function repairConf(
  active: ActiveConfig,
  node: NodeSpec,
  tools: FaultTools,
  isRunning: boolean,
): Promise<void> {
  if ((await repairedConf(active, node, tools)) === undefined) return;
  if (isRunning && node.kind === 'server')
    await withNode(node, tools, ask => ask('CONFIG', 'REWRITE')).catch(() => undefined);
  const repaired = await repairedConf(active, node, tools);
  const file = tools.paths.conf(node);
  if (repaired !== undefined) await writeFile(file, repaired, { mode: 0o600 }).catch(failedOn(file));
}

async function repairedConf(
  { undo }: Pick<ActiveConfig, 'fault' | 'undo'>,
  node: NodeSpec,
  tools: FaultTools,
): Promise<string | undefined> {
  const text = await readFile(tools.paths.conf(node), 'utf8').catch(() => '');
  return node.kind === 'sentinel'
    ? withFormerOptions(text, tools.lab().masterName, undo)
    : withFormerValues(text, undo);
}

/** A password comes last: the values before it are set under the one that the connection began with. */
function inOrder(values: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(values).toSorted(
    ([a], [b]) => Number(a === 'requirepass') - Number(b === 'requirepass'),
  );
}
