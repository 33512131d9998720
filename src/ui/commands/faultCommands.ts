import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../contributions';
import type { FaultOwner, ShownFault } from '../../core/drill/activeFault';
import { nodesOfFault, type Fault } from '../../core/drill/fault';
import { noNetwork } from '../../core/drill/noNetwork';
import { HumanError } from '../../core/humanError';
import { nodeOf } from '../../core/model/labState';
import { faultChoices } from '../../core/view/faultChoices';
import { linkChoices, type LinkChoice } from '../../core/view/linkChoices';
import { faultsNow, faultText } from '../../core/view/faultText';
import type { UndoneFaults } from '../../lab/ports';
import { ownIdentity } from '../../node/process/identity';
import { Cancelled } from '../errors';
import type { OpenedLab } from '../labs/labEntry';
import { isNodeRef } from '../labs/nodeRef';
import type { CommandBody } from './commandContext';
import { pickLab, pickNode } from './pickTarget';
import { withProgress } from './withProgress';

const breakNode: CommandBody = async ({ catalog }, target) => {
  const { lab, node } = await pickNode(catalog, target, ({ status }) => status === 'running');
  const state = nodeOf(lab.session.store.state, node.name);
  if (!state) throw new Cancelled();
  const picked = await vscode.window.showQuickPick(
    [
      ...faultChoices(state, process.platform === 'win32').map(choice => ({ ...choice, link: undefined })),
      { label: l10n.t('Network'), kind: vscode.QuickPickItemKind.Separator, link: undefined },
      ...linkChoices(lab.session.store.state),
    ],
    {
      title: l10n.t('Break {0}', node.name),
      placeHolder: l10n.t('What to do to it; "Undo Fault" brings it back'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (!picked) throw new Cancelled();
  const faults = 'fault' in picked ? [picked.fault] : await faultsOfLinks(lab, node.name, picked.link);
  await withProgress(l10n.t('Breaking {0}', node.name), 'short', async () => {
    for (const fault of faults) await lab.faults.apply(fault, await personInWindow());
    await lab.session.observe();
  });
};

async function faultsOfLinks(
  { session, folder }: OpenedLab,
  node: string,
  link: LinkChoice['link'] | undefined,
): Promise<readonly Fault[]> {
  if (link === undefined) throw new Cancelled();
  if (link === 'none') throw noNetwork(session.lab, folder.paths.labFile);
  const { askForLink } = await import('./linkQuestions');
  return askForLink(session.store.state, node, link);
}

/** Whatever a person does here is asked about when this window is gone and another one finds it. */
async function personInWindow(): Promise<FaultOwner> {
  return { purpose: 'person', process: await ownIdentity() };
}

const undoFault: CommandBody = async ({ catalog }, target) => {
  const { lab } = await pickLab(catalog, target, hasFaults);
  const nodes = isNodeRef(target) ? target.nodes : undefined;
  const faults = faultsOf(lab).filter(
    ({ fault }) => nodes === undefined || nodesOfFault(fault).some(name => nodes.includes(name)),
  );
  const fault = await pickFault(faults, lab);
  await undoing(lab, faultText(fault), () => lab.faults.undo(fault.id));
};

const undoAllFaults: CommandBody = async ({ catalog }, target) => {
  const { lab } = await pickLab(catalog, target, hasFaults);
  await undoing(lab, lab.session.lab.name, () => lab.faults.undoAll());
};

async function pickFault(faults: readonly ShownFault[], lab: OpenedLab): Promise<ShownFault> {
  const [only, second] = faults;
  if (!only) throw new HumanError(l10n.t('No fault is on in "{0}".', lab.session.lab.name));
  if (!second) return only;
  const items = faults.map(fault => ({ label: faultText(fault), description: fault.id, fault }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: l10n.t('Which fault to undo') });
  if (!picked) throw new Cancelled();
  return picked.fault;
}

async function undoing(lab: OpenedLab, what: string, undo: () => Promise<UndoneFaults>): Promise<void> {
  await withProgress(l10n.t('Undoing: {0}', what), 'short', async () => {
    const { left } = await undo();
    await lab.session.observe();
    if (left.length > 0) throw new HumanError(left.map(({ reason }) => reason.message).join(' '));
  });
}

function hasFaults(lab: OpenedLab): boolean {
  return faultsOf(lab).length > 0;
}

function faultsOf({ session }: OpenedLab): readonly ShownFault[] {
  return faultsNow(session.store.state, Date.now());
}

export const faultCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.breakNode]: breakNode,
  [commandIds.undoFault]: undoFault,
  [commandIds.undoAllFaults]: undoAllFaults,
};
