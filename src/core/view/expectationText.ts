import * as l10n from '@vscode/l10n';
import type { Expectation } from '../drill/expectation';
import type { EventSought } from '../drill/scenarioSteps';
import type { Outcome } from '../story/failover';
import { logText, often, roleText, toldBy } from './seenText';

/** What a scenario expects, in words. */
export function expectationText(expected: Expectation): string {
  switch (expected.kind) {
    case 'event': {
      const sought = often(soughtText(expected), expected.times);
      return expected.atMost === undefined
        ? sought
        : l10n.t('{0} within {1} s', sought, expected.atMost / 1_000);
    }
    case 'no-event':
      return l10n.t('no {0}', soughtText(expected));
    case 'log':
      return often(logText(expected.message, expected.node), expected.times);
    case 'no-log':
      return l10n.t('no {0}', logText(expected.message, expected.node));
    case 'outcome':
      return l10n.t('failover: {0}', outcomeWord(expected.outcome));
    case 'promoted':
      return expected.node === 'predicted'
        ? l10n.t('the predicted replica is promoted')
        : l10n.t('{0} is promoted', expected.node);
    case 'role':
      return roleText(expected.node, expected.is);
    case 'keys':
      return expected.are === 'kept'
        ? l10n.t('{0} has all keys', expected.node)
        : l10n.t('{0} has lost all keys', expected.node);
    case 'ready':
      return l10n.t('the lab is ready again');
    case 'probe':
      return probeText(expected);
  }
}

/** How a failover ended, as a word; `none`: there was none. */
export function outcomeWord(outcome: Outcome | 'none'): string {
  switch (outcome) {
    case 'none':
      return l10n.t('none');
    case 'succeeded':
      return l10n.t('succeeded');
    case 'unfinished':
      return l10n.t('unfinished');
    case 'aborted-not-elected':
      return l10n.t('given up, no leader was elected');
    case 'aborted-no-good-slave':
      return l10n.t('given up, no replica was fit');
    case 'aborted-slave-timeout':
      return l10n.t('given up, the chosen replica did not become master in time');
    case 'aborted-master-timeout':
      return l10n.t('given up, the master did not hand over in time');
  }
}

function soughtText({ event, node, of }: EventSought): string {
  return toldBy(of === undefined ? event : `${event} ${of}`, node);
}

function probeText({
  client,
  lost,
  errors,
  outage,
  staleMaster,
  staleReads,
}: Extract<Expectation, { readonly kind: 'probe' }>): string {
  const parts = [
    ...(lost === 'none' ? [l10n.t('loses no acknowledged write')] : []),
    ...(lost === 'some' ? [l10n.t('loses acknowledged writes')] : []),
    ...(errors.length > 0 ? [l10n.t('meets {0}', errors.join(', '))] : []),
    ...(outage?.atLeast === undefined ? [] : [l10n.t('outage of at least {0} s', outage.atLeast / 1_000)]),
    ...(outage?.atMost === undefined ? [] : [l10n.t('outage of at most {0} s', outage.atMost / 1_000)]),
    ...(staleMaster === 'some' ? [l10n.t('an old master goes on acknowledging')] : []),
    ...(staleMaster === 'none' ? [l10n.t('no old master goes on acknowledging')] : []),
    ...(staleReads === 'some' ? [l10n.t('replicas show old data')] : []),
    ...(staleReads === 'none' ? [l10n.t('replicas show no old data')] : []),
  ];
  return l10n.t('client {0}: {1}', client, parts.join(', '));
}
