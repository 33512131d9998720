import { textArg, type Fact } from './fact';

/** Why a replica did not get to its master, as far as one line tells. */
export type LinkFailure =
  /** The machine answers, nobody listens there (or a firewall says no at once). */
  | 'refused'
  /** No answer at all: a firewall that drops, a machine that is off, a wrong address. */
  | 'timeout'
  /** Connected, but the master did not answer in time. */
  | 'silent'
  | 'no-route'
  | 'name'
  /** The replica's own end of the connection: its source address does not fit. */
  | 'source-address'
  | 'address-family'
  /** The own machine forbids the connection. */
  | 'forbidden'
  /** Connected, then closed without an answer. */
  | 'closed'
  /** Windows says nothing more than that writing failed. */
  | 'write-failed'
  | 'protected'
  | 'no-password'
  | 'wrong-password'
  | 'password-not-needed'
  | 'not-permitted'
  | 'misconf'
  | 'loading'
  | 'master-link-down'
  | 'not-redis'
  | 'other';

/** What the log line says about a failed try to connect or to agree; undefined for every other line. */
export function linkFailureOf(fact: Fact): LinkFailure | undefined {
  if (fact.event !== undefined) return undefined;
  if (connectIds.has(fact.id)) return connectFailure(textArg(fact, 'error'));
  if (fact.id === 'timeout-connecting-master') return 'timeout';
  if (closedIds.has(fact.id)) return 'closed';
  if (writeIds.has(fact.id)) return connectFailure(textArg(fact, 'error'), 'write-failed');
  if (replyIds.has(fact.id)) return replyFailure(textArg(fact, 'error', 'reply'), 'other');
  if (fact.id === 'bad-protocol-master-first-byte-not-we')
    return replyFailure(textArg(fact, 'reply'), 'not-redis');
  return undefined;
}

const connectIds: ReadonlySet<string> = new Set([
  'error-condition-socket-sync',
  'unable-connect-master',
  'dual-channel-replication-unable-connect-primary',
  'error-condition-socket-rdb-channel-replication',
]);
const closedIds: ReadonlySet<string> = new Set([
  'master-did-not-respond-command-during-sync',
  'i-o-error-reading-ping-reply-master',
]);
const writeIds: ReadonlySet<string> = new Set(['sending-command-master-replication-handshake']);
const replyIds: ReadonlySet<string> = new Set([
  'error-reply-ping-master',
  'unable-auth-master',
  'dual-channel-replication-unable-auth-primary',
  'master-aborted-replication-error',
  'unexpected-reply-psync-master',
  'received-unexpected-psync-reply',
  'master-does-not-support-psync-or-error',
  'master-currently-unable-psync-but-should-future',
]);

/** The texts of the C libraries of Linux, the BSDs, macOS and Windows for the same few errors, and Windows' numbers. */
function connectFailure(error: string, otherwise: LinkFailure = 'other'): LinkFailure {
  if (/refused|10061/i.test(error)) return 'refused';
  if (/timed out|timeout|did not properly respond|10060/i.test(error)) return 'timeout';
  if (/no route|unreachable|host is down|10065|10051|10064/i.test(error)) return 'no-route';
  if (/name|resol|nodename|no such host|not known|11001|11002|11004/i.test(error)) return 'name';
  if (/assign requested address|can't assign|10049/i.test(error)) return 'source-address';
  if (/invalid argument/i.test(error)) return 'source-address';
  if (/address family|10047/i.test(error)) return 'address-family';
  if (/not permitted|permission denied|10013/i.test(error)) return 'forbidden';
  if (/reset|closed|broken pipe|10054|10053/i.test(error)) return 'closed';
  return otherwise;
}

/** An error reply of the server that was reached. Its first word has named the error since 2.8; texts cover what came as -ERR. */
function replyFailure(reply: string, otherwise: LinkFailure): LinkFailure {
  if (/DENIED|protected mode/i.test(reply)) return 'protected';
  if (/NOAUTH|operation not permitted/i.test(reply)) return 'no-password';
  if (/WRONGPASS|invalid password/i.test(reply)) return 'wrong-password';
  if (/no password is set|without any password/i.test(reply)) return 'password-not-needed';
  if (/NOPERM|no permissions/i.test(reply)) return 'not-permitted';
  if (/MISCONF/.test(reply)) return 'misconf';
  if (/LOADING/.test(reply)) return 'loading';
  if (/MASTERDOWN|NOMASTERLINK|not connected with my (?:master|primary)/i.test(reply))
    return 'master-link-down';
  if (/HTTP|^SSH|unknown command|^</i.test(reply)) return 'not-redis';
  return otherwise;
}
