import { acceptsDirective, isKnownDirective, similarDirective, standInFor } from '../../conf/directives';
import { displayVersion } from '../../conf/serverVersion';
import type { CaseFile } from '../caseFile';
import type { ConfFacts } from '../confFacts';
import { evidenceOf, type Finding } from '../finding';
import { shortName } from './confSentinel';

/** Directives that the version does not start with. */
export function confDirectiveRules(known: CaseFile): readonly Finding[] {
  return known.confs.flatMap(conf => unsupported(known, conf));
}

function unsupported(known: CaseFile, conf: ConfFacts): readonly Finding[] {
  const { version } = known;
  if (!version) return [];
  return conf.directives.flatMap(({ name, args, line }) => {
    const isSentinelLine = name === 'sentinel';
    const directive = isSentinelLine ? `sentinel ${args[0]?.toLowerCase() ?? ''}` : name;
    const kinds = ['server', 'sentinel'] as const;
    const fits = isSentinelLine
      ? conf.kind === 'sentinel' && acceptsDirective(version, 'sentinel', directive)
      : acceptsDirective(version, 'server', name) || acceptsDirective(version, conf.kind, name);
    // Modules bring directives of their own, with a dot in them.
    if (fits || name.includes('.') || isInclude(name) || /[^\x21-\x7e]/.test(name)) return [];
    const isKnown = kinds.some(kind => isKnownDirective(kind, directive));
    const similar = similarDirective(isSentinelLine ? 'sentinel' : 'server', directive) ?? '';
    const isWrongPlace = isSentinelLine && conf.kind === 'server';
    return [
      {
        rule: isWrongPlace
          ? 'wrong-start-form'
          : name === 'replicaof'
            ? 'replicaof-not-supported'
            : 'directive-not-supported',
        severity: 'error' as const,
        ...(isWrongPlace
          ? { variant: 'noFlag' }
          : isKnown
            ? {}
            : { variant: similar === '' ? 'unknown' : 'misspelt' }),
        values: {
          node: shortName(conf.file),
          text: directive,
          line,
          directive,
          reason: '',
          version: displayVersion(standInFor(version)),
          similar,
          host: '',
          script: '',
          path: '',
          error: '',
          since: '',
        },
        evidence: evidenceOf({ file: conf.file, line }),
      },
    ];
  });
}

function isInclude(name: string): boolean {
  return name === 'include' || name === 'loadmodule' || name === 'user' || name === 'rename-command';
}
