import * as l10n from '@vscode/l10n';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { displayVersion } from '../../core/conf/serverVersion';
import { majority } from '../../core/model/lab';
import { labDefaults, masterNamePattern } from '../../core/model/labFile';
import { defaultPlan, presets, type LabPlan } from '../../core/model/labPlan';
import { listenPortOf } from '../../core/network/listenPort';
import { ownerText } from '../../core/view/words';
import { findFreeBlock } from '../../node/freePorts';
import { portOwner } from '../../node/process/portOwner';
import type { ServerFinder } from '../../node/serverFinder';
import { portsText, type LabDraft } from './labDraft';
import { Back, inputStep, pickStep } from './steps';

/** What the wizard ends with. */
export interface WizardResult {
  readonly draft: LabDraft;
  readonly start: boolean;
}

/** What the wizard needs to know of the world. */
export interface WizardContext {
  readonly finder: ServerFinder;
  /** Ports and folders of the labs there are, running or not. */
  readonly usedPorts: ReadonlySet<number>;
  readonly usedDirectories: ReadonlySet<string>;
}

/**
 * Three steps that Enter goes through: a preset, a name, and a page that shows every other choice with its default and starts. Each
 * choice on that page opens its own step and comes back.
 */
export async function createLabWizard(context: WizardContext): Promise<WizardResult> {
  const title = l10n.t('Create Lab');
  let shape = { replicas: 2, sentinels: 3 };
  let draft: LabDraft | undefined;
  let step = 0;
  for (;;) {
    try {
      if (step === 0) {
        shape = await shapeStep(title);
        step = 1;
      }
      if (step === 1) {
        draft = await nameStep(title, shape, context);
        step = 2;
      }
      if (draft) return await reviewStep(title, draft, context);
    } catch (error) {
      if (!(error instanceof Back)) throw error;
      step--;
    }
  }
}

async function shapeStep(title: string): Promise<{ replicas: number; sentinels: number }> {
  const labels: Readonly<Record<(typeof presets)[number]['id'], { label: string; detail: string }>> = {
    three: {
      label: l10n.t('1 master, 2 replicas, 3 Sentinels'),
      detail: l10n.t('The smallest lab that fails over by itself'),
    },
    pair: { label: l10n.t('1 master, 1 replica'), detail: l10n.t('Replication alone, without failover') },
    five: { label: l10n.t('1 master, 2 replicas, 5 Sentinels'), detail: l10n.t('Two Sentinels may be lost') },
  };
  const offered = [...presets].toSorted((a, b) => Number(b.id === 'three') - Number(a.id === 'three'));
  const items = [
    ...offered.map(({ id, replicas, sentinels }) => ({
      label: labels[id].label,
      detail: labels[id].detail,
      shape: { replicas, sentinels },
    })),
    { label: l10n.t('Custom…'), detail: l10n.t('Choose how many replicas and Sentinels'), shape: undefined },
  ];
  const picked = await pickStep({ title, canGoBack: false }, items, l10n.t('What shall the lab have?'));
  return picked.shape ?? customShape(title);
}

async function customShape(title: string): Promise<{ replicas: number; sentinels: number }> {
  const replicas = await inputStep(
    { title, canGoBack: true },
    { prompt: l10n.t('How many replicas? (0 to 20)'), value: '2', check: inRange(0, 20) },
  );
  const sentinels = await inputStep(
    { title, canGoBack: true },
    {
      prompt: l10n.t('How many Sentinels? 3 or 5 are usual; 0 means no failover. (0 to 21)'),
      value: '3',
      check: inRange(0, 21),
    },
  );
  return { replicas: Number(replicas), sentinels: Number(sentinels) };
}

