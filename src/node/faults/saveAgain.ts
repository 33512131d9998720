import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultTools } from './faultKind';
import { nodeNamed, processOf, withNode, type Ask } from './faultyNode';

/** How long a save after the undo may take, in milliseconds; it goes on after that. */
const saveTime = 10_000;
const lookInterval = 30;

/**
 * A server whose last save failed refuses writes (MISCONF) until one has worked, however well it could save by now: so it saves once more.
 * One that does not run, or does not answer, is left as it is.
 */
export async function saveAgain(name: string, tools: FaultTools): Promise<void> {
  const node = nodeNamed(tools, name);
  if (await processOf(tools, node.name)) await withNode(node, tools, saveIfLastFailed).catch(() => undefined);
}

/** A save that is still going on began while nothing could be saved. */
async function saveIfLastFailed(ask: Ask): Promise<void> {
  if (!(await afterSave(ask)).includes('rdb_last_bgsave_status:err')) return;
  await ask('BGSAVE');
  await afterSave(ask);
}

/** What the server says of its persistence when it does not save, or when the time for that is over. */
async function afterSave(ask: Ask): Promise<string> {
  for (let waited = 0; ; waited += lookInterval) {
    const persistence = String(await ask('INFO', 'persistence'));
    if (!persistence.includes('rdb_bgsave_in_progress:1') || waited >= saveTime) return persistence;
    await sleep(lookInterval);
  }
}
