import * as l10n from '@vscode/l10n';
import type { Failover, Outcome } from '../story/failover';
import { expectationText, outcomeWord } from '../view/expectationText';
import { clientSummaries } from './drillProbe';
import type { DrillNode, DrillRecord } from './drillRecord';
import type { Expectation } from './expectation';
import { isEventSought, isMessageSought, type SeenLine } from './seenLine';

/** One expectation and whether it came true. */
export interface Verdict {
  readonly expectation: Expectation;
  /** What was expected. */
  readonly text: string;
  readonly ok: boolean;
  /** What was found. */
  readonly found: string;
}

/** What was expected of a drill held against what happened. `failovers` are those of the drill alone, in order. */
export function judgeDrill(record: DrillRecord, failovers: readonly Failover[]): readonly Verdict[] {
  return record.scenario.expect.map(expectation => ({
    expectation,
    text: expectationText(expectation),
    ...judge(expectation, record, failovers),
  }));
}

interface Judgement {
  readonly ok: boolean;
  readonly found: string;
}

function judge(expectation: Expectation, record: DrillRecord, failovers: readonly Failover[]): Judgement {
  switch (expectation.kind) {
    case 'event':
      return several(
        record.lines.filter(line => isEventSought(line, expectation, namesOf(expectation.node, record))),
        expectation.times,
        expectation.atMost,
        record,
      );
    case 'no-event':
      return none(
        record.lines.filter(line => isEventSought(line, expectation, namesOf(expectation.node, record))),
        record,
      );
    case 'log':
      return several(
        record.lines.filter(line =>
          isMessageSought(line, expectation.message, namesOf(expectation.node, record)),
        ),
        expectation.times,
        undefined,
        record,
      );
    case 'no-log':
      return none(
        record.lines.filter(line =>
          isMessageSought(line, expectation.message, namesOf(expectation.node, record)),
        ),
        record,
      );
    case 'outcome': {
      const outcome: Outcome | 'none' = failovers.at(-1)?.outcome ?? 'none';
      return { ok: outcome === expectation.outcome, found: outcomeWord(outcome) };
    }
    case 'promoted':
      return judgePromoted(expectation.node, record, failovers);
    case 'role': {
      const node = lastNode(expectation.node, record);
      return {
        ok: node?.role === expectation.is && node.status === 'running',
        found: node ? nodeWord(node) : l10n.t('there is no such node'),
      };
    }
    case 'keys':
      return judgeKeys(expectation, record);
    case 'ready':
      return {
        ok: record.isReadyAtEnd,
        found: record.isReadyAtEnd ? l10n.t('ready') : l10n.t('not ready'),
      };
    case 'probe':
      return judgeProbe(expectation, record);
  }
}

/** Lines are looked for by whom a word meant when the drill began. */
function namesOf(ref: string | undefined, { firstRefs }: DrillRecord): readonly string[] | undefined {
  return ref === undefined ? undefined : (firstRefs[ref] ?? []);
}

/** States are those of whom a word means in the end. */
function lastNode(ref: string, { lastRefs, nodes }: DrillRecord): DrillNode | undefined {
  const [name] = lastRefs[ref] ?? [];
  return nodes.find(node => node.name === name);
}

function several(
  lines: readonly SeenLine[],
  times: number,
  atMost: number | undefined,
  { actAt }: DrillRecord,
): Judgement {
  const decisive = lines[times - 1];
  if (!decisive)
    return {
      ok: false,
      found: lines.length === 0 ? l10n.t('never') : l10n.t('{0} of {1} times', lines.length, times),
    };
  const after = decisive.at - actAt;
  return { ok: atMost === undefined || after <= atMost, found: l10n.t('after {0} s', seconds(after)) };
}

function none(lines: readonly SeenLine[], { actAt }: DrillRecord): Judgement {
  const [first] = lines;
  if (!first) return { ok: true, found: l10n.t('never') };
  return { ok: false, found: l10n.t('after {0} s, by {1}', seconds(first.at - actAt), first.node) };
}

function judgePromoted(wanted: string, record: DrillRecord, failovers: readonly Failover[]): Judgement {
  const promoted = promotedIn(record, failovers);
  const found = promoted ?? l10n.t('nobody');
  if (wanted !== 'predicted')
    return { ok: promoted !== undefined && (record.firstRefs[wanted] ?? []).includes(promoted), found };
  const { prediction } = record;
  const ok =
    promoted !== undefined &&
    (prediction?.promoted === promoted || prediction?.rivals.includes(promoted) === true);
  return { ok, found };
}

/** The name of the node that the last failover of a drill promoted. */
export function promotedIn(
  { nodes }: Pick<DrillRecord, 'nodes'>,
  failovers: readonly Failover[],
): string | undefined {
  const to = failovers.findLast(({ outcome }) => outcome === 'succeeded')?.to;
  return to ? nodes.find(({ port }) => port === to.port)?.name : undefined;
}

function judgeKeys(
  { node: ref, are }: Extract<Expectation, { readonly kind: 'keys' }>,
  record: DrillRecord,
): Judgement {
  const keys = lastNode(ref, record)?.keys;
  if (keys === undefined) return { ok: false, found: l10n.t('nobody could look') };
  return {
    ok: keys === (are === 'kept' ? record.keysWritten : 0),
    found: l10n.t('{0} of {1} keys', keys, record.keysWritten),
  };
}

function judgeProbe(
  expected: Extract<Expectation, { readonly kind: 'probe' }>,
  { probe }: DrillRecord,
): Judgement {
  const client = probe && clientSummaries(probe).find(found => found.client === expected.client);
  if (!probe || !client) return { ok: false, found: l10n.t('there was no such client') };
  const { lost, staleMaster, staleReads, outage, errors } = expected;
  const stale = probe.verification?.staleMasters.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  const reads = probe.ledger.reads.reduce((sum, read) => sum + read.stale, 0);
  const counted = Object.entries(client.errors).map(([name, count]) => `${name} ${count}`);
  const checks = [
    {
      asked: lost !== undefined,
      ok: isAmount(client.lost, lost),
      found: l10n.t('lost: {0}', client.lost ?? '?'),
    },
    {
      asked: errors.length > 0,
      ok: errors.every(error => (client.errors[error] ?? 0) > 0),
      found: l10n.t('errors: {0}', counted.length > 0 ? counted.join(', ') : l10n.t('none')),
    },
    {
      asked: outage !== undefined,
      ok:
        client.outageMs >= (outage?.atLeast ?? 0) &&
        client.outageMs <= (outage?.atMost ?? Number.POSITIVE_INFINITY),
      found: l10n.t('outage: {0} s', seconds(client.outageMs)),
    },
    {
      asked: staleMaster !== undefined,
      ok: isAmount(stale, staleMaster),
      found: l10n.t('acknowledged by an old master: {0}', stale ?? '?'),
    },
    {
      asked: staleReads !== undefined,
      ok: isAmount(reads, staleReads),
      found: l10n.t('stale reads: {0}', reads),
    },
  ].filter(({ asked }) => asked);
  return { ok: checks.every(check => check.ok), found: checks.map(check => check.found).join('; ') };
}

function isAmount(count: number | undefined, wanted: 'none' | 'some' | undefined): boolean {
  if (wanted === undefined) return true;
  return count !== undefined && (wanted === 'some') === count > 0;
}

function nodeWord({ role, status }: DrillNode): string {
  if (status !== 'running') return l10n.t('it does not run');
  return role === 'master' ? l10n.t('master') : l10n.t('replica');
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
