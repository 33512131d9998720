import type { CaseFile } from '../caseFile';
import type { ConfFacts } from '../confFacts';
import { evidenceOf, type Finding } from '../finding';
import { shortName } from './confSentinel';

/** Bytes that a server reads otherwise than they look. */
export function confByteRules(known: CaseFile): readonly Finding[] {
  return known.confs.flatMap(oddBytes);
}

function oddBytes(conf: ConfFacts): readonly Finding[] {
  const kinds = new Set(conf.oddLines.map(({ what }) => what));
  return [...kinds].map(what => {
    const lines = conf.oddLines.filter(one => one.what === what);
    return {
      rule: 'bad-bytes-in-conf',
      severity: 'error' as const,
      variant: what,
      values: {
        node: shortName(conf.file),
        text: '',
        line: lines[0]?.line ?? 1,
        path: '',
        error: '',
        since: '',
      },
      evidence: evidenceOf(...lines.map(({ line }) => ({ file: conf.file, line }))),
    };
  });
}
