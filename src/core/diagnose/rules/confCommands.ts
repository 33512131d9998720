import type { Directive } from '../../conf/confDocument';
import { lastDirective } from '../../conf/confDocument';
import { missingCommands } from '../../conf/aclRules';
import type { CaseFile } from '../caseFile';
import { monitorsOf, sentinelDirectives, type ConfFacts } from '../confFacts';
import { evidenceOf, type Finding } from '../finding';
import { placeOf, replicaLine, serversAt } from './confPlaces';
import { shortName } from './confSentinel';

/** Commands that Sentinel and replicas need, and that confs take away: by another name, or by a user that may not. */
export function confCommandRules(known: CaseFile): readonly Finding[] {
  return [...renamed(known), ...sentinelUsers(known), ...replicaUsers(known)];
}

/** What Sentinel sends to the nodes it watches (sentinel.c). It says SLAVEOF, never REPLICAOF. */
const sentinelCommands: ReadonlySet<string> = new Set([
  'slaveof',
  'config',
  'client',
  'multi',
  'exec',
  'info',
  'ping',
  'publish',
  'subscribe',
]);

function renamed({ confs }: CaseFile): readonly Finding[] {
  const sentinels = confs.filter(({ kind }) => kind === 'sentinel');
  return confs
    .filter(({ kind }) => kind === 'server')
    .flatMap(conf => {
      const lines = conf.directives.filter(
        ({ name, args }) =>
          name === 'rename-command' &&
          sentinelCommands.has(args[0]?.toLowerCase() ?? '') &&
          args[1]?.toLowerCase() !== args[0]?.toLowerCase() &&
          !areTold(sentinels, args),
      );
      if (lines.length === 0) return [];
      return [
        {
          rule: 'renamed-command-blocks-failover',
          // Without a Sentinel here it may well be that there is none.
          severity: sentinels.length > 0 ? ('error' as const) : ('info' as const),
          variant: 'conf',
          values: {
            node: shortName(conf.file),
            master: shortName(conf.file),
            commands: lines.map(({ args }) => args[0]?.toUpperCase() ?? '').join(', '),
          },
          evidence: evidenceOf(...lines.map(line => placeOf(conf, line))),
        },
      ];
    });
}

/** Whether every Sentinel was told the new name (`sentinel rename-command`, 5.0 and later). */
function areTold(sentinels: readonly ConfFacts[], [command = '', name = '']: readonly string[]): boolean {
  return (
    name !== '' &&
    sentinels.length > 0 &&
    sentinels.every(conf =>
      sentinelDirectives(conf, 'rename-command').some(
        ({ args }) =>
          args[2]?.toLowerCase() === command.toLowerCase() && args[3]?.toLowerCase() === name.toLowerCase(),
      ),
    )
  );
}

/** Without one of these a Sentinel cannot watch a node or promote it (Redis docs, Sentinel: Redis Access Control List authentication). */
const neededBySentinel = [
  'ping',
  'info',
  'publish',
  'subscribe',
  'multi',
  'exec',
  'slaveof',
  'config|rewrite',
  'client|kill',
];
/** Redis docs, ACL: rules for Sentinel and replicas. */
const neededByReplica = ['psync', 'replconf', 'ping'];

function sentinelUsers({ confs }: CaseFile): readonly Finding[] {
  return monitorsOf(confs).flatMap(monitor => {
    const user = sentinelDirectives(monitor.conf, 'auth-user').findLast(
      ({ args }) => args[1] === monitor.name,
    );
    return serversAt(confs, monitor).flatMap(conf =>
      narrow(conf, user, user?.args[2], neededBySentinel, 'confSentinel', monitor.conf),
    );
  });
}

function replicaUsers({ confs }: CaseFile): readonly Finding[] {
  return confs.flatMap(replica => {
    const own = replicaLine(replica);
    const user = lastDirective(replica.directives, 'masteruser', 'primaryuser');
    return own
      ? serversAt(confs, own).flatMap(conf =>
          narrow(conf, user, user?.args[0], neededByReplica, 'confReplica', replica),
        )
      : [];
  });
}

/** `variant` says who logs in: 'confSentinel' or 'confReplica'. */
function narrow(
  conf: ConfFacts,
  naming: Directive | undefined,
  user: string | undefined,
  needed: readonly string[],
  variant: 'confSentinel' | 'confReplica',
  from: ConfFacts,
): readonly Finding[] {
  const line = conf.directives.findLast(({ name, args }) => name === 'user' && args[0] === user);
  if (user === undefined || !naming || !line) return [];
  const missing = missingCommands(line.args.slice(1), needed);
  return missing.length === 0
    ? []
    : [
        {
          rule: 'acl-user-too-narrow',
          severity: 'error',
          variant,
          values: {
            user,
            node: shortName(from.file),
            master: shortName(conf.file),
            commands: missing.join(', '),
            rules: missing.map(command => `+${command}`).join(' '),
          },
          evidence: evidenceOf(placeOf(conf, line), placeOf(from, naming)),
        },
      ];
}
