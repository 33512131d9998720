import { nodeName, type CaseFile } from '../caseFile';
import { timeText } from '../fact';
import { evidenceOf, type Finding } from '../finding';
import type { LinkFailure } from '../linkFailure';

/** What a master answers to a replica that it does not let in, by reason: the rule, and which text. */
const refusals: ReadonlyMap<LinkFailure, { readonly rule: string; readonly variant?: string }> = new Map([
  ['no-password', { rule: 'masterauth-missing' }],
  ['wrong-password', { rule: 'masterauth-missing', variant: 'wrong' }],
  ['password-not-needed', { rule: 'masterauth-missing', variant: 'notNeeded' }],
  ['not-permitted', { rule: 'acl-user-too-narrow' }],
  ['protected', { rule: 'protected-mode-denied' }],
]);

/** Replicas that the master does not let in. A repair while running is told, too: the conf may still lack it. */
export function authenticationRules(known: CaseFile): readonly Finding[] {
  return known.logs.flatMap(log =>
    [...refusals].flatMap(([reason, { rule, variant }]) => {
      const outages = log.outages.filter(outage => outage.reasons.has(reason));
      const entries = outages.flatMap(outage => outage.reasons.get(reason) ?? []);
      const first = entries[0];
      const last = outages.at(-1);
      if (!first || !last) return [];
      const healed = last.end?.how === 'synced' ? last.end.fact : undefined;
      return [
        {
          rule,
          severity: healed ? ('warning' as const) : ('error' as const),
          ...(variant === undefined ? {} : { variant }),
          values: {
            node: nodeName(known, log),
            master: last.master === '' ? '?' : last.master,
            count: entries.reduce((sum, entry) => sum + entry.count, 0),
            since: timeText(first.first),
            error: String(first.first.args['error'] ?? first.first.args['reply'] ?? ''),
          },
          evidence: evidenceOf(...entries.flatMap(entry => [entry.first, entry.last]), healed),
        },
      ];
    }),
  );
}
