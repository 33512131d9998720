import * as l10n from '@vscode/l10n';
import { HumanError } from '../core/humanError';
import type { NodeSpec } from '../core/model/lab';
import { masterPort, nodesOf, type FailoverState } from '../core/model/labState';
import type { LabSession } from './labSession';
import { waitFor } from './waitFor';

/** How long a requested failover may take, in milliseconds. */
const failoverTime = 60_000;

/** Sends `SENTINEL FAILOVER` to a Sentinel; an error reply such as NOGOODSLAVE is thrown. */
export type SendFailover = (sentinel: NodeSpec) => Promise<void>;

/** Asks a running Sentinel for a failover without a failure, and waits until it has moved the master. Gives the old and the new port. */
export async function requestFailover(
  session: LabSession,
  send: SendFailover,
  signal: AbortSignal,
): Promise<{ readonly from: number | undefined; readonly to: number | undefined }> {
  const { store, lab } = session;
  const sentinel = nodesOf(store.state).find(
    node => node.spec.kind === 'sentinel' && node.status === 'running' && node.view,
  );
  if (!sentinel)
    throw new HumanError(
      l10n.t(
        'No Sentinel of "{0}" runs, and only a Sentinel can do a failover. Start the lab first.',
        lab.name,
      ),
    );
  const from = masterPort(store.state);
  const before = store.state.failover;
  const hold = session.hold('eager');
  try {
    await send(sentinel.spec).catch((error: Error) => {
      throw new HumanError(l10n.t('{0} refused the failover: {1}', sentinel.spec.name, error.message), {
        node: sentinel.spec.name,
        cause: error,
      });
    });
    const isDone = (): boolean => {
      const { failover } = store.state;
      if (failover?.stage === 'aborted' && failover.startedAt !== before?.startedAt)
        throw new HumanError(
          l10n.t(
            'The failover was given up: {0}. The log of {1} has the details.',
            abortText(failover),
            sentinel.spec.name,
          ),
          { node: sentinel.spec.name, remedy: 'openLog' },
        );
      const now = store.state.nodes[sentinel.spec.name]?.view;
      return now !== undefined && now.masterPort !== from && !now.flags.includes('failover_in_progress');
    };
    await waitFor(store, isDone, {
      signal,
      milliseconds: failoverTime,
      late: () =>
        l10n.t(
          'The failover did not end within {0} s; the log of {1} says how far it came.',
          failoverTime / 1_000,
          sentinel.spec.name,
        ),
    });
    return { from, to: masterPort(store.state) };
  } finally {
    hold.dispose();
  }
}

/** Why a failover ended without success, in the words of sentinel.c. */
function abortText({ abortedBy = '' }: FailoverState): string {
  switch (abortedBy) {
    case '-failover-abort-no-good-slave':
      return l10n.t('no replica is fit to become the master ({0})', abortedBy);
    case '-failover-abort-not-elected':
      return l10n.t('the Sentinels did not elect a leader in time ({0})', abortedBy);
    case '-failover-abort-slave-timeout':
      return l10n.t('the chosen replica did not become the master in time ({0})', abortedBy);
    default:
      return abortedBy;
  }
}
