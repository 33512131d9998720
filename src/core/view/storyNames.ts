import * as l10n from '@vscode/l10n';
import type { Address, Failover } from '../story/failover';
import type { Report } from '../story/report';

/** `127.0.0.1:6379`; a question mark where the logs do not tell. */
export function addressText(address: Address | null): string {
  return address === null ? '?' : `${address.ip}:${address.port}`;
}

/** The leader as people call it: `sentinel-26381`. */
export function leaderName({ leader }: Failover, report: Report): string {
  if (!leader) return '?';
  return leader.address === null
    ? sentinelName(leader.id ?? '?', report)
    : `sentinel-${leader.address.slice(leader.address.lastIndexOf(':') + 1)}`;
}

/** `sentinel-26381` for an id or address whose port is known, else the id's first characters. */
export function sentinelName(idOrAddress: string, report: Report): string {
  const node = report.nodes.find(
    candidate => candidate.id === idOrAddress || candidate.address === idOrAddress,
  );
  if (node?.port != null) return `sentinel-${node.port}`;
  return /^[0-9a-f]{40}$/.test(idOrAddress) ? idOrAddress.slice(0, 8) : idOrAddress;
}

/** The writer of a file: `sentinel-26381` where its port is known, else the file. */
export function writerName(file: string, report: Report): string {
  const node = report.nodes.find(candidate => candidate.file === file);
  return node?.port == null ? file : `${node.kind === 'sentinel' ? 'sentinel' : 'redis'}-${node.port}`;
}

/** `76 ms`, `3.2 s`, `2 min 5 s`. */
export function durationText(milliseconds: number): string {
  if (Math.round(milliseconds) < 1_000) return l10n.t('{0} ms', Math.round(milliseconds));
  if (milliseconds < 59_950) return l10n.t('{0} s', (milliseconds / 1_000).toFixed(1));
  const seconds = Math.round(milliseconds / 1_000);
  return l10n.t('{0} min {1} s', Math.floor(seconds / 60), seconds % 60);
}

/** `+76 ms`, `−3.2 s`. */
export function signedDurationText(milliseconds: number): string {
  const sign = milliseconds > 0 ? '+' : milliseconds < 0 ? '−' : '';
  return `${sign}${durationText(Math.abs(milliseconds))}`;
}

/** The time of day of a moment in ISO form. */
export function clockText(time: string | null): string {
  return time === null ? '' : time.slice(time.indexOf('T') + 1);
}
