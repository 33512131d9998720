import * as l10n from '@vscode/l10n';
import { HumanError } from '../../core/humanError';
import { findNode, type NodeSpec } from '../../core/model/lab';
import type { ProcessIdentity, RunRecord } from '../../core/model/runRecord';
import { endsWithin } from '../../lab/withinTime';
import { readRunRecord } from '../files/runRecords';
import { lifeOf } from '../process/identity';
import { isAuthError, openConnection } from '../redis/connection';
import type { FaultTools } from './faultKind';

/** A node that has not answered for this long is taken for one that does not, in milliseconds. */
const answerTime = 2_000;

/** The node of a resolved fault; lab.json may have been edited since. */
export function nodeNamed(tools: FaultTools, name: string): NodeSpec {
  const node = findNode(tools.lab(), name);
  if (node) return node;
  throw new HumanError(l10n.t('There is no node "{0}" in this lab any more.', name), { node: name });
}

/** Who the node's process is; undefined when it does not run. */
export async function processOf(tools: FaultTools, name: string): Promise<RunRecord | undefined> {
  const record = await readRunRecord(tools.paths, name);
  return record && (await lifeOf(record)) !== 'gone' ? record : undefined;
}

/** The same for a fault that needs a process. */
export async function livingProcess(tools: FaultTools, name: string): Promise<ProcessIdentity> {
  const record = await processOf(tools, name);
  if (record) return identityIn(record);
  throw new HumanError(l10n.t('{0} does not run, or was not started by this lab.', name), { node: name });
}

export function identityIn({ pid, startTime, executable }: ProcessIdentity): ProcessIdentity {
  return { pid, startTime, executable };
}

export function isSameProcess(a: ProcessIdentity | undefined, b: ProcessIdentity): boolean {
  return a?.pid === b.pid && a.startTime === b.startTime && a.executable === b.executable;
}

/** Sends a command and gives the reply; an error reply is thrown. */
export type Ask = (command: string, ...args: readonly string[]) => Promise<unknown>;

/**
 * Works with a node over a connection of its own. `passwords` are tried in their order after the one of its conf: a fault can have
 * changed it.
 */
export async function withNode<T>(
  node: NodeSpec,
  tools: FaultTools,
  work: (ask: Ask) => Promise<T>,
  passwords: readonly string[] = [],
): Promise<T> {
  const within = async <R>(reply: Promise<R>): Promise<R> => {
    if (await endsWithin(reply, answerTime)) return reply;
    throw new NoAnswer(node);
  };
  const client = await openConnection(node.listenPort, undefined).catch((error: unknown) => {
    throw new NoAnswer(node, error);
  });
  const ask: Ask = async (command, ...args) => within(client.call(command, ...args));
  try {
    await authenticate(ask, [await tools.passwordOf(node), ...passwords]);
    return await work(ask);
  } finally {
    client.disconnect();
  }
}

async function authenticate(ask: Ask, passwords: readonly (string | undefined)[]): Promise<void> {
  let refused = await refusal(ask('PING'));
  for (const password of passwords) {
    if (!refused) return;
    if (password) refused = await refusal(ask('AUTH', password));
  }
  if (refused) throw refused;
}

/** The error when a server wants another password. Any other answer, even an error such as LOADING, is one to work with. */
async function refusal(reply: Promise<unknown>): Promise<Error | undefined> {
  try {
    await reply;
    return undefined;
  } catch (error) {
    if (isAuthError(error)) return error as Error;
    if (error instanceof Error && error.name === 'ReplyError') return undefined;
    throw error;
  }
}

/** The node cannot be reached, or is busy: later it may. */
export class NoAnswer extends HumanError {
  constructor(node: NodeSpec, cause?: unknown) {
    super(l10n.t('{0} does not answer. Try again when it does.', node.name), { node: node.name, cause });
  }
}

/** An error reply in the server's own words, as an error for people. */
export function refusedBy(node: NodeSpec, what: string): (error: unknown) => never {
  return error => {
    if (error instanceof HumanError || !(error instanceof Error)) throw error;
    throw new HumanError(l10n.t('{0} refused {1}: {2}', node.name, what, error.message), {
      node: node.name,
      cause: error,
    });
  };
}
