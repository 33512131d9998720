import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { keepsSecret } from '../core/conf/editor/confOutline';
import { shownFault, type ActiveFault } from '../core/drill/activeFault';
import { HumanError } from '../core/humanError';
import { faultText } from '../core/view/faultText';
import type { ErrorReporter } from './errors';
import type { LabCatalog } from './labs/labCatalog';
import type { OpenedLab } from './labs/labEntry';

/** How long a lab with faults is not looked at again, in milliseconds. */
const restTime = 10_000;

/**
 * Looks, when a lab is opened and while faults are on in it, for those whose program is gone. Those of a drill are undone, because nobody
 * waits for their effect any more; about those that a person made in a window that is closed now, the person is asked, once.
 */
export class LeftFaults implements vscode.Disposable {
  private readonly looked = new WeakMap<OpenedLab, number>();
  private readonly asked = new WeakMap<OpenedLab, Set<string>>();
  private readonly listening: readonly vscode.Disposable[];

  constructor(
    private readonly catalog: LabCatalog,
    private readonly errors: ErrorReporter,
  ) {
    this.listening = [
      catalog.onDidChangeList(() => this.lookAtNew()),
      catalog.onDidChangeLab(({ opened }) => {
        if (opened && opened.session.store.state.faults.length > 0) this.look(opened);
      }),
    ];
  }

  private lookAtNew(): void {
    for (const { opened } of this.catalog.labs) if (opened && !this.looked.has(opened)) this.look(opened);
  }

  private look(lab: OpenedLab): void {
    const last = this.looked.get(lab);
    if (last !== undefined && Date.now() - last < restTime) return;
    this.looked.set(lab, Date.now());
    void this.errors.guard(() => this.settle(lab));
  }

  private async settle(lab: OpenedLab): Promise<void> {
    const left = await lab.faults.leftBehind();
    const ofDrill = left.filter(({ owner }) => owner?.purpose === 'drill');
    const asked = this.asked.get(lab) ?? new Set();
    this.asked.set(lab, asked);
    const ofPerson = left.filter(active => active.owner?.purpose === 'person' && !asked.has(keyOf(active)));
    for (const active of ofPerson) asked.add(keyOf(active));
    await Promise.all([undoneFor(lab, ofDrill), askFor(lab, ofPerson)]);
  }

  dispose(): void {
    for (const listener of this.listening) listener.dispose();
  }
}

/** Ids are used again. */
function keyOf({ id, since }: ActiveFault): string {
  return `${id} ${since}`;
}

async function undoneFor(lab: OpenedLab, faults: readonly ActiveFault[]): Promise<void> {
  if (faults.length === 0) return;
  await undo(lab, faults);
  void vscode.window.showInformationMessage(
    l10n.t('A drill in "{0}" was cut short. Undone: {1}.', lab.session.lab.name, textOf(faults)),
  );
}

async function askFor(lab: OpenedLab, faults: readonly ActiveFault[]): Promise<void> {
  if (faults.length === 0) return;
  const undoAll = l10n.t('Undo');
  const keep = l10n.t('Keep');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('"{0}" is still broken from before: {1}.', lab.session.lab.name, textOf(faults)),
    undoAll,
    keep,
  );
  if (answer === undoAll) await undo(lab, faults);
  if (answer === keep) await lab.faults.keep(faults);
}

async function undo(lab: OpenedLab, faults: readonly ActiveFault[]): Promise<void> {
  const { left } = await lab.faults.undoThese(faults.toReversed());
  await lab.session.observe();
  if (left.length > 0) throw new HumanError(left.map(({ reason }) => reason.message).join(' '));
}

function textOf(faults: readonly ActiveFault[]): string {
  return faults.map(active => faultText(shownFault(active, keepsSecret))).join('; ');
}
