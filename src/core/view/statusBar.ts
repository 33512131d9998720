import * as l10n from '@vscode/l10n';
import { conditionOf, masterAddress } from '../model/readiness';
import type { LabState } from '../model/labState';
import { failoverStage, labDescription, waitsForPerson } from './labRows';

/** What the status bar says of a lab; `alarm` takes the warning colours. Icons are in VS Code's `$(name)` form. */
export interface StatusBarText {
  readonly text: string;
  readonly tooltip: string;
  readonly spoken: string;
  readonly alarm: boolean;
}

/** Undefined while the lab is stopped: there is nothing to say then. */
export function statusBarText(state: LabState): StatusBarText | undefined {
  const { masterName } = state.lab;
  const condition = conditionOf(state);
  const address = masterAddress(state);
  if (condition === 'stopped') return undefined;
  const words = {
    ready: `${masterName} → ${address ?? '?'}`,
    waiting: `${masterName} → ${address ?? l10n.t('starting')}`,
    failover: l10n.t('{0}: failover, {1}', masterName, failoverStage(state)),
    'no-master': l10n.t('{0}: no master reachable', masterName),
  }[condition];
  const icon = {
    ready: 'database',
    waiting: waitsForPerson(state) ? 'warning' : 'loading~spin',
    failover: 'sync~spin',
    'no-master': 'warning',
  }[condition];
  return {
    text: `$(${icon}) ${words}`,
    tooltip: [`${state.lab.name}: ${labDescription(state)}`, ...lastFailover(state)].join('\n\n'),
    spoken: `${state.lab.name}, ${words}, ${labDescription(state)}`,
    alarm: condition === 'no-master',
  };
}

/** The last failover in one sentence. */
function lastFailover(state: LabState): string[] {
  const { failover } = state;
  if (!failover || failover.endedAt === undefined) return [];
  if (failover.stage === 'aborted') return [l10n.t('The last failover was given up.')];
  const seconds = ((failover.endedAt - failover.startedAt) / 1_000).toFixed(1);
  const from = failover.fromPort ?? '?';
  const to = failover.toPort ?? '?';
  const { masterName } = state.lab;
  return [
    failover.leader
      ? l10n.t(
          '{0} moved from {1} to {2} in {3} s; the leader was {4}.',
          masterName,
          from,
          to,
          seconds,
          failover.leader,
        )
      : l10n.t('{0} moved from {1} to {2} in {3} s.', masterName, from, to, seconds),
  ];
}
