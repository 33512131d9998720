import type { ConfKind } from '../conf/directives';
import { listenPortOf } from '../network/listenPort';
import { lastDirective, readDirectives, type Directive } from '../conf/confDocument';

/** What rules ask about one conf file. */
export interface ConfFacts {
  readonly file: string;
  readonly kind: ConfKind;
  readonly directives: readonly Directive[];
  /** Lines with bytes that the server reads as part of a word although nobody sees them. */
  readonly oddLines: readonly { readonly line: number; readonly what: OddByte }[];
}

export type OddByte = 'bom' | 'utf16' | 'space' | 'quotes' | 'control';

/** What a file looks like before its bytes are text: its text, and whether it is UTF-16, which no server reads. */
export interface ConfText {
  readonly text: string;
  readonly isUtf16: boolean;
}

/** Reads a conf. `isSentinel`: what is known from outside; else a `sentinel` directive or the name of the file tells. */
export function readConfFacts(file: string, { text, isUtf16 }: ConfText, isSentinel?: boolean): ConfFacts {
  const directives = readDirectives(text);
  const looksSentinel =
    isSentinel ?? (directives.some(({ name }) => name === 'sentinel') || /sentinel[^/\\]*$/i.test(file));
  return {
    file,
    kind: looksSentinel ? 'sentinel' : 'server',
    directives,
    oddLines: isUtf16 ? [{ line: 1, what: 'utf16' }] : oddLines(text),
  };
}

function oddLines(text: string): ConfFacts['oddLines'] {
  return text.split('\n').flatMap((raw, index): ConfFacts['oddLines'] => {
    const line = index + 1;
    if (index === 0 && raw.startsWith('\uFEFF')) return [{ line, what: 'bom' }];
    const content = raw.trim();
    // A comment may hold anything.
    if (content.startsWith('#')) return [];
    if (/[\u00a0\u2000-\u200f\u2028\u2029\u2060\u3000\ufeff]/.test(raw)) return [{ line, what: 'space' }];
    if (/[\u201c\u201d\u2018\u2019]/.test(raw)) return [{ line, what: 'quotes' }];
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(raw)) return [{ line, what: 'control' }];
    return [];
  });
}

/** The port the conf gives; the default of its kind where it gives none. */
export function confPort(conf: ConfFacts): number {
  const port = Number(lastDirective(conf.directives, 'port')?.args[0]);
  return Number.isInteger(port) ? port : conf.kind === 'sentinel' ? 26_379 : 6_379;
}

/** The port that the conf announces to the others; undefined where it announces none. */
export function announcedPort(conf: ConfFacts): number | undefined {
  const word =
    conf.kind === 'sentinel'
      ? sentinelDirectives(conf, 'announce-port').at(-1)?.args[1]
      : lastDirective(conf.directives, 'replica-announce-port', 'slave-announce-port')?.args[0];
  const port = Number(word);
  // 0 announces the real one.
  return port > 0 ? port : undefined;
}

/**
 * Whether other nodes of this machine can mean this one by the port: the one it listens on, or the one it announces, which the network
 * of its lab does for a version that cannot.
 */
export function isKnownBy(conf: ConfFacts, port: number): boolean {
  const announced = announcedPort(conf);
  return (
    confPort(conf) === port ||
    announced === port ||
    (announced === undefined && confPort(conf) === listenPortOf(port))
  );
}

/** Whether it listens behind the network of its lab, which takes connections on the announced port. */
export function isBehindNetwork(conf: ConfFacts): boolean {
  const announced = announcedPort(conf);
  return announced !== undefined && listenPortOf(announced) === confPort(conf);
}

/** `sentinel <option> …` directives. */
export function sentinelDirectives(conf: ConfFacts, option: string): readonly Directive[] {
  return conf.directives.filter(({ name, args }) => name === 'sentinel' && args[0]?.toLowerCase() === option);
}

/** One `sentinel monitor` line. */
export interface Monitor {
  readonly conf: ConfFacts;
  readonly line: number;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly quorum: number;
}

export function monitorsOf(confs: readonly ConfFacts[]): readonly Monitor[] {
  return confs.flatMap(conf =>
    sentinelDirectives(conf, 'monitor').map(({ line, args }) => ({
      conf,
      line,
      name: args[1] ?? '',
      host: args[2] ?? '',
      port: Number(args[3]),
      quorum: Number(args[4]),
    })),
  );
}
