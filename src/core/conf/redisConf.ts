import * as l10n from '@vscode/l10n';
import { portLines } from './portLines';
import { labHost, type Lab, type NodeSpec } from '../model/lab';
import { acceptedSpelling, acceptsDirective } from './directives';
import { quoteArgument, quotePath } from './quoteArgument';
import type { ServerVersion } from './serverVersion';

/** What a generated conf depends on beside the lab. Paths are absolute. */
export interface ConfContext {
  readonly version: ServerVersion;
  readonly windows: boolean;
  readonly dataDirectory: string;
  readonly logFile: string;
  readonly password: string | undefined;
}

/**
 * The first conf of a data node, valid for the version: `replicaof` from 5.0 and `slaveof` before, nothing the version lacks.
 * Source of the reasons: redis.conf of each version, and Redis docs, Replication.
 */
export function writeRedisConf(lab: Lab, node: NodeSpec, context: ConfContext): string {
  const { version } = context;
  const has = (name: string): boolean => acceptsDirective(version, 'server', name);
  const replicaOf = acceptedSpelling(version, 'server', ['replicaof', 'slaveof']) ?? 'slaveof';
  const secret = context.password === undefined ? undefined : quoteArgument(context.password);
  const lines: (string | undefined)[] = [
    `# ${l10n.t('{0} of the lab "{1}", first form', node.name, lab.name)}`,
    ...portLines(lab, node, announcing(version)),
    `# ${l10n.t('Only programs on this machine can connect.')}`,
    `bind ${labHost}`,
    `# ${l10n.t('Each node needs a data folder of its own: two nodes in one folder would overwrite each other.')}`,
    `dir ${quotePath(context.dataDirectory, context.windows)}`,
    `logfile ${quotePath(context.logFile, context.windows)}`,
    'loglevel notice',
    `# ${l10n.t('Snapshots keep the data over a restart; a master that comes back empty empties its replicas too.')}`,
    'save 900 1',
    'save 300 10',
    has('repl-diskless-sync-delay')
      ? `# ${l10n.t('A lab has few replicas: do not wait for more before a full sync.')}\nrepl-diskless-sync-delay 0`
      : undefined,
    secret === undefined
      ? undefined
      : `# ${l10n.t('Every node needs both: the master of today is the replica of tomorrow.')}\nrequirepass ${secret}\nmasterauth ${secret}`,
    ...Object.entries(lab.settings).map(([name, value]) => settingLine(version, name, value)),
    node.replicaOf === undefined
      ? undefined
      : `# ${l10n.t('The first master. After a failover the server rewrites this line.')}\n${replicaOf} ${labHost} ${node.replicaOf}`,
  ];
  return `${lines.filter(line => line !== undefined).join('\n')}\n`;
}

/** The directives by which a data node of this version announces its address; versions before 3.2 know none. */
function announcing(version: ServerVersion): { ip: string; port: string } | undefined {
  const name = (what: 'ip' | 'port'): string | undefined =>
    acceptedSpelling(version, 'server', [`replica-announce-${what}`, `slave-announce-${what}`]);
  const [ip, port] = [name('ip'), name('port')];
  return ip === undefined || port === undefined ? undefined : { ip, port };
}

/** A setting is written as given (it may have several words), in the spelling that the version knows. */
function settingLine(version: ServerVersion, name: string, value: string): string {
  const bridged = acceptsDirective(version, 'server', name)
    ? name
    : acceptedSpelling(version, 'server', [
        name.replace('slave', 'replica'),
        name.replace('replica', 'slave'),
      ]);
  return `${bridged ?? name} ${value}`;
}
