import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../contributions';
import { HumanError, type Remedy } from '../core/humanError';
import type { NodeRef } from './labs/nodeRef';

/** Shows what went wrong, with a button for what to do about it; details go to the log channel. */
export class ErrorReporter {
  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** Runs work; an error is shown and does not go further. */
  async guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.report(error);
    }
  }

  /** Shows an error and does not wait until the person has read it. What the person cancelled is no error. */
  report(error: unknown, lab?: string): void {
    if (error instanceof Cancelled || error instanceof vscode.CancellationError) return;
    if (error instanceof HumanError) {
      const text = humanText(error);
      this.log.error(text);
      void offer(text, actionFor(error, lab) ?? showLog());
    } else {
      this.log.error(error instanceof Error ? error : String(error));
      const text = error instanceof Error ? error.message : String(error);
      void offer(l10n.t('Something unexpected went wrong: {0}', text), showLog());
    }
  }
}

/** VS Code cuts a message without a button to one line, and the end says what to do: so each has one. */
function showLog(): Action {
  return {
    title: l10n.t('Show Log'),
    run: () => vscode.commands.executeCommand(commandIds.showOutput),
  };
}

async function offer(text: string, action: Action | undefined): Promise<void> {
  const picked = await vscode.window.showErrorMessage(text, ...(action ? [action.title] : []));
  if (action && picked === action.title) await action.run();
}

/** The person cancelled: nothing to tell. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** The message with its place as a person in this workspace would write it. */
function humanText(error: HumanError): string {
  const { place } = error.details;
  if (!place) return error.message;
  const file = vscode.workspace.asRelativePath(place.file, false);
  return `${file}${place.line === undefined ? '' : `:${place.line}`}: ${error.message}`;
}

interface Action {
  readonly title: string;
  readonly run: () => Thenable<unknown>;
}

function actionFor({ details }: HumanError, lab: string | undefined): Action | undefined {
  const { place, node, remedy } = details;
  if (!remedy) return place ? { title: l10n.t('Open File'), run: () => openPlace(place) } : undefined;
  const ref: NodeRef | undefined =
    node !== undefined && lab !== undefined ? { lab, nodes: [node] } : undefined;
  const command = (title: string, id: CommandId): Action => ({
    title,
    run: () => vscode.commands.executeCommand(id, ref),
  });
  const actions: Readonly<Record<Remedy, () => Action | undefined>> = {
    installRedis: () => command(l10n.t('Install Redis…'), commandIds.installRedis),
    chooseServer: () => command(l10n.t('Choose a Binary…'), commandIds.chooseServer),
    openLog: () => (ref ? command(l10n.t('Open Log'), commandIds.openLog) : undefined),
    openConf: () => (place ? { title: l10n.t('Open Conf'), run: () => openPlace(place) } : undefined),
    openLabFile: () => (place ? { title: l10n.t('Open lab.json'), run: () => openPlace(place) } : undefined),
    killNode: () => (ref ? command(l10n.t('Kill Node'), commandIds.killNode) : undefined),
    enterPassword: () => (ref ? command(l10n.t('Enter Password…'), commandIds.enterPassword) : undefined),
    beginExercise: () => command(l10n.t('Begin an Exercise…'), commandIds.exercise),
  };
  return actions[remedy]();
}

export async function openPlace(place: { readonly file: string; readonly line?: number }): Promise<void> {
  const at = new vscode.Position(Math.max(0, (place.line ?? 1) - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(place.file), { selection: new vscode.Range(at, at) });
}
