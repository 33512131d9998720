import * as l10n from '@vscode/l10n';
import { keepsSecret } from '../../core/conf/editor/confOutline';
import {
  sentinelOption,
  type LiveDifference,
  type RunningValues,
} from '../../core/conf/editor/liveDifferences';
import type { NodeSpec } from '../../core/model/lab';
import { HumanError } from '../../core/humanError';
import { endsWithin } from '../../lab/withinTime';
import { sendCommand } from './command';

/** A node that has not answered for this long is taken for one that does not, in milliseconds. */
const answerTime = 2_000;

/** What a running node has for its directives. Passwords are taken out before anybody can see them. */
export async function readRunningValues(
  node: NodeSpec,
  password: string | undefined,
): Promise<RunningValues> {
  const asked =
    node.kind === 'sentinel' ? readSentinel(node.port, password) : readServer(node.port, password);
  return answered(node, asked);
}

async function readServer(port: number, password: string | undefined): Promise<RunningValues> {
  const values = pairs(await sendCommand(port, password, 'CONFIG', 'GET', '*'));
  for (const name of values.keys()) if (keepsSecret(name)) values.delete(name);
  return values;
}

/** A Sentinel before 6.2 has no CONFIG: what it runs with are the fields of its masters. */
async function readSentinel(port: number, password: string | undefined): Promise<RunningValues> {
  const masters = await sendCommand(port, password, 'SENTINEL', 'MASTERS');
  const values = new Map<string, string>();
  for (const master of Array.isArray(masters) ? masters : []) {
    const fields = pairs(master);
    const name = fields.get('name') ?? '';
    const address = [fields.get('ip'), fields.get('port'), fields.get('quorum')].join(' ');
    values.set(`sentinel monitor ${name}`, address);
    for (const option of ['down-after-milliseconds', 'failover-timeout', 'parallel-syncs', 'config-epoch']) {
      const value = fields.get(option);
      if (value !== undefined) values.set(`sentinel ${option} ${name}`, value);
    }
  }
  return values;
}

/** RESP2 gives a map as a flat list. */
function pairs(reply: unknown): Map<string, string> {
  const words = Array.isArray(reply) ? reply.map(String) : [];
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < words.length; at += 2) found.set(words[at] ?? '', words[at + 1] ?? '');
  return found;
}

/** Makes a running node take one value; a refusal is thrown in the server's words. */
export async function setRunningValue(
  node: NodeSpec,
  password: string | undefined,
  { name, written, master }: LiveDifference,
): Promise<void> {
  const args =
    master === undefined
      ? (['CONFIG', 'SET', name, written] as const)
      : (['SENTINEL', 'SET', master, sentinelOption(name), written] as const);
  const [command, ...rest] = args;
  await answered(node, sendCommand(node.port, password, command, ...rest));
}

async function answered<T>(node: NodeSpec, asked: Promise<T>): Promise<T> {
  if (await endsWithin(asked, answerTime)) return asked;
  throw new HumanError(l10n.t('{0} does not answer. Try again when it does.', node.name));
}
