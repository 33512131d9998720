import type { ServerVersion } from '../conf/serverVersion';
import { openCase, type CaseFile, type Rule } from './caseFile';
import type { ConfFacts } from './confFacts';
import { evidenceOf, type Finding, type Severity } from './finding';
import type { LogFacts } from './logFacts';
import { authenticationRules } from './rules/authentication';
import { confByteRules } from './rules/confBytes';
import { confCommandRules } from './rules/confCommands';
import { confDirectiveRules } from './rules/confDirectives';
import { confErrorRules } from './rules/confErrors';
import { confReachRules } from './rules/confReach';
import { confReplicationRules } from './rules/confReplication';
import { sentinelConfRules } from './rules/confSentinel';
import { confSentinelStateRules } from './rules/confSentinelState';
import { confRules } from './rules/confServer';
import { electionRules } from './rules/elections';
import { hostRules } from './rules/host';
import { masterHealthRules } from './rules/masterHealth';
import { reachabilityRules } from './rules/reachability';
import { savingRules } from './rules/saving';
import { startingRules } from './rules/starting';
import { syncRules } from './rules/syncs';
import { topologyRules } from './rules/topology';

const allRules: readonly Rule[] = [
  startingRules,
  confErrorRules,
  reachabilityRules,
  authenticationRules,
  savingRules,
  syncRules,
  electionRules,
  topologyRules,
  masterHealthRules,
  hostRules,
  sentinelConfRules,
  confByteRules,
  confDirectiveRules,
  confRules,
  confReplicationRules,
  confReachRules,
  confCommandRules,
  confSentinelStateRules,
];

/** What logs and confs show, the worst first; among equals in the order of the rules. */
export function diagnose(
  logs: readonly LogFacts[],
  confs: readonly ConfFacts[],
  version: ServerVersion | undefined,
): readonly Finding[] {
  return apply(allRules, openCase(logs, confs, version));
}

/** What confs show to the linter: which directives a version knows it looks up itself, line by line. */
export function diagnoseForLint(
  confs: readonly ConfFacts[],
  version: ServerVersion | undefined,
): readonly Finding[] {
  return apply(
    allRules.filter(rule => rule !== confDirectiveRules),
    openCase([], confs, version),
  );
}

function apply(rules: readonly Rule[], known: CaseFile): readonly Finding[] {
  return merged(rules.flatMap(rule => rule(known))).toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The same about the same, seen in several places, is one finding with more evidence. */
function merged(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { rule, variant, values } = finding;
    const subject = about.get(rule) ?? ['node', 'master', 'text', 'script', 'port'];
    const key = [rule, variant, ...subject.map(name => String(values[name] ?? ''))].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap(group => {
    const worst = group.toSorted((a, b) => rank[a.severity] - rank[b.severity])[0];
    return worst ? [{ ...worst, evidence: evidenceOf(...group.flatMap(one => one.evidence)) }] : [];
  });
}

/** What several Sentinels say of one master is one thing, whoever says it. */
const about: ReadonlyMap<string, readonly string[]> = new Map([
  ['too-few-sentinels', ['master']],
  ['quorum-above-sentinels', ['master']],
  ['no-replica-eligible', ['master']],
  ['replicas-down-too-long', ['master']],
  ['reset-before-failover', ['master']],
  ['renamed-command-blocks-failover', ['master']],
  ['replica-monitored-as-master', ['name', 'address']],
  ['loopback-monitor-address', ['master', 'address']],
  ['nat-announced-address', ['address']],
  ['master-hung', ['master']],
  ['split-brain-writes-lost', ['master', 'newMaster']],
  ['duplicate-myid', ['id']],
]);
