import * as l10n from '@vscode/l10n';
import type { ErrorCounts } from '../probe/errorClass';
import type { ClientLedger, Ledger, Outage, ReadLedger } from '../probe/ledger';
import type { ProbeClientName } from '../probe/probeConfig';
import type { ProbeEvent } from '../probe/probeEvent';
import { wallTime } from '../probe/probeRecord';
import type { ClientVerification, StaleMaster, Verification } from '../probe/verifyLedger';
import { durationText } from './storyNames';
import { countText } from './words';

/** At most so many outages of a client are listed one by one. */
const outagesListed = 10;

/** A ledger for a person, one fact a line. Without a verification nothing is said of what is lost. */
export function ledgerText(ledger: Ledger, verification: Verification | undefined): string {
  return [
    ...ledger.clients.flatMap(client => [
      ...clientLines(
        client,
        verification?.clients.find(checked => checked.client === client.client),
      ),
      ...outageLines(client, ledger),
    ]),
    ...staleMasterLines(verification),
    ...ledger.reads.flatMap(reads => [
      readsText(reads, durationText),
      ...errorLine(reads.errors).map(line => `  ${line}`),
    ]),
    ...(ledger.stalledMs > 0
      ? [
          l10n.t(
            'The probe itself stood still for {0}: this machine was too busy, and what was measured then says nothing about Redis.',
            durationText(ledger.stalledMs),
          ),
        ]
      : []),
    ...ledger.otherErrors.map(message => l10n.t('Other error: {0}', message)),
  ].join('\n');
}

/** Which client it was, and what it does. */
export function probeClientText(client: ProbeClientName): string {
  switch (client) {
    case 'sentinel':
      return l10n.t('client that asks the Sentinels');
    case 'fixed':
      return l10n.t('client that keeps the first address');
  }
}

/** What a running probe tells, as a line for a person; undefined for what only programs want to know. */
export function probeEventText(event: ProbeEvent): string | undefined {
  switch (event.type) {
    case 'failing':
      return l10n.t('{0}: writes fail ({1})', event.client, event.error);
    case 'writing':
      return event.afterMs === undefined
        ? l10n.t('{0}: writes get through', event.client)
        : l10n.t('{0}: writes get through again, after {1}', event.client, durationText(event.afterMs));
    default:
      return undefined;
  }
}

function clientLines(client: ClientLedger, verification: ClientVerification | undefined): string[] {
  const lines = [
    `${client.client} (${probeClientText(client.client)})`,
    l10n.t('{0} of {1} writes acknowledged', countText(client.acknowledged), countText(client.attempted)),
  ];
  if (verification) {
    const { lostAcknowledged, unacknowledgedButPresent } = verification;
    lines.push(
      lostAcknowledged.count === 0
        ? l10n.t('no acknowledged write is lost')
        : l10n.t('acknowledged writes that are lost: {0}', countText(lostAcknowledged.count)),
    );
    if (client.unacknowledged > 0)
      lines.push(
        l10n.t(
          'writes without an answer: {0}, of these present: {1}',
          countText(client.unacknowledged),
          countText(unacknowledgedButPresent.count),
        ),
      );
  }
  const [head = '', ...rest] = [...lines, ...errorLine(client.errors)];
  return [head, ...rest.map(line => `  ${line}`)];
}

function errorLine(errors: ErrorCounts): string[] {
  const counts = Object.entries(errors).map(([name, count]) => `${name} ${countText(count)}`);
  return counts.length === 0 ? [] : [l10n.t('errors: {0}', counts.join(', '))];
}

function outageLines({ outages }: ClientLedger, ledger: Ledger): string[] {
  if (outages.length === 0) return [`  ${l10n.t('no outage')}`];
  const listed = outages.slice(0, outagesListed).map(outage => `  ${outageText(outage, ledger)}`);
  const more = outages.length - listed.length;
  return more > 0 ? [...listed, `  ${l10n.t('further outages: {0}', more)}`] : listed;
}

function outageText({ begunAt, endedAt, ms, failed }: Outage, ledger: Ledger): string {
  const from = clockText(wallTime(ledger, begunAt));
  return endedAt === undefined
    ? l10n.t(
        'outage of {0} from {1} to the end, failed attempts: {2}',
        durationText(ms),
        from,
        countText(failed),
      )
    : l10n.t(
        'outage of {0} from {1} to {2}, failed attempts: {3}',
        durationText(ms),
        from,
        clockText(wallTime(ledger, endedAt)),
        countText(failed),
      );
}

function staleMasterLines(verification: Verification | undefined): string[] {
  return (verification?.staleMasters ?? []).map(master => staleMasterText(master, durationText));
}

/** A node that went on acknowledging; `duration` writes milliseconds. */
export function staleMasterText(
  { port, ms, acknowledged, lost }: StaleMaster,
  duration: (ms: number) => string,
): string {
  return l10n.t(
    '{0} went on acknowledging for {1} after another master had been promoted. Writes: {2}, lost: {3}.',
    port,
    duration(ms),
    countText(acknowledged),
    countText(lost),
  );
}

/** What reads from one replica showed; `duration` writes milliseconds. */
export function readsText(
  { port, reads, stale, mostBehind, longestStaleMs }: ReadLedger,
  duration: (ms: number) => string,
): string {
  return l10n.t(
    'Reads from {0}: {1}, stale: {2} (at most {3} writes or {4} behind).',
    port,
    countText(reads),
    countText(stale),
    countText(mostBehind),
    duration(longestStaleMs),
  );
}

/** Local wall-clock time with milliseconds. */
function clockText(at: number): string {
  const time = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
  return `${clock}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
