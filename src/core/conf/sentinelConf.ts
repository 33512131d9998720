import * as l10n from '@vscode/l10n';
import { labHost, type Lab, type NodeSpec } from '../model/lab';
import { portLines } from './portLines';
import { quoteArgument, quotePath } from './quoteArgument';
import type { ConfContext } from './redisConf';

/**
 * The first conf of a Sentinel. `sentinel monitor` comes before its options, because versions before 6.2 read a file in order.
 * It has only directives that every version since 2.8 knows. Source: Redis docs, Sentinel.
 */
export function writeSentinelConf(lab: Lab, node: NodeSpec, context: ConfContext): string {
  const master = lab.nodes.find(other => other.kind === 'server' && other.replicaOf === undefined);
  const name = lab.masterName;
  const lines: (string | undefined)[] = [
    `# ${l10n.t('{0} of the lab "{1}", first form', node.name, lab.name)}`,
    `# ${l10n.t('Sentinel adds its own lines below while it runs. Do not copy this file once it has run.')}`,
    // Every version that was tested knows the two.
    ...portLines(lab, node, { ip: 'sentinel announce-ip', port: 'sentinel announce-port' }),
    `# ${l10n.t('Only programs on this machine can connect.')}`,
    `bind ${labHost}`,
    `dir ${quotePath(context.dataDirectory, context.windows)}`,
    `logfile ${quotePath(context.logFile, context.windows)}`,
    `# ${l10n.t('Watch this master; {0} Sentinels must agree before it counts as down.', lab.quorum)}`,
    `sentinel monitor ${name} ${labHost} ${master?.port ?? 0} ${lab.quorum}`,
    `# ${l10n.t('Milliseconds without a valid reply until this Sentinel thinks that a node is down.')}`,
    `sentinel down-after-milliseconds ${name} ${lab.downAfterMilliseconds}`,
    `# ${l10n.t('A failover that fails is tried again after twice this time.')}`,
    `sentinel failover-timeout ${name} ${lab.failoverTimeout}`,
    `# ${l10n.t('How many replicas are pointed to the new master at the same time.')}`,
    `sentinel parallel-syncs ${name} ${lab.parallelSyncs}`,
    context.password === undefined
      ? undefined
      : `sentinel auth-pass ${name} ${quoteArgument(context.password)}`,
  ];
  return `${lines.filter(line => line !== undefined).join('\n')}\n`;
}

/**
 * Whether a Sentinel can read its conf again after it has rewritten it: it writes `sentinel auth-pass` without quotes (sentinel.c,
 * `rewriteConfigSentinelOption`), so blanks and quotes in a password make it a broken line.
 */
export function sentinelCanKeep(password: string): boolean {
  return !/[\s"'\x00-\x1f\x7f]/.test(password);
}
