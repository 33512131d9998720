import * as l10n from '@vscode/l10n';
import { readDirectives } from '../../core/conf/confDocument';
import { HumanError } from '../../core/humanError';
import type { NodeSpec } from '../../core/model/lab';
import { readPairs } from '../redis/replyPairs';
import type { FaultTools } from './faultKind';
import type { Ask } from './faultyNode';

/** The options of SENTINEL SET that SENTINEL MASTER tells again (sentinel.c, addReplySentinelRedisInstance). */
const told = ['quorum', 'down-after-milliseconds', 'failover-timeout', 'parallel-syncs'];
/** Those that only its conf tells. */
const written = ['auth-pass', 'auth-user'];

/** The values a Sentinel has for its master, by option. A HumanError says that an option cannot be set or told. */
export async function readOptions(
  node: NodeSpec,
  options: readonly string[],
  tools: FaultTools,
  ask: Ask,
): Promise<ReadonlyMap<string, { readonly name: string; readonly value: string }>> {
  const found = new Map<string, { readonly name: string; readonly value: string }>();
  for (const name of options) {
    const value = await readOption(node, name, tools, ask);
    if (value === undefined)
      throw new HumanError(
        l10n.t(
          'A Sentinel has no option "{0}" that can be set and told again. It has: {1}.',
          name,
          [...told, ...written].join(', '),
        ),
        { node: node.name },
      );
    found.set(name, { name, value });
  }
  return found;
}

export async function readOption(
  node: NodeSpec,
  option: string,
  tools: FaultTools,
  ask: Ask,
): Promise<string | undefined> {
  const { masterName } = tools.lab();
  if (told.includes(option)) return readPairs(await ask('SENTINEL', 'MASTER', masterName)).get(option);
  if (!written.includes(option)) return undefined;
  const own = readDirectives(await tools.files.confText(node)).findLast(
    ({ name, args }) => name === 'sentinel' && args[0]?.toLowerCase() === option && args[1] === masterName,
  );
  return own?.args[2] ?? '';
}

/** The Sentinel writes it into its conf at once. */
export async function setOption(masterName: string, option: string, value: string, ask: Ask): Promise<void> {
  await ask('SENTINEL', 'SET', masterName, option, value);
}
