import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../contributions';
import { confChanges } from '../../core/conf/confChanges';
import { convertConf } from '../../core/conf/convertConf';
import { knownServers } from '../../core/conf/directives.generated';
import {
  displayVersion,
  formatVersion,
  parseVersion,
  type ServerVersion,
} from '../../core/conf/serverVersion';
import { HumanError } from '../../core/humanError';
import type { NodeSpec } from '../../core/model/lab';
import { isAlive, nodesOf } from '../../core/model/labState';
import { changeSummary } from '../../core/view/confChangeText';
import type { ServerFinder } from '../../node/serverFinder';
import { confViewUri } from '../conf/confViews';
import { labConfOf } from '../conf/labConfs';
import { Cancelled, openPlace } from '../errors';
import type { LabCatalog } from '../labs/labCatalog';
import type { LabEntry, OpenedLab } from '../labs/labEntry';
import { isNodeRef } from '../labs/nodeRef';
import type { CommandBody } from './commandContext';
import { pickLab, pickNode } from './pickTarget';

/** The conf beside its first form; notes behind the lines say who wrote what. */
const showConfChanges: CommandBody = async ({ catalog }, target) => {
  const { entry, lab, node } = await pickConf(catalog, target);
  await firstFormOf(lab, node);
  const file = lab.folder.paths.conf(node);
  await vscode.commands.executeCommand(
    'vscode.diff',
    confViewUri(file, { lab: entry.directory, node: node.name }),
    vscode.Uri.file(file),
    l10n.t('{0}: first form ↔ now', basename(file)),
  );
};

/** The same as a list with all reasons: for long lines, and for those who cannot see notes behind them. */
const listConfChanges: CommandBody = async ({ catalog }, target) => {
  const { entry, lab, node } = await pickConf(catalog, target);
  await firstFormOf(lab, node);
  // Its name ends in .md, which makes it Markdown; the conf may have changed since the list was last shown.
  const view = { lab: entry.directory, node: node.name, isList: true, at: Date.now() };
  const uri = confViewUri(`${lab.folder.paths.conf(node)}.md`, view);
  await vscode.commands.executeCommand('markdown.showPreview', uri);
};

/** The node of a row, of the conf in an editor or in the Explorer, or the one that the person picks. */
async function pickConf(catalog: LabCatalog, target: unknown): Promise<PickedConf> {
  const inFront = isNodeRef(target) ? undefined : vscode.window.activeTextEditor?.document.uri;
  const uri = target instanceof vscode.Uri ? target : inFront;
  const own = uri && labConfOf(catalog, uri.fsPath);
  return own ?? pickNode(catalog, target, () => true);
}

interface PickedConf {
  readonly entry: LabEntry;
  readonly lab: OpenedLab;
  readonly node: NodeSpec;
}

const restoreFirstForm: CommandBody = async ({ catalog }, target) => {
  const { lab, node } = await pickConf(catalog, target);
  const first = await firstFormOf(lab, node);
  const now = await lab.folder.confText(node);
  const changes = confChanges(first, now, node.kind);
  if (first === now) {
    vscode.window.setStatusBarMessage(l10n.t('The conf of {0} still has its first form.', node.name), 3_000);
    return;
  }
  refuseRunning(lab, [node]);
  const restore = l10n.t('Restore');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Put the conf of {0} back to its first form?', node.name),
    {
      modal: true,
      detail: l10n.t('{0}. All of them are lost; data and log stay.', changeSummary(changes)),
    },
    restore,
  );
  if (answer !== restore) throw new Cancelled();
  await lab.session.refresh();
  refuseRunning(lab, [node]);
  await lab.folder.restoreFirstForm(node);
};

const convertLab: CommandBody = async ({ catalog, finder }, target) => {
  const { entry, lab } = await pickLab(catalog, target);
  const { nodes } = lab.session.lab;
  refuseRunning(lab, nodes);
  await lab.folder.writeMissing(nodes);
  const version = await pickVersion(lab, finder);
  const changed = await changedBy(lab, nodes, version);
  if (changed.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t('Every conf of "{0}" is one for {1} already.', lab.session.lab.name, displayVersion(version)),
    );
    return;
  }
  const title = await showConversion(
    entry,
    lab,
    changed.map(({ node }) => node),
    version,
  );
  const convert = l10n.t('Convert');
  const lines = changed.reduce((sum, each) => sum + each.lines, 0);
  // Not modal: the person reads the comparison behind it before the answer.
  const answer = await vscode.window.showInformationMessage(
    l10n.t(
      'Convert {0} confs of "{1}" to {2}? {3} lines change; what the version does not know becomes a comment.',
      changed.length,
      lab.session.lab.name,
      displayVersion(version),
      lines,
    ),
    convert,
    l10n.t('Cancel'),
  );
  await closeTab(title);
  if (answer !== convert) throw new Cancelled();
  await lab.session.refresh();
  refuseRunning(lab, nodes);
  await lab.folder.convert(nodes, version);
  await tellOtherServer(lab, version);
};

