import { lastDirective, type Directive } from '../../conf/confDocument';
import { isKnownBy, type ConfFacts, type Monitor } from '../confFacts';
import type { Evidence } from '../../story/storyLine';
import { isLoopback } from './topology';

/** A directive's place; without one, the first line stands for what the conf does not say. */
export function placeOf(conf: ConfFacts, directive?: { readonly line: number }): Evidence {
  return { file: conf.file, line: directive?.line ?? 1 };
}

/** Whether the last line with one of the names says `yes` or `no`; undefined where there is none. */
export function saysYes(conf: ConfFacts, ...names: readonly string[]): boolean | undefined {
  const word = lastDirective(conf.directives, ...names)?.args[0]?.toLowerCase();
  return word === undefined ? undefined : word === 'yes';
}

/** Where a data node replicates from by its conf: `replicaof`, or `slaveof` before 5.0. */
export interface ReplicaLine {
  readonly conf: ConfFacts;
  readonly line: number;
  readonly host: string;
  readonly port: number;
}

export function replicaLine(conf: ConfFacts): ReplicaLine | undefined {
  const found = lastDirective(conf.directives, 'replicaof', 'slaveof');
  const [host, port] = found?.args ?? [];
  if (!found || host === undefined || port === undefined || host.toLowerCase() === 'no') return undefined;
  return { conf, line: found.line, host, port: Number(port) };
}

/** The addresses of `bind`, without the minus that makes one optional; undefined where there is no such line. */
export function bindLine(
  conf: ConfFacts,
): { readonly directive: Directive; readonly addresses: readonly string[] } | undefined {
  const directive = lastDirective(conf.directives, 'bind');
  return directive && { directive, addresses: directive.args.map(word => word.replace(/^-/, '')) };
}

/** The data nodes among the confs that an address of this machine can mean. */
export function serversAt(
  confs: readonly ConfFacts[],
  { host, port }: Pick<Monitor, 'host' | 'port'>,
): readonly ConfFacts[] {
  return confs.filter(
    conf =>
      conf.kind === 'server' &&
      isKnownBy(conf, port) &&
      (isLoopback(host) || bindLine(conf)?.addresses.includes(host) === true),
  );
}
