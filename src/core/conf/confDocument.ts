import { splitArguments, type Argument } from './splitArguments';

/** One directive of a conf file. `line` counts from 1. `name` is in lower case, as Redis compares names without case. */
export interface Directive {
  readonly line: number;
  readonly name: string;
  readonly args: readonly string[];
  readonly words: readonly Argument[];
}

/** The directives of a conf file in their order. Comments, blank lines and lines with unbalanced quotes are left out. */
export function readDirectives(text: string): readonly Directive[] {
  const directives: Directive[] = [];
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const words = splitArguments(raw);
    if (typeof words === 'string' || !words[0]) continue;
    directives.push({
      line: index + 1,
      name: words[0].value.toLowerCase(),
      args: words.slice(1).map(word => word.value),
      words,
    });
  }
  return directives;
}

/** The last directive with one of the names: where a directive is given twice, Redis takes the last. */
export function lastDirective(
  directives: readonly Directive[],
  ...names: readonly string[]
): Directive | undefined {
  return directives.findLast(directive => names.includes(directive.name));
}

/** What a data node's conf says about its place in the lab. */
export interface ServerConfFacts {
  readonly replicaOf: { readonly host: string; readonly port: number } | undefined;
  readonly password: string | undefined;
  readonly directory: string | undefined;
  readonly logFile: string | undefined;
}

export function readServerConf(text: string): ServerConfFacts {
  const directives = readDirectives(text);
  const replica = lastDirective(directives, 'replicaof', 'slaveof');
  const standsAlone = replica?.args[0]?.toLowerCase() === 'no' && replica.args[1]?.toLowerCase() === 'one';
  return {
    replicaOf:
      replica && !standsAlone ? { host: replica.args[0] ?? '', port: Number(replica.args[1]) } : undefined,
    password: lastDirective(directives, 'requirepass')?.args[0] || undefined,
    directory: lastDirective(directives, 'dir')?.args[0],
    logFile: lastDirective(directives, 'logfile')?.args[0],
  };
}

/** What a Sentinel's conf says about one master. */
export interface SentinelConfFacts {
  readonly monitored: { readonly host: string; readonly port: number; readonly quorum: number } | undefined;
  /** The configuration epoch the Sentinel saved: the highest one names the newest master. */
  readonly configEpoch: number;
  /** Since 3.2 a Sentinel keeps its id in its conf. */
  readonly id: string | undefined;
  readonly password: string | undefined;
  readonly directory: string | undefined;
}

export function readSentinelConf(text: string, masterName: string): SentinelConfFacts {
  const directives = readDirectives(text);
  const own = directives.filter(directive => directive.name === 'sentinel');
  const about = (option: string): readonly string[] | undefined =>
    own.findLast(directive => directive.args[0]?.toLowerCase() === option && directive.args[1] === masterName)
      ?.args;
  const monitor = about('monitor');
  return {
    monitored: monitor
      ? { host: monitor[2] ?? '', port: Number(monitor[3]), quorum: Number(monitor[4]) }
      : undefined,
    configEpoch: Number(about('config-epoch')?.[2] ?? 0),
    id: own.findLast(directive => directive.args[0]?.toLowerCase() === 'myid')?.args[1],
    password: lastDirective(directives, 'requirepass')?.args[0] || undefined,
    directory: lastDirective(directives, 'dir')?.args[0],
  };
}
