import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { DrillReport } from '../../core/drill/drillReport';
import { readyLight } from '../../core/drill/readyLight';
import type { Scenario } from '../../core/drill/scenario';
import { DrillRunner } from '../../lab/drill/drillRunner';
import { realDrillPorts } from '../../node/drill/drillPorts';
import { lendLab, openTemporaryLab, type DrillLab } from '../../node/drill/openDrillLab';
import { runDrill } from '../../node/drill/runDrill';
import { readReadyFacts } from '../../node/drill/readyFacts';
import { Cancelled } from '../errors';
import type { OpenedLab } from '../labs/labEntry';
import type { DrillContext } from './drillContext';
import { askAboutLight, askForGuess } from './drillQuestions';

/** How a drill is done from here. */
export interface OneDrillOptions {
  /** Undefined: in a lab of its own, which is removed afterwards. */
  readonly lab: OpenedLab | undefined;
  readonly token: vscode.CancellationToken;
  /** Told what comes next. */
  readonly tell: (text: string) => void;
  /** Whether somebody is there to answer questions. */
  readonly asks: boolean;
  /** What to do when the lab does not get ready, as a sentence. */
  readonly ifNotReady?: string;
  /** Called with the report while the lab is still there. */
  readonly onReport: (report: DrillReport) => Promise<unknown>;
}

/** Does a scenario once. Cancelled or failed, everything is undone all the same. */
export async function doOneDrill(
  scenario: Scenario,
  context: DrillContext,
  options: OneDrillOptions,
): Promise<DrillReport> {
  const { lab, token, tell, asks, ifNotReady, onReport } = options;
  const cancel = new AbortController();
  const listening = token.onCancellationRequested(() => cancel.abort(new Cancelled()));
  if (token.isCancellationRequested) cancel.abort(new Cancelled());
  try {
    const drillLab = await openFor(scenario, context, lab, { signal: cancel.signal, tell });
    try {
      const answers = asks ? await askFirst(scenario, context, drillLab, options) : {};
      const report = await runDrill(drillLab, scenario, context.programs, {
        ...answers,
        ...(ifNotReady === undefined ? {} : { ifNotReady }),
        signal: cancel.signal,
        report: tell,
      });
      tell(l10n.t('writing the report'));
      await onReport(report);
      return report;
    } finally {
      tell(l10n.t('cleaning up'));
      await drillLab.close();
    }
  } finally {
    listening.dispose();
  }
}

async function openFor(
  scenario: Scenario,
  { finder, programs, log }: DrillContext,
  lab: OpenedLab | undefined,
  { signal, tell }: { readonly signal: AbortSignal; readonly tell: (text: string) => void },
): Promise<DrillLab> {
  const options = {
    signal,
    finder,
    programs,
    report: ({ text }: { readonly text: string }) => tell(text),
    warn: (text: string) => log.warn(text),
  };
  if (!lab) return openTemporaryLab(scenario, options);
  await lab.session.refresh();
  return lendLab(lab, { ...options, getsReady: scenario.ready });
}

/** The ready light of a lab that is the person's own, and their guess. A lab made for the drill gets ready by itself. */
async function askFirst(
  scenario: Scenario,
  { programs }: DrillContext,
  drillLab: DrillLab,
  { lab, token, tell }: OneDrillOptions,
): Promise<{ readonly anyway?: boolean; readonly guess?: string }> {
  const { session, folder } = drillLab.lab;
  let anyway = false;
  if (lab && scenario.ready) {
    await session.refresh();
    const { state } = session.store;
    const light = readyLight(state, Date.now(), await readReadyFacts(state, folder));
    if (!light.isReady) {
      tell(l10n.t('not ready: your answer is waited for'));
      anyway = (await askAboutLight(light, session.lab.name, token)) === 'anyway';
    }
  }
  tell(l10n.t('your guess is waited for'));
  const guess = await askForGuess(
    scenario,
    session.store.state,
    async () => new DrillRunner(await realDrillPorts(drillLab, programs)).predict(scenario),
    token,
  );
  return { anyway, ...(guess === undefined ? {} : { guess }) };
}
