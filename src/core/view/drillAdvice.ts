import * as l10n from '@vscode/l10n';
import type { DrillReport } from '../drill/drillReport';
import { adviceNotes } from './failoverAdvice';
import { durationText } from './storyNames';
import { countText } from './words';

/** What to change, and what that would change in this very drill; one paragraph each. */
export function drillAdvice(report: DrillReport): readonly string[] {
  return [
    ...detection(report),
    ...lostWrites(report),
    ...refusedWrites(report),
    ...oldAddress(report),
    ...emptied(report),
    ...(report.failover ? adviceNotes(report.failover, report.story) : []),
  ];
}

/** Where most of the outage was waiting for down-after-milliseconds. */
function detection({ comparison, probe, record }: DrillReport): readonly string[] {
  const setting = Number(settingOf('down-after-milliseconds', record.settings));
  const took = comparison?.times.find(({ name }) => name === 'detection')?.measuredMs;
  if (took === undefined || !probe || probe.outageMs === 0 || took < probe.outageMs / 2) return [];
  if (setting <= 1_000)
    return [
      l10n.t(
        '{0} of the outage of {1} was `down-after-milliseconds` ({2}), which is as low as is sensible: with less, a pause of the server or of the network becomes a failover.',
        durationText(took),
        durationText(Math.round(probe.outageMs)),
        durationText(setting),
      ),
    ];
  return [
    l10n.t(
      '{0} of the outage of {1} was waiting for `down-after-milliseconds` ({2}). Half of it would have made the outage {3} shorter. Not less than the longest pause that your servers have.',
      durationText(took),
      durationText(Math.round(probe.outageMs)),
      durationText(setting),
      durationText(setting / 2),
    ),
  ];
}

function lostWrites({ probe, record, clients }: DrillReport): readonly string[] {
  const lost = probe?.lost ?? 0;
  const stale = record.probe?.verification?.staleMasters ?? [];
  const taken = stale.reduce((sum, found) => sum + found.lost, 0);
  if (lost === 0) return [];
  const least = Number(
    settingOf('min-replicas-to-write', record.settings) ??
      settingOf('min-slaves-to-write', record.settings) ??
      0,
  );
  if (taken > 0 && least === 0)
    return [
      l10n.t(
        'Set `min-replicas-to-write 1` and `min-replicas-max-lag 2`: an old master whose replicas have left it then refuses. Of the {0} acknowledged writes that are lost, {1} were taken by an old master; most of them would have been refused with NOREPLICAS, and the client would have known.',
        countText(lost),
        countText(taken),
      ),
    ];
  if (taken > 0)
    return [
      l10n.t(
        '{0} acknowledged writes are lost although `min-replicas-to-write` is {1}: an old master goes on for as long as its replicas count as fresh. A smaller `min-replicas-max-lag` makes that time shorter.',
        countText(taken),
        least,
      ),
    ];
  const asking = clients.find(({ client }) => client === 'sentinel')?.lost ?? 0;
  return asking === 0
    ? []
    : [
        l10n.t(
          '{0} acknowledged writes had not reached the replica that was promoted. Where that matters, use WAIT after a write: it tells how many replicas have it.',
          countText(asking),
        ),
      ];
}

function refusedWrites({ probe }: DrillReport): readonly string[] {
  const { NOREPLICAS = 0, MISCONF = 0 } = probe?.errors ?? {};
  return [
    ...(NOREPLICAS > 0
      ? [
          l10n.t(
            '{0} writes were refused with NOREPLICAS. That is what `min-replicas-to-write` is for: refused is known, lost is not. The price is that a master with too few replicas refuses, too.',
            countText(NOREPLICAS),
          ),
        ]
      : []),
    ...(MISCONF > 0
      ? [
          l10n.t(
            '{0} writes were refused with MISCONF, and no Sentinel did anything: watch `rdb_last_bgsave_status` and the free space of the disk.',
            countText(MISCONF),
          ),
        ]
      : []),
  ];
}

function oldAddress({ clients, failover }: DrillReport): readonly string[] {
  const fixed = clients.find(({ client }) => client === 'fixed');
  const asking = clients.find(({ client }) => client === 'sentinel');
  if (!fixed || !asking || failover?.outcome !== 'succeeded') return [];
  const failed = fixed.attempted - fixed.acknowledged;
  if (failed === 0 && (fixed.lost ?? 0) === 0) return [];
  return [
    l10n.t(
      'Let applications ask Sentinels for the master. The client that kept the first address failed {0} times and lost {1}; the one that asks failed {2} times and lost {3}.',
      countText(failed),
      countText(fixed.lost ?? 0),
      countText(asking.attempted - asking.acknowledged),
      countText(asking.lost ?? 0),
    ),
  ];
}

function emptied({ record, failover }: DrillReport): readonly string[] {
  const isEmpty = record.scenario.expect.some(
    expected =>
      expected.kind === 'keys' &&
      (record.lastRefs[expected.node] ?? []).some(
        name => record.nodes.find(node => node.name === name)?.keys === 0,
      ),
  );
  if (!isEmpty || record.keysWritten === 0 || failover) return [];
  return [
    l10n.t(
      'The master came back empty, and its replicas followed it. With `appendonly yes` it would have come back with what it had.',
    ),
  ];
}

function settingOf(
  name: string,
  settings: readonly { readonly name: string; readonly value: string }[],
): string | undefined {
  return settings.find(setting => setting.name === name)?.value;
}
