import { readDirectives, type Directive } from './confDocument';
import { isKnownDirective, type ConfKind } from './directives';

/** Directives that stand in either kind of file and so say nothing about it. */
const shared = new Set([
  'port',
  'bind',
  'dir',
  'logfile',
  'loglevel',
  'pidfile',
  'daemonize',
  'protected-mode',
  'include',
]);

/**
 * What kind of conf a text is, by what stands in it: one `sentinel` directive makes it a Sentinel's. Only where a text has nothing
 * but directives of both kinds does the name of the file count. Undefined: this is no conf of Redis.
 */
export function recognisedKind(text: string, fileName: string): ConfKind | undefined {
  const directives = readDirectives(text);
  if (directives.some(isSentinelDirective)) return 'sentinel';
  const known = directives.filter(({ name }) => isKnownDirective('server', name));
  // A file of another program may share a word or two, such as `port`; a conf with mistakes still has mostly known words.
  if (known.length === 0 || known.length * 2 < directives.length) return undefined;
  const isNeutral = directives.every(({ name }) => shared.has(name));
  return isNeutral && /sentinel/i.test(fileName) ? 'sentinel' : 'server';
}

function isSentinelDirective({ name, args }: Directive): boolean {
  return name === 'sentinel' && isKnownDirective('sentinel', `sentinel ${args[0]?.toLowerCase() ?? ''}`);
}
