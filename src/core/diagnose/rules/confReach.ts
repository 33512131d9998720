import { lastDirective } from '../../conf/confDocument';
import { isIpAddress } from '../../conf/ipAddress';
import type { ServerVersion } from '../../conf/serverVersion';
import type { CaseFile } from '../caseFile';
import {
  confPort,
  isBehindNetwork,
  isKnownBy,
  monitorsOf,
  sentinelDirectives,
  type ConfFacts,
} from '../confFacts';
import { evidenceOf, type Finding } from '../finding';
import { bindLine, placeOf, replicaLine, saysYes } from './confPlaces';
import { shortName } from './confSentinel';
import { isLoopback } from './topology';

/** Who can reach whom, by the confs alone: protected mode, announced addresses, IPv4 and IPv6. */
export function confReachRules(known: CaseFile): readonly Finding[] {
  return [
    ...known.confs.flatMap(conf => protectedMode(known, conf)),
    ...known.confs.flatMap(conf => announced(known, conf)),
    ...addressFamilies(known),
  ];
}

/** No password, protected mode, and others are to come in (server.c and networking.c, `acceptCommonHandler`). */
function protectedMode({ confs, version }: CaseFile, conf: ConfFacts): readonly Finding[] {
  if (!version || !isProtected(conf, version) || hasPassword(conf)) return [];
  const bind = bindLine(conf);
  const open = bind?.addresses.find(address => !isLoopback(address) && address !== '::*');
  // Before 7.0 a bind line switches protected mode off.
  const isByBind = open !== undefined && isNew(version);
  const partner = bind === undefined ? partnerFromElsewhere(confs, conf) : undefined;
  if (!isByBind && !partner) return [];
  return [
    {
      rule: 'protected-mode-denied',
      severity: 'warning',
      variant: 'conf',
      values: { node: shortName(conf.file), address: isByBind ? open : (partner?.host ?? '') },
      evidence: evidenceOf(
        isByBind ? placeOf(conf, bind?.directive) : placeOf(conf, lastDirective(conf.directives, 'port')),
        partner && placeOf(partner.conf, partner),
      ),
    },
  ];
}

/** Protected mode came with 3.2; a Sentinel has it off since 5.0 unless its conf says otherwise. */
function isProtected(conf: ConfFacts, version: ServerVersion): boolean {
  const { product, major, minor } = version;
  if (product === 'redis' && (major < 3 || (major === 3 && minor < 2))) return false;
  const written = saysYes(conf, 'protected-mode');
  return written ?? (conf.kind === 'server' || (product === 'redis' && major < 5));
}

function isNew({ product, major }: ServerVersion): boolean {
  return product === 'valkey' || major >= 7;
}

function hasPassword({ directives }: ConfFacts): boolean {
  return (
    (lastDirective(directives, 'requirepass')?.args[0] ?? '') !== '' ||
    // What the users are is told by lines or a file that may protect the default user, too.
    directives.some(({ name, args }) => name === 'aclfile' || (name === 'user' && args[0] === 'default'))
  );
}

/** A conf that names this node by an address that is not this machine's own. */
function partnerFromElsewhere(
  confs: readonly ConfFacts[],
  conf: ConfFacts,
): { readonly conf: ConfFacts; readonly line: number; readonly host: string } | undefined {
  if (conf.kind === 'sentinel') return undefined;
  const naming = [...monitorsOf(confs), ...confs.flatMap(other => replicaLine(other) ?? [])];
  return naming.find(({ host, port }) => isKnownBy(conf, port) && isIpAddress(host) && !isLoopback(host));
}

/** An announced port of this machine that nobody listens on. An address of another machine may be translated on its way. */
function announced({ confs }: CaseFile, conf: ConfFacts): readonly Finding[] {
  const isSentinel = conf.kind === 'sentinel';
  const ip = isSentinel
    ? sentinelDirectives(conf, 'announce-ip').at(-1)?.args[1]
    : lastDirective(conf.directives, 'replica-announce-ip', 'slave-announce-ip')?.args[0];
  const directive = isSentinel
    ? sentinelDirectives(conf, 'announce-port').at(-1)
    : lastDirective(conf.directives, 'replica-announce-port', 'slave-announce-port');
  const port = Number(directive?.args[isSentinel ? 1 : 0]);
  const isHere = ip === undefined || ip === '' || isLoopback(ip);
  // Port 0 announces the real one.
  if (isBehindNetwork(conf)) return [];
  if (!directive || !isHere || !(port > 0) || confs.some(other => portsOf(other).includes(port))) return [];
  return [
    {
      rule: 'nat-announced-address',
      severity: 'warning',
      variant: 'conf',
      values: {
        node: shortName(conf.file),
        address: `${ip === undefined || ip === '' ? '127.0.0.1' : ip}:${port}`,
        port: confPort(conf),
      },
      evidence: evidenceOf(placeOf(conf, directive)),
    },
  ];
}

function portsOf(conf: ConfFacts): readonly number[] {
  return [confPort(conf), Number(lastDirective(conf.directives, 'tls-port')?.args[0] ?? 0)];
}

/** `replicaof` and `sentinel monitor` lines that name an address of the one IP version, where the node listens on the other alone. */
function addressFamilies({ confs }: CaseFile): readonly Finding[] {
  const naming = [...monitorsOf(confs), ...confs.flatMap(conf => replicaLine(conf) ?? [])];
  return naming.flatMap(({ conf, line, host, port }): readonly Finding[] => {
    if (!isIpAddress(host) || !isLoopback(host)) return [];
    const target = confs.find(other => other.kind === 'server' && isKnownBy(other, port));
    const bind = target && bindLine(target);
    if (!target || !bind || bind.addresses.length === 0) return [];
    const wanted = familyOf(host);
    // A host name may be either.
    if (bind.addresses.some(address => familyOf(address) === undefined || familyOf(address) === wanted))
      return [];
    return [
      {
        rule: 'address-family-mismatch',
        severity: 'error',
        variant: 'conf',
        values: {
          node: shortName(conf.file),
          address: host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
          other: shortName(target.file),
          binds: bind.addresses.join(' '),
        },
        evidence: evidenceOf(placeOf(conf, { line }), placeOf(target, bind.directive)),
      },
    ];
  });
}

/** `*` of bind is all of IPv4, `::*` and `::` all of IPv6 (anet.c, IPV6_V6ONLY). */
function familyOf(address: string): 4 | 6 | undefined {
  if (address === '*') return 4;
  if (address === '::*') return 6;
  return isIpAddress(address) ? (address.includes(':') ? 6 : 4) : undefined;
}
