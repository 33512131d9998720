import {
  acceptsDirective,
  isDirectiveOfAll,
  isKnownDirective,
  similarDirective,
  type ConfKind,
} from '../../conf/directives';
import { displayVersion, parseVersion, type ServerVersion } from '../../conf/serverVersion';
import { withoutSecret } from '../../log/startFailure';
import { factsOf, nodeName, type CaseFile } from '../caseFile';
import type { ConfError } from '../confErrorReader';
import { textArg } from '../fact';
import { evidenceOf, type Finding } from '../finding';
import type { LogFacts } from '../logFacts';

/** Lines of a conf that a server complained about before it gave up. Source: config.c, sentinel.c, Win32_CommandLine.cpp. */
export function confErrorRules(known: CaseFile): readonly Finding[] {
  return known.logs.flatMap(log => log.confErrors.map(error => judge(known, log, error)));
}

function judge(known: CaseFile, log: LogFacts, error: ConfError): Finding {
  const text = error.text ?? '';
  const words = text.trim().split(/\s+/);
  const first = (words[0] ?? '').replaceAll('"', '');
  const isSentinelLine = first.toLowerCase() === 'sentinel';
  const directive = isSentinelLine
    ? `sentinel ${(words[1] ?? '').toLowerCase()}`.trim()
    : first.toLowerCase();
  const version = versionOf(known, log);
  const { rule, variant } = classify({ error, text, first, directive, isSentinelLine, version });
  const kind: ConfKind = isSentinelLine ? 'sentinel' : 'server';
  return {
    rule,
    severity: 'error',
    ...(variant === undefined ? {} : { variant }),
    values: {
      node: nodeName(known, log),
      text: withoutSecret(text),
      line: error.confLine ?? '?',
      directive,
      reason: error.reason,
      version: version ? displayVersion(version) : 'Redis',
      similar: similarDirective(kind, directive) ?? '',
      host: isSentinelLine ? (words[3] ?? '?') : '?',
      script: words[3] ?? '?',
      path: directive === 'dir' ? words.slice(1).join(' ') : '',
      error: error.reason,
      since: '',
    },
    evidence: evidenceOf(error),
  };
}

interface Words {
  readonly error: ConfError;
  readonly text: string;
  readonly first: string;
  readonly directive: string;
  readonly isSentinelLine: boolean;
  readonly version: ServerVersion | undefined;
}

function classify(words: Words): { readonly rule: string; readonly variant?: string } {
  const { error, text, first, directive } = words;
  const { reason } = error;
  if (hasOddBytes(text)) return { rule: 'bad-bytes-in-conf', variant: 'line' };
  if (directive === 'dir' && /no such file|not a directory|permission|cannot find/i.test(reason))
    return isEatenPath(text)
      ? { rule: 'bad-bytes-in-conf', variant: 'path' }
      : { rule: 'data-folder-missing' };
  if (/can't open the log file/i.test(reason)) return { rule: 'conf-not-accepted', variant: 'logFile' };
  if (/unbalanced quotes/i.test(reason)) return { rule: 'bad-bytes-in-conf', variant: 'unbalanced' };
  if (/sentinel directive while not in sentinel mode/i.test(reason))
    return { rule: 'wrong-start-form', variant: 'noFlag' };
  if (/no such (?:master|primary) with specified name/i.test(reason))
    return { rule: 'option-before-monitor' };
  if (/can't resolve .*hostname/i.test(reason)) return { rule: 'hostname-not-resolved', variant: 'sentinel' };
  if (/script seems non existing/i.test(reason))
    return { rule: 'notification-script-failed', variant: 'missing' };
  if (/could not find sentin[ae]l subcommand/i.test(reason))
    return /known-(?:replica|slave|sentinel)/.test(directive)
      ? { rule: 'windows-sentinel-rewrite' }
      : { rule: 'directive-not-supported' };
  if (/unknown conf file parameter/i.test(reason)) {
    if (directive === 'replicaof') return { rule: 'replicaof-not-supported' };
    const lower = first.toLowerCase();
    return first !== lower && (lower === 'sentinel' || isKnownDirective('server', lower))
      ? { rule: 'directive-not-supported', variant: 'case' }
      : directiveRule(words);
  }
  if (/module configuration detected|unknown directive/i.test(reason)) return directiveRule(words);
  if (/unrecognized sentinel configuration statement/i.test(reason)) {
    if (/^sentinel\s+"?[^\s"]*\.conf"?$/i.test(text))
      return { rule: 'wrong-start-form', variant: 'fileAfterFlag' };
    return directiveRule(words);
  }
  if (/bad directive or wrong number of arguments/i.test(reason)) return directiveRule(words);
  if (/\s#\s/.test(text) && /number of arguments|argument/i.test(reason))
    return { rule: 'conf-not-accepted', variant: 'comment' };
  return { rule: 'conf-not-accepted', ...(error.text === undefined ? { variant: 'whole' } : {}) };
}

/** The old servers have one sentence for an unknown directive and for a wrong number of values: the table of directives decides. */
function directiveRule({ directive, isSentinelLine, version, text, error }: Words): {
  readonly rule: string;
  readonly variant?: string;
} {
  const kind: ConfKind = isSentinelLine ? 'sentinel' : 'server';
  const isKnown = isKnownDirective(kind, directive) || isKnownDirective('sentinel', directive);
  if (!isKnown)
    return {
      rule: 'directive-not-supported',
      variant: similarDirective(kind, directive) ? 'misspelt' : 'unknown',
    };
  const isAccepted = version ? acceptsDirective(version, kind, directive) : isDirectiveOfAll(kind, directive);
  if (isAccepted) return { rule: 'conf-not-accepted', ...(/\s#\s/.test(text) ? { variant: 'comment' } : {}) };
  if (directive === 'replicaof' || (directive.includes('replica') && isSlaveTime(version, error)))
    return { rule: directive === 'replicaof' ? 'replicaof-not-supported' : 'directive-not-supported' };
  return { rule: 'directive-not-supported' };
}

function isSlaveTime(version: ServerVersion | undefined, error: ConfError): boolean {
  return version ? version.major < 5 : /Bad directive/i.test(error.reason);
}

/** `"C:\lab\data"` in quotes becomes `C:labdata`: a backslash there takes the next letter for a special one. */
export function isEatenPath(path: string): boolean {
  return /(?:^|["\s])[a-z]:[^\\/"\s]/i.test(path);
}

/** Bytes that a person does not see, and quotes that an editor made pretty. */
export function hasOddBytes(text: string): boolean {
  return /[\ufeff\u00a0\u200b-\u200f\u2028\u2029\u2060\u3000\u201c\u201d\u2018\u2019\ufffd\u0000-\u0008\u000e-\u001f]/.test(
    text,
  );
}

function versionOf(known: CaseFile, log: LogFacts): ServerVersion | undefined {
  const told = factsOf(log, 'err-fatal-config-file-error-redis')
    .map(fact => parseVersion(textArg(fact, 'text', 'version')))
    .findLast(Boolean);
  return told ?? log.version ?? known.version;
}
