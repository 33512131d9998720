import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { guessableReplicas, isForetoldNow } from '../../core/drill/guessable';
import type { FailoverPrediction } from '../../core/drill/prediction';
import type { ReadyLight } from '../../core/drill/readyLight';
import type { Scenario } from '../../core/drill/scenario';
import type { LabState } from '../../core/model/labState';
import { lightChoices } from '../../core/view/lightChoices';
import { nodeDescription } from '../../core/view/nodeText';
import { predictionText } from '../../core/view/predictionText';
import { Cancelled } from '../errors';

/** A list that stays open while the person looks at the lab; nothing chosen is a drill cancelled. */
async function ask<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: { readonly title: string; readonly placeHolder: string },
  token: vscode.CancellationToken,
): Promise<T> {
  const picked = await vscode.window.showQuickPick(items, { ...options, ignoreFocusOut: true }, token);
  if (!picked) throw new Cancelled();
  return picked;
}

/** What to do although the lab is not ready. */
export async function askAboutLight(
  light: ReadyLight,
  labName: string,
  token: vscode.CancellationToken,
): Promise<'wait' | 'anyway'> {
  const { id } = await ask(
    lightChoices(light),
    {
      title: l10n.t('"{0}" is not ready for this drill', labName),
      placeHolder: l10n.t('A drill in a lab that is not ready shows something else than it is meant to show'),
    },
    token,
  );
  return id;
}

/** Who the person thinks will be promoted: the name of a node; undefined: they do not guess, or nothing is to be guessed. */
export async function askForGuess(
  scenario: Scenario,
  state: LabState,
  predict: () => Promise<FailoverPrediction | undefined>,
  token: vscode.CancellationToken,
): Promise<string | undefined> {
  const replicas = guessableReplicas(scenario, state);
  if (replicas.length === 0) return undefined;
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator, id: 'none' as const, name: '' };
  const foretold = isForetoldNow(scenario)
    ? [{ label: `$(eye) ${l10n.t('Show the Prediction First')}`, id: 'predict' as const, name: '' }]
    : [];
  const picked = await ask(
    [
      { label: `$(play) ${l10n.t('Begin without a Guess')}`, id: 'begin' as const, name: '' },
      ...foretold,
      separator,
      ...replicas.map(node => ({
        label: node.spec.name,
        description: nodeDescription(state, node, Date.now()),
        id: 'guess' as const,
        name: node.spec.name,
      })),
    ],
    {
      title: l10n.t('Predict first: who will be promoted?'),
      placeHolder: l10n.t('Your guess stands in the report beside the prediction and what was measured'),
    },
    token,
  );
  if (picked.id === 'predict') await showPrediction(await predict(), token);
  return picked.id === 'guess' ? picked.name : undefined;
}

async function showPrediction(
  prediction: FailoverPrediction | undefined,
  token: vscode.CancellationToken,
): Promise<void> {
  const words = prediction ? predictionText(prediction) : { outcome: [], others: [], votes: [], phases: [] };
  const part = (title: string, lines: readonly string[]): vscode.QuickPickItem[] =>
    lines.length === 0
      ? []
      : [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...lines.map(label => ({ label }))];
  await ask(
    [
      { label: `$(play) ${l10n.t('Begin the Drill')}` },
      ...part(l10n.t('What will happen'), [...words.outcome, ...words.others]),
      ...part(l10n.t('Votes'), words.votes),
      ...part(l10n.t('How long it will take'), words.phases),
    ],
    { title: l10n.t('The prediction'), placeHolder: l10n.t('Enter begins the drill') },
    token,
  );
}