async function nameStep(
  title: string,
  shape: { replicas: number; sentinels: number },
  context: WizardContext,
): Promise<LabDraft> {
  const parent = parentFolder();
  const name = await inputStep(
    { title, canGoBack: true },
    {
      prompt: l10n.t('Name of the lab, and of its folder in {0}', parent),
      value: freeName(parent, context.usedDirectories),
      check: value => {
        if (!/^[^\\/:*?"<>|\0\r\n]+$/.test(value.trim()) || /^\.+$/.test(value.trim()))
          return l10n.t('A name for a folder, without \\ / : * ? " < > |');
        return context.usedDirectories.has(join(parent, value.trim()))
          ? l10n.t('There is a lab in this folder already.')
          : undefined;
      },
    },
  );
  const { plan, portNote } = await withFreePorts(defaultPlan(name.trim(), shape), context);
  return { plan, portNote, directory: join(parent, name.trim()), password: undefined };
}

function parentFolder(): string {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? join(homedir(), 'redis-ha-labs');
}

function freeName(parent: string, used: ReadonlySet<string>): string {
  if (!used.has(join(parent, 'first-lab'))) return 'first-lab';
  for (let count = 2; ; count++) if (!used.has(join(parent, `lab-${count}`))) return `lab-${count}`;
}

/** Moves the ports to a free block where the usual one is taken, and notes by whom. */
async function withFreePorts(
  plan: LabPlan,
  context: WizardContext,
): Promise<{ readonly plan: LabPlan; readonly portNote: LabDraft['portNote'] }> {
  const find = async (port: number, count: number) =>
    findFreeBlock(port, count, context.usedPorts, plan.network ? listenPortOf : undefined);
  const servers = await find(plan.port, plan.replicas + 1);
  const sentinels = await find(plan.sentinelPort, plan.sentinels);
  if (!servers || !sentinels)
    throw new HumanError(
      l10n.t(
        'No {0} free ports in a row were found near {1}. End a program that holds some of them, or stop another lab.',
        plan.replicas + 1,
        plan.port,
      ),
    );
  const taken = servers.taken ?? sentinels.taken;
  const portNote =
    taken === undefined
      ? undefined
      : {
          port: taken,
          owner: context.usedPorts.has(taken)
            ? { name: l10n.t('another lab'), pid: undefined }
            : await portOwner(taken),
        };
  return { plan: { ...plan, port: servers.first, sentinelPort: sentinels.first }, portNote };
}

interface ReviewItem extends vscode.QuickPickItem {
  readonly start?: boolean;
  readonly edit?: (draft: LabDraft) => Promise<LabDraft>;
}

async function reviewStep(title: string, first: LabDraft, context: WizardContext): Promise<WizardResult> {
  let draft = first;
  let active: string | undefined;
  for (;;) {
    const items = await reviewItems(title, draft, context);
    const picked = await pickStep(
      { title: `${title}: ${draft.plan.name}`, canGoBack: true },
      items,
      l10n.t('Enter creates and starts the lab; or change a setting first'),
      items.find(item => item.label === active),
    );
    if (picked.start !== undefined) return { draft, start: picked.start };
    try {
      draft = (await picked.edit?.(draft)) ?? draft;
      // As the placeholder says: Enter creates and starts.
      active = undefined;
    } catch (error) {
      if (!(error instanceof Back)) throw error;
      active = picked.label;
    }
  }
}

async function reviewItems(
  title: string,
  draft: LabDraft,
  context: WizardContext,
): Promise<readonly ReviewItem[]> {
  const { plan } = draft;
  const frame = { title, canGoBack: true };
  const server = await context.finder.find(plan.server, dirname(draft.directory)).catch(() => undefined);
  const number = (
    label: string,
    value: number,
    check: (text: string) => string | undefined,
    prompt: string,
    change: (value: number) => Partial<LabPlan>,
  ): ReviewItem => ({
    label,
    description: String(value),
    edit: async now => ({
      ...now,
      plan: {
        ...now.plan,
        ...change(Number(await inputStep(frame, { prompt, value: String(value), check }))),
      },
    }),
  });
  const settings: ReviewItem[] = [
    {
      label: l10n.t('Ports'),
      description: portsText(plan),
      ...(draft.portNote
        ? {
            detail: l10n.t(
              '{0} is taken by {1}, so free ports were chosen.',
              draft.portNote.port,
              ownerText(draft.portNote.owner),
            ),
          }
        : {}),
      edit: now => portsStep(frame, now, context),
    },
    { label: l10n.t('Master name'), description: plan.masterName, edit: now => masterNameStep(frame, now) },
    ...(plan.sentinels > 0
      ? [
          number(
            l10n.t('Quorum'),
            plan.quorum,
            inRange(1, plan.sentinels),
            l10n.t(
              'How many of the {0} Sentinels must agree that the master is down? The majority is {1}.',
              plan.sentinels,
              majority(plan.sentinels),
            ),
            quorum => ({ quorum }),
          ),
          number(
            l10n.t('Down after (ms)'),
            plan.downAfterMilliseconds,
            inRange(1, 86_400_000),
            l10n.t('Milliseconds without a valid reply until a Sentinel thinks that a node is down'),
            downAfterMilliseconds => ({ downAfterMilliseconds }),
          ),
          number(
            l10n.t('Failover timeout (ms)'),
            plan.failoverTimeout,
            inRange(1, 86_400_000),
            l10n.t('A failover that fails is tried again after twice this time'),
            failoverTimeout => ({ failoverTimeout }),
          ),
        ]
      : []),
    {
      label: l10n.t('Password'),
      description: draft.password === undefined ? l10n.t('none') : '••••••',
      edit: now => passwordStep(frame, now),
    },
    {
      label: l10n.t('Network'),
      description: plan.network
        ? l10n.t('of the lab: links can be cut, delayed and made lossy')
        : l10n.t('none: nodes connect directly'),
      edit: now => networkStep(frame, now, context),
    },
    { label: l10n.t('Folder'), description: draft.directory, edit: now => folderStep(now) },
    {
      label: l10n.t('redis-server'),
      description: server ? `${displayVersion(server.version)} · ${server.path}` : l10n.t('not found'),
      edit: now => serverStep(frame, now, context),
    },
  ];
  return [
    { label: l10n.t('$(play) Create and Start'), start: true },
    { label: l10n.t('$(new-folder) Create Only'), start: false },
    { label: l10n.t('Settings'), kind: vscode.QuickPickItemKind.Separator },
    ...settings,
  ];
}

async function portsStep(
  frame: { title: string; canGoBack: boolean },
  draft: LabDraft,
  context: WizardContext,
): Promise<LabDraft> {
  const { plan } = draft;
  const room = (count: number) => inRange(1, 65_536 - count);
  const port = Number(
    await inputStep(frame, {
      prompt: l10n.t('Port of the first master; the replicas follow'),
      value: String(plan.port),
      check: room(plan.replicas + 1),
    }),
  );
  const sentinelPort =
    plan.sentinels === 0
      ? plan.sentinelPort
      : Number(
          await inputStep(frame, {
            prompt: l10n.t('Port of the first Sentinel; the others follow'),
            value: String(plan.sentinelPort),
            check: room(plan.sentinels),
          }),
        );
  const moved = await withFreePorts({ ...plan, port, sentinelPort }, context);
  return { ...draft, ...moved };
}

async function masterNameStep(
  frame: { title: string; canGoBack: boolean },
  draft: LabDraft,
): Promise<LabDraft> {
  const masterName = await inputStep(frame, {
    prompt: l10n.t('The name by which Sentinels and clients know the master'),
    value: draft.plan.masterName,
    check: value =>
      masterNamePattern.test(value) ? undefined : l10n.t('Only letters, digits and the characters . - _'),
  });
  return { ...draft, plan: { ...draft.plan, masterName: masterName || labDefaults.masterName } };
}

async function passwordStep(
  frame: { title: string; canGoBack: boolean },
  draft: LabDraft,
): Promise<LabDraft> {
  const password = await inputStep(frame, {
    prompt: l10n.t(
      'Password of all data nodes (requirepass and masterauth); empty for none. It is written to the confs only, which nobody else may read.',
    ),
    value: draft.password ?? '',
    password: true,
    check: () => undefined,
  });
  return { ...draft, password: password === '' ? undefined : password };
}

/** With a network each node needs a second port. */
async function networkStep(
  frame: { title: string; canGoBack: boolean },
  draft: LabDraft,
  context: WizardContext,
): Promise<LabDraft> {
  const items = [
    {
      label: l10n.t('None'),
      detail: l10n.t('Nodes connect directly, as on a machine of your own'),
      network: false,
    },
    {
      label: l10n.t('A network of the lab'),
      detail: l10n.t('Links between nodes can be cut, delayed and made lossy, to rehearse a split brain'),
      network: true,
    },
  ];
  const active = items.find(({ network }) => network === draft.plan.network);
  const { network } = await pickStep(frame, items, l10n.t('How do the nodes reach each other?'), active);
  const moved = await withFreePorts({ ...draft.plan, network }, context);
  return { ...draft, ...moved };
}

async function folderStep(draft: LabDraft): Promise<LabDraft> {
  const picked = await vscode.window.showOpenDialog({
    canSelectFolders: true,
    canSelectFiles: false,
    openLabel: l10n.t('Create Lab Here'),
    title: l10n.t('The lab gets a folder "{0}" in this one', draft.plan.name),
  });
  const [uri] = picked ?? [];
  return uri ? { ...draft, directory: join(uri.fsPath, draft.plan.name) } : draft;
}

async function serverStep(
  frame: { title: string; canGoBack: boolean },
  draft: LabDraft,
  context: WizardContext,
): Promise<LabDraft> {
  const found = await context.finder.findAll();
  const usual = {
    label: l10n.t('The usual one'),
    description: l10n.t('setting, PATH, usual places'),
    path: undefined as string | undefined,
  };
  const items = [
    usual,
    ...found.map(server => ({
      label: displayVersion(server.version),
      description: server.path,
      path: server.path as string | undefined,
    })),
  ];
  const picked = await pickStep(frame, items, l10n.t('The server that runs this lab'));
  return { ...draft, plan: { ...draft.plan, server: picked.path } };
}

function inRange(min: number, max: number): (text: string) => string | undefined {
  return text =>
    /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max
      ? undefined
      : l10n.t('A whole number from {0} to {1}', min, max);
}
