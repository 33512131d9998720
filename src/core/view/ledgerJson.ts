import type { ClientLedger, Ledger } from '../probe/ledger';
import { wallTime } from '../probe/probeRecord';
import type { ClientVerification, Verification } from '../probe/verifyLedger';

/** A ledger as `--json` prints it: a stable contract, see docs/CLI.md. Times are ISO, lengths are milliseconds. */
export function ledgerJson(ledger: Ledger, verification: Verification | undefined): unknown {
  const time = (at: number): string => new Date(wallTime(ledger, at)).toISOString();
  return {
    run: ledger.run,
    rate: ledger.rate,
    startedAt: time(ledger.startedAt),
    endedAt: time(ledger.endedAt),
    clients: ledger.clients.map(client =>
      clientJson(
        client,
        verification?.clients.find(checked => checked.client === client.client),
        time,
      ),
    ),
    staleMasterWindowMs: verification ? rounded(verification.staleMasterWindowMs) : null,
    staleMasters: (verification?.staleMasters ?? []).map(({ port, runId, first, last, ms, ...counts }) => ({
      port,
      runId: runId ?? null,
      from: time(first),
      to: time(last),
      ms: rounded(ms),
      ...counts,
    })),
    reads: ledger.reads.map(({ longestStaleMs, ...read }) => ({
      ...read,
      longestStaleMs: rounded(longestStaleMs),
    })),
    stalledMs: rounded(ledger.stalledMs),
    otherErrors: ledger.otherErrors,
  };
}

function clientJson(
  client: ClientLedger,
  verification: ClientVerification | undefined,
  time: (at: number) => string,
): unknown {
  const { latency } = client;
  return {
    client: client.client,
    attempted: client.attempted,
    acknowledged: client.acknowledged,
    present: verification?.present ?? null,
    lost: verification?.lostAcknowledged.count ?? null,
    lostNumbers: verification?.lostAcknowledged.ranges ?? null,
    unacknowledged: client.unacknowledged,
    unacknowledgedButPresent: verification?.unacknowledgedButPresent.count ?? null,
    unsent: client.unsent,
    errors: client.errors,
    outageMs: rounded(client.outageMs),
    outages: client.outages.map(({ begunAt, endedAt, ms, failed, errors }) => ({
      from: time(begunAt),
      to: endedAt === undefined ? null : time(endedAt),
      ms: rounded(ms),
      failed,
      errors,
    })),
    longestGapMs: rounded(client.longestGapMs),
    latencyMs: latency
      ? {
          p50: rounded(latency.p50),
          p99: rounded(latency.p99),
          max: rounded(latency.max),
        }
      : null,
    servers: client.servers.map(({ port, runId, acknowledged, first, last }) => ({
      port,
      runId: runId ?? null,
      acknowledged,
      from: time(first),
      to: time(last),
    })),
  };
}

/** To a microsecond: finer than that is noise. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
