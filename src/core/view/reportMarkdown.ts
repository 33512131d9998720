import * as l10n from '@vscode/l10n';
import type { Address, Failover, PhaseName } from '../story/failover';
import type { Report } from '../story/report';

/** A report for people, as Markdown: one section a failover, then the syncs. */
export function reportMarkdown(report: Report): string {
  const parts = report.failovers.map(failover => failoverSection(failover, report));
  if (parts.length === 0) parts.push(l10n.t('No failover is in these logs.'));
  return [...parts, ...syncSection(report)].join('\n\n');
}

/** The whole failover in one sentence. */
export function failoverSentence(failover: Failover, report: Report): string {
  const { masterName, epoch } = failover;
  const from = addressText(failover.from);
  const leader = leaderName(failover, report);
  const seconds = failover.durationMs === null ? '?' : (failover.durationMs / 1_000).toFixed(1);
  switch (failover.outcome) {
    case 'succeeded':
      return failover.forced
        ? l10n.t(
            '{0} was moved on request from {1} to {2} in {3} s (epoch {4}, leader {5}).',
            masterName,
            from,
            addressText(failover.to),
            seconds,
            epoch ?? '?',
            leader,
          )
        : l10n.t(
            '{0} moved from {1} to {2} in {3} s (epoch {4}, leader {5}).',
            masterName,
            from,
            addressText(failover.to),
            seconds,
            epoch ?? '?',
            leader,
          );
    case 'aborted-not-elected':
      return l10n.t(
        '{0} stayed at {1}: no Sentinel won the vote of epoch {2}. Too few Sentinels answered.',
        masterName,
        from,
        epoch ?? '?',
      );
    case 'aborted-no-good-slave':
      return l10n.t(
        '{0} stayed at {1}: the leader {2} found no replica that is fit for promotion (epoch {3}).',
        masterName,
        from,
        leader,
        epoch ?? '?',
      );
    case 'aborted-slave-timeout':
      return l10n.t(
        '{0} stayed at {1}: the chosen replica did not become a master in time (epoch {2}, leader {3}).',
        masterName,
        from,
        epoch ?? '?',
        leader,
      );
    case 'aborted-master-timeout':
      return l10n.t(
        '{0} stayed at {1}: the master could not be told in time to hand over (epoch {2}, leader {3}).',
        masterName,
        from,
        epoch ?? '?',
        leader,
      );
    case 'unfinished':
      return l10n.t(
        '{0}: a failover from {1} was begun in epoch {2}, and these logs do not tell its end.',
        masterName,
        from,
        epoch ?? '?',
      );
  }
}

function failoverSection(failover: Failover, report: Report): string {
  return [
    `## ${failoverSentence(failover, report)}`,
    ...(failover.startedAt ? [l10n.t('Began at {0}.', failover.startedAt)] : []),
    ...phaseTable(failover),
    ...voteTable(failover, report),
    ...observerTable(failover, report),
  ].join('\n\n');
}

function phaseTable({ phases }: Failover): string[] {
  if (phases.length === 0) return [];
  const rows = phases.map(
    phase => `| ${phaseWord(phase.name)} | ${phase.ms} ms | ${phaseOwner(phase.name)} |`,
  );
  return [
    [
      `| ${l10n.t('Phase')} | ${l10n.t('Took')} | ${l10n.t('Decided by')} |`,
      '| --- | ---: | --- |',
      ...rows,
    ].join('\n'),
  ];
}

/** The phase as a word for people. */
export function phaseWord(name: PhaseName): string {
  switch (name) {
    case 'detection':
      return l10n.t('Detection');
    case 'agreement':
      return l10n.t('Agreement');
    case 'election':
      return l10n.t('Election');
    case 'promotion':
      return l10n.t('Promotion');
    case 'reconfiguration':
      return l10n.t('Reconfiguration');
    case 'completion':
      return l10n.t('Completion');
  }
}

/** The setting, or the rule, that owns the length of a phase. */
function phaseOwner(name: PhaseName): string {
  switch (name) {
    case 'detection':
      return l10n.t('down-after-milliseconds of each Sentinel, counted from its own last valid reply');
    case 'agreement':
      return l10n.t('the quorum; Sentinels ask each other once a second');
    case 'election':
      return l10n.t('the majority; at most min(10 s, failover-timeout)');
    case 'promotion':
      return l10n.t('the chosen replica; seen at its next INFO, once a second');
    case 'reconfiguration':
      return l10n.t('parallel-syncs and the time a sync takes');
    case 'completion':
      return l10n.t('hello messages, every 2 s');
  }
}

function voteTable({ votes }: Failover, report: Report): string[] {
  if (votes.length === 0) return [];
  const rows = votes.map(vote => `| ${nodeName(vote.voter, report)} | ${nodeName(vote.candidate, report)} |`);
  return [[`| ${l10n.t('Voter')} | ${l10n.t('Voted for')} |`, '| --- | --- |', ...rows].join('\n')];
}

function observerTable({ observers }: Failover, report: Report): string[] {
  const rows = observers.map(observer => {
    const node = report.nodes.find(candidate => candidate.file === observer.file);
    const name = node?.port == null ? observer.file : `sentinel-${node.port}`;
    return `| ${name} | ${clock(observer.sdownAt)} | ${clock(observer.odownAt)} | ${clock(observer.switchedAt)} |`;
  });
  return [
    ['| Sentinel | +sdown | +odown | +switch-master |', '| --- | --- | --- | --- |', ...rows].join('\n'),
  ];
}

function syncSection({ syncs }: Report): string[] {
  if (syncs.length === 0) return [];
  const rows = syncs.map(
    sync =>
      `| ${sync.replica} | ${sync.master ?? '?'} | ${sync.kind} | ${sync.outcome} | ${sync.durationMs === null ? '' : `${sync.durationMs} ms`} | ${sync.reason ?? ''} |`,
  );
  return [
    [
      `## ${l10n.t('Syncs')}`,
      '',
      `| ${l10n.t('Replica')} | ${l10n.t('Master')} | ${l10n.t('Kind')} | ${l10n.t('Outcome')} | ${l10n.t('Took')} | ${l10n.t('Reason')} |`,
      '| --- | --- | --- | --- | ---: | --- |',
      ...rows,
    ].join('\n'),
  ];
}

function addressText(address: Address | null): string {
  return address === null ? '?' : `${address.ip}:${address.port}`;
}

function leaderName({ leader }: Failover, report: Report): string {
  if (!leader) return '?';
  return leader.address === null
    ? nodeName(leader.id ?? '?', report)
    : `sentinel-${leader.address.slice(leader.address.lastIndexOf(':') + 1)}`;
}

/** `sentinel-26381` for an id or address whose port is known, else the id's first characters. */
function nodeName(idOrAddress: string, report: Report): string {
  const node = report.nodes.find(
    candidate => candidate.id === idOrAddress || candidate.address === idOrAddress,
  );
  if (node?.port != null) return `sentinel-${node.port}`;
  return /^[0-9a-f]{40}$/.test(idOrAddress) ? idOrAddress.slice(0, 8) : idOrAddress;
}

function clock(time: string | null): string {
  return time?.slice(time.indexOf('T') + 1) ?? '';
}
