/**
 * Why a write failed, in the words of those who said so: the first word of Redis' error reply (networking.c, server.c), or the code of
 * the socket. The order is that of the numbers in an {@link AttemptLog} and may only be added to.
 */
export const errorClasses = [
  'READONLY',
  'NOREPLICAS',
  'MISCONF',
  'LOADING',
  'MASTERDOWN',
  'CLUSTERDOWN',
  'NOAUTH',
  'ECONNREFUSED',
  'ECONNRESET',
  'TIMEOUT',
  'other',
] as const;

/**
 * `ECONNRESET`: the connection ended before the answer came, from whichever side; for an attempt that was not sent, the connection was
 * lost and there is no other yet. `NOAUTH`: every refusal of a password or user.
 */
export type ErrorClass = (typeof errorClasses)[number];

/** How many attempts failed for which reason; a class that did not occur is missing. */
export type ErrorCounts = Readonly<Partial<Record<ErrorClass, number>>>;

const replies: ReadonlySet<string> = new Set<ErrorClass>([
  'READONLY',
  'NOREPLICAS',
  'MISCONF',
  'LOADING',
  'MASTERDOWN',
  'CLUSTERDOWN',
  'NOAUTH',
]);

/** The class of an error reply, by its text without the leading `-`. */
export function classOfReply(message: string): ErrorClass {
  const word = /^[A-Z]+/.exec(message)?.[0] ?? '';
  if (replies.has(word)) return word as ErrorClass;
  // Before 6.0 a wrong password is a plain ERR, before 2.8 a missing one, too.
  if (/^(?:WRONGPASS|NOPERM)|^ERR (?:invalid password|operation not permitted)/.test(message))
    return 'NOAUTH';
  return 'other';
}

/** The class of an error of the connection itself: by the code of the system where there is one, else by the client's words. */
export function classOfFailure({
  code,
  message,
}: {
  readonly code?: unknown;
  readonly message: string;
}): ErrorClass {
  if (code === 'ECONNREFUSED') return 'ECONNREFUSED';
  if (code === 'ETIMEDOUT' || /timed? ?out/i.test(message)) return 'TIMEOUT';
  if (
    code === 'ECONNRESET' ||
    code === 'EPIPE' ||
    /connection is closed|max retries per request/i.test(message)
  )
    return 'ECONNRESET';
  return classOfReply(message);
}

/** Adds up two counts. */
export function addErrors(one: ErrorCounts, other: ErrorCounts): ErrorCounts {
  const sum: Partial<Record<ErrorClass, number>> = { ...one };
  for (const name of errorClasses) {
    const count = other[name];
    if (count !== undefined) sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}
