import * as l10n from '@vscode/l10n';
import { setTimeout as sleep } from 'node:timers/promises';
import { HumanError } from '../../core/humanError';
import { findNode } from '../../core/model/lab';
import { masterPort, nodeAtPort } from '../../core/model/labState';
import { makeLedger } from '../../core/probe/ledger';
import { highestRate, probeDefaults } from '../../core/probe/probeConfig';
import type { ProbeRecord } from '../../core/probe/probeRecord';
import type { Promotion } from '../../core/probe/promotions';
import { verifyLedger, type Verification } from '../../core/probe/verifyLedger';
import { ledgerJson } from '../../core/view/ledgerJson';
import { ledgerText, probeEventText } from '../../core/view/ledgerText';
import { waitFor } from '../../lab/waitFor';
import { probeConfigFor } from '../../node/probe/labProbe';
import { readPresentNumbers, removeProbeKeys } from '../../node/probe/presentNumbers';
import { ProbeProcess } from '../../node/probe/probeProcess';
import { flag, numberOption, words } from '../arguments';
import type { CliCommand, CliContext } from '../context';
import { withLab, type CliLab } from '../withLab';

/** How long the probe writes where nobody says, in seconds. */
const usualSeconds = 10;
const longestSeconds = 3_600;
/** How long a master may take to appear when the writing is over, in milliseconds: a failover may be running. */
const masterTime = 60_000;

export const probe: CliCommand = {
  name: 'probe',
  usage: 'DIR [--rate N] [--seconds N] [--reads] [--keep] [--json]',
  summary: () =>
    l10n.t('writes numbered keys to a running lab, and says which were acknowledged and which are lost'),
  options: {
    rate: { type: 'string' },
    seconds: { type: 'string' },
    reads: { type: 'boolean' },
    keep: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run(args, context) {
    const [directory] = words(args, 'DIR');
    const rate = numberOption(args, 'rate', 1, highestRate) ?? probeDefaults.rate;
    const seconds = numberOption(args, 'seconds', 1, longestSeconds) ?? usualSeconds;
    return withLab(directory, context, async lab => {
      const { record, promotions } = await measure(lab, context, {
        rate,
        seconds,
        replicaReads: flag(args, 'reads'),
      });
      const ledger = makeLedger(record);
      const verification = await verify(lab, record, promotions, flag(args, 'keep')).catch((error: Error) => {
        // What the clients felt is worth telling all the same.
        if (!(error instanceof HumanError)) throw error;
        context.tell(`redis-ha-lab: ${error.located}`);
        return undefined;
      });
      context.print(
        flag(args, 'json')
          ? JSON.stringify(ledgerJson(ledger, verification), undefined, 2)
          : ledgerText(ledger, verification),
      );
      return verification ? 0 : 1;
    });
  },
};

/** Runs the probe for its time, or until Ctrl+C, and notes which masters the Sentinels announced meanwhile. */
async function measure(
  { session, folder }: CliLab,
  { tell, signal }: CliContext,
  choices: { readonly rate: number; readonly seconds: number; readonly replicaReads: boolean },
): Promise<{ readonly record: ProbeRecord; readonly promotions: readonly Promotion[] }> {
  const { store, lab } = session;
  const master = masterPort(store.state);
  const status = nodeAtPort(store.state, master)?.status;
  if (master === undefined || status !== 'running')
    throw new HumanError(
      l10n.t('"{0}" has no running master to write to. "redis-ha-lab up" starts the lab.', lab.name),
    );
  const config = await probeConfigFor(lab, master, node => folder.passwordOf(node), choices);
  const process = new ProbeProcess();
  process.onEvent(event => {
    const text = probeEventText(event);
    if (text !== undefined) tell(text);
  });
  const announced: { port: number; wallAt: number }[] = [];
  const hold = session.hold('steady');
  const listening = store.onDidDispatch(() => {
    const now = masterPort(store.state);
    if (now !== undefined && now !== (announced.at(-1)?.port ?? master))
      announced.push({ port: now, wallAt: Date.now() });
  });
  try {
    await process.start(config);
    tell(l10n.t('Writing {0} times a second to {1} for {2} s…', choices.rate, lab.name, choices.seconds));
    await Promise.race([
      sleep(choices.seconds * 1_000, undefined, { signal }).catch(() => {}),
      process.ended,
    ]);
    const record = await process.stop();
    return {
      record,
      promotions: [
        { port: master, at: Number.NEGATIVE_INFINITY },
        ...announced.map(({ port, wallAt }) => ({ port, at: wallAt - record.wallZero })),
      ],
    };
  } finally {
    listening.dispose();
    hold.dispose();
    process.kill();
  }
}

/** Looks on the master, when there is one again, for everything that was written, and takes it away. */
async function verify(
  { session, folder }: CliLab,
  record: ProbeRecord,
  promotions: readonly Promotion[],
  isKept: boolean,
): Promise<Verification | undefined> {
  const { store, lab } = session;
  const hold = session.hold('eager');
  const running = (): number | undefined => {
    const port = masterPort(store.state);
    const node = nodeAtPort(store.state, port);
    return node?.status === 'running' && node.role === 'master' ? port : undefined;
  };
  try {
    await session.refresh();
    await waitFor(store, () => running() !== undefined, {
      // Ctrl+C ended the writing; this is what it was done for.
      signal: new AbortController().signal,
      milliseconds: masterTime,
      late: () =>
        l10n.t(
          '"{0}" has no running master, so nobody can tell which writes are lost. "redis-ha-lab status" shows what is missing.',
          lab.name,
        ),
    });
  } finally {
    hold.dispose();
  }
  const node = findNode(lab, String(running()));
  if (!node) return undefined;
  const password = await folder.passwordOf(node);
  // Past the network of the lab: a link that is cut must not keep the truth from being found.
  const present = await readPresentNumbers(node.listenPort, password, record);
  if (!isKept) await removeProbeKeys(node.listenPort, password, record);
  return verifyLedger(record, present, promotions);
}
