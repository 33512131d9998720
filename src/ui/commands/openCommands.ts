import * as l10n from '@vscode/l10n';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../contributions';
import { HumanError } from '../../core/humanError';
import { launchPlan } from '../../core/launch/launchPlan';
import { shellCommand, type Shell } from '../../core/launch/shellQuote';
import { labHost, nodeAddress, type NodeSpec } from '../../core/model/lab';
import { Cancelled } from '../errors';
import type { OpenedLab } from '../labs/labEntry';
import { isNodeRef } from '../labs/nodeRef';
import type { CommandBody } from './commandContext';
import { pickLab, pickNode } from './pickTarget';

const any = (): boolean => true;

const openConf: CommandBody = async ({ catalog }, target) => {
  const { lab, node } = await pickNode(catalog, target, any);
  await lab.folder.writeMissing([node]);
  await vscode.window.showTextDocument(vscode.Uri.file(lab.folder.paths.conf(node)));
};

const openLog: CommandBody = async ({ catalog }, target) => {
  const { lab, node } = await pickNode(catalog, target, any);
  const file = (await firstExisting([lab.folder.paths.log(node), lab.folder.paths.output(node.name)])) ?? '';
  if (file === '')
    throw new HumanError(l10n.t('{0} has no log yet: it has not run since the lab was made.', node.name));
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const editor = await vscode.window.showTextDocument(document);
  // The newest lines are at the end.
  editor.revealRange(document.lineAt(document.lineCount - 1).range);
};

async function firstExisting(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const info = await stat(file).catch(() => undefined);
    if (info && info.size > 0) return file;
  }
  return undefined;
}

const showTerminal: CommandBody = async ({ catalog, terminals }, target) => {
  const { lab, node } = await pickNode(
    catalog,
    target,
    candidate => candidate.process.record?.runnerPid !== undefined,
  );
  const record = lab.session.store.state.nodes[node.name]?.process.record;
  const terminal = await terminals.find(record?.runnerPid);
  if (!terminal)
    throw new HumanError(l10n.t('{0} has no terminal in this window; its log tells the same.', node.name), {
      node: node.name,
      remedy: 'openLog',
    });
  terminal.show();
};

const openRedisCli: CommandBody = async ({ catalog, passwords }, target) => {
  const { entry, lab, node } = await pickNode(
    catalog,
    target,
    candidate => candidate.status === 'running' || candidate.status === 'unmanaged',
  );
  const password = (await passwords.get(entry.directory, node.name)) ?? (await lab.folder.passwordOf(node));
  vscode.window
    .createTerminal({
      name: `redis-cli ${node.port}`,
      iconPath: new vscode.ThemeIcon('terminal'),
      shellPath: await cliFor(lab, node),
      shellArgs: ['-h', labHost, '-p', String(node.port)],
      // In the environment, because arguments can be read by everybody on the machine.
      ...(password === undefined ? {} : { env: { REDISCLI_AUTH: password } }),
      isTransient: true,
    })
    .show();
};

/** redis-cli lies beside redis-server; else whatever PATH has. */
async function cliFor(lab: OpenedLab, node: NodeSpec): Promise<string> {
  const { path } = await lab.folder.server(node);
  const ending = process.platform === 'win32' ? '.exe' : '';
  const beside = ['redis-cli', 'valkey-cli'].map(name => join(dirname(path), name + ending));
  return (await firstExisting(beside)) ?? 'redis-cli';
}

const copyAddress: CommandBody = async ({ catalog }, target) => {
  const { node } = await pickNode(catalog, target, any);
  await vscode.env.clipboard.writeText(nodeAddress(node));
  vscode.window.setStatusBarMessage(l10n.t('Copied {0}', nodeAddress(node)), 3_000);
};

const copyCommands: CommandBody = async ({ catalog }, target) => {
  const { lab } = await pickLab(catalog, target);
  const names = isNodeRef(target) ? target.nodes : undefined;
  const { masters, replicas, sentinels } = await lab.folder.startOrder();
  const nodes = [...masters, ...replicas, ...sentinels].filter(
    node => names === undefined || names.includes(node.name),
  );
  const shells: readonly { readonly label: string; readonly shell: Shell }[] = [
    { label: 'bash, zsh, sh', shell: 'bash' },
    { label: 'PowerShell', shell: 'powershell' },
    { label: 'cmd', shell: 'cmd' },
  ];
  const usual = process.platform === 'win32' ? 1 : 0;
  const sorted = [...shells].toSorted((a, b) => Number(b === shells[usual]) - Number(a === shells[usual]));
  const picked = await vscode.window.showQuickPick(sorted, { placeHolder: l10n.t('For which shell?') });
  if (!picked) throw new Cancelled();
  const lines = await Promise.all(
    nodes.map(async node => {
      const server = await lab.folder.server(node);
      const plan = launchPlan(node, {
        server: server.path,
        conf: lab.folder.paths.conf(node),
        data: lab.folder.paths.data(node),
      });
      return shellCommand(picked.shell, plan.command, plan.args);
    }),
  );
  await vscode.env.clipboard.writeText(`${lines.join('\n')}\n`);
  vscode.window.setStatusBarMessage(l10n.t('Copied {0} commands', lines.length), 3_000);
};

const showOutput: CommandBody = async ({ log }) => {
  log.show();
  await Promise.resolve();
};

const showEvents: CommandBody = async ({ events }) => {
  events.show();
  await Promise.resolve();
};

export const openCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.openConf]: openConf,
  [commandIds.openLog]: openLog,
  [commandIds.showTerminal]: showTerminal,
  [commandIds.openRedisCli]: openRedisCli,
  [commandIds.copyAddress]: copyAddress,
  [commandIds.copyCommands]: copyCommands,
  [commandIds.showOutput]: showOutput,
  [commandIds.showEvents]: showEvents,
};