async function changedBy(
  { folder }: OpenedLab,
  nodes: readonly NodeSpec[],
  version: ServerVersion,
): Promise<readonly { readonly node: NodeSpec; readonly lines: number }[]> {
  const all = await Promise.all(
    nodes.map(async node => ({
      node,
      lines: convertConf(await folder.confText(node), node.kind, version).lines.length,
    })),
  );
  return all.filter(({ lines }) => lines > 0);
}

/** All confs in one comparison: as they are, and as they would be. Gives its title. */
async function showConversion(
  entry: LabEntry,
  { folder, session }: OpenedLab,
  nodes: readonly NodeSpec[],
  version: ServerVersion,
): Promise<string> {
  const resources = nodes.map(node => {
    const file = folder.paths.conf(node);
    const view = { lab: entry.directory, node: node.name, version: formatVersion(version) };
    return [vscode.Uri.file(file), vscode.Uri.file(file), confViewUri(file, view)];
  });
  const title = l10n.t('{0}: confs for {1}', session.lab.name, displayVersion(version));
  await vscode.commands.executeCommand('vscode.changes', title, resources);
  return title;
}

/** With the answer the comparison has done its work; once the confs are converted, there is no difference left to show. */
async function closeTab(title: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
  await vscode.window.tabGroups.close(tabs.filter(({ label }) => label.startsWith(title)));
}

interface VersionItem extends vscode.QuickPickItem {
  readonly version: ServerVersion;
}

/** The servers of this machine first, then every version that is known, the newest first. */
async function pickVersion(lab: OpenedLab, finder: ServerFinder): Promise<ServerVersion> {
  const { name } = lab.session.lab;
  const here = (await finder.findAll()).map(({ path, version }) => ({
    label: displayVersion(version),
    description: path,
    version,
  }));
  const known: readonly VersionItem[] = [...knownServers, 'windows-3.0.504', 'windows-2.8.2101']
    .flatMap(text => parseVersion(text) ?? [])
    .map(version => ({
      label: displayVersion(version),
      description: version.windows ? l10n.t('for Windows') : '',
      version,
    }))
    .toReversed();
  const picked = await vscode.window.showQuickPick<VersionItem>([...here, ...known], {
    placeHolder: l10n.t('Which version of the server shall the confs of "{0}" be for?', name),
    matchOnDescription: true,
  });
  if (!picked) throw new Cancelled();
  return picked.version;
}

/** Confs of one version on a server of another would not start, or not as meant. */
async function tellOtherServer(lab: OpenedLab, version: ServerVersion): Promise<void> {
  const [node] = lab.session.lab.nodes;
  const server = node ? await lab.folder.server(node).catch(() => undefined) : undefined;
  if (!server || formatVersion({ ...server.version, windows: version.windows }) === formatVersion(version))
    return;
  const open = l10n.t('Open lab.json');
  const answer = await vscode.window.showInformationMessage(
    l10n.t(
      'The confs are for {0} now, and this lab runs on {1}. Name a server of the new version as "server" in lab.json.',
      displayVersion(version),
      displayVersion(server.version),
    ),
    open,
  );
  if (answer === open) await openPlace({ file: lab.folder.paths.labFile });
}

async function firstFormOf(lab: OpenedLab, node: NodeSpec): Promise<string> {
  const first = await lab.folder.keptFirstForm(node);
  if (first !== undefined) return first;
  throw new HumanError(
    l10n.t('No first form of {0} is kept: it has not been started by this lab yet.', node.name),
    { node: node.name },
  );
}

/** A server writes its conf whenever it likes, so a conf is only changed while its node does not run. */
function refuseRunning(lab: OpenedLab, nodes: readonly NodeSpec[]): void {
  const names = new Set(nodes.map(({ name }) => name));
  const running = nodesOf(lab.session.store.state).filter(node => names.has(node.spec.name) && isAlive(node));
  if (running.length === 0) return;
  throw new HumanError(
    l10n.t(
      'The conf is not changed while its server runs, because the server writes it too. Stop first: {0}',
      running.map(({ spec }) => spec.name).join(', '),
    ),
  );
}

export const confChangeCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.showConfChanges]: showConfChanges,
  [commandIds.listConfChanges]: listConfChanges,
  [commandIds.restoreFirstForm]: restoreFirstForm,
  [commandIds.convertLab]: convertLab,
};
