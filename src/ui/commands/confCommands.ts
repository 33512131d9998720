import * as l10n from '@vscode/l10n';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds, settingIds, type CommandId } from '../../contributions';
import { testedVersions } from '../../core/conf/directiveHistory';
import type { LiveDifference } from '../../core/conf/editor/liveDifferences';
import { versionCommentEdit } from '../../core/conf/editor/versionEdit';
import { displayVersion, formatVersion } from '../../core/conf/serverVersion';
import { HumanError } from '../../core/humanError';
import { textEdits } from '../conf/applyLineEdits';
import { saveConfAsUtf8 } from '../conf/confQuickFixes';
import { confVersionSetting, isConf } from '../conf/confVersions';
import { labConfOf, type LabConf } from '../conf/labConfs';
import { isRunning } from '../conf/liveValues';
import { Cancelled } from '../errors';
import type { LabCatalog } from '../labs/labCatalog';
import { isNodeRef } from '../labs/nodeRef';
import type { CommandBody, CommandContext } from './commandContext';
import { pickNode } from './pickTarget';

/** The ports for Windows that people still have. */
const windowsPorts = ['windows-5.0.14', 'windows-3.2.100', 'windows-3.0.504', 'windows-2.8.2101'];

interface VersionChoice extends vscode.QuickPickItem {
  /** Undefined: whatever fits, as without any choice. */
  readonly version: string | undefined;
}

const chooseConfVersion: CommandBody = async ({ confs }) => {
  const document = confInFront();
  const chosen = await confs.versions.of(document);
  const current = formatVersion(chosen.version);
  const choices: VersionChoice[] = [
    {
      label: l10n.t('Automatic'),
      description: l10n.t('the server of the lab, else the one that is found'),
      version: undefined,
    },
    ...testedVersions().map(({ name, label }) => ({ label, version: name.replace(/^redis-/, '') })),
    ...windowsPorts.map(name => ({
      label: `Redis ${name.replace('windows-', '')}`,
      description: 'Windows',
      version: name,
    })),
  ].map(choice =>
    choice.version !== undefined && [choice.version, `redis-${choice.version}`].includes(current)
      ? { ...choice, detail: l10n.t('now') }
      : choice,
  );
  const picked = await vscode.window.showQuickPick(choices, {
    placeHolder: l10n.t(
      'For which version is {0} read? Now: {1}',
      path.basename(document.uri.fsPath),
      displayVersion(chosen.version),
    ),
  });
  if (!picked) throw new Cancelled();
  if (picked.version === undefined) {
    await writeComment(document, undefined, confs);
    if (confVersionSetting(document.uri) !== '') await writeSetting(document.uri, undefined);
    return;
  }
  const places = [
    {
      label: l10n.t('For this file'),
      description: `# redis-version: ${picked.version}`,
      isFile: true,
    },
    { label: l10n.t('For all confs'), description: settingIds.confVersion, isFile: false },
  ];
  const place = await vscode.window.showQuickPick(places, { placeHolder: picked.label });
  if (!place) throw new Cancelled();
  if (place.isFile) {
    await writeComment(document, picked.version, confs);
    return;
  }
  // A comment would go on counting more than the setting.
  await writeComment(document, undefined, confs);
  await writeSetting(document.uri, picked.version);
};

function confInFront(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  if (document && isConf(document)) return document;
  throw new HumanError(l10n.t('Open a redis.conf or sentinel.conf first.'));
}

async function writeComment(
  document: vscode.TextDocument,
  version: string | undefined,
  confs: CommandContext['confs'],
): Promise<void> {
  const edit = versionCommentEdit(confs.documents.conf(document), version);
  if (!edit) return;
  const change = new vscode.WorkspaceEdit();
  change.set(document.uri, textEdits(document, [edit]));
  await vscode.workspace.applyEdit(change);
}

async function writeSetting(uri: vscode.Uri, version: string | undefined): Promise<void> {
  const target = vscode.workspace.getWorkspaceFolder(uri)
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration(undefined, uri).update(settingIds.confVersion, version, target);
}

/** The conf a command is called for: that of the row or lens, of the file in the Explorer or editor, else of a node that is picked. */
async function confOf(catalog: LabCatalog, target: unknown): Promise<LabConf> {
  const uri = target instanceof vscode.Uri ? target : vscode.window.activeTextEditor?.document.uri;
  if (uri && !isNodeRef(target)) {
    const own = labConfOf(catalog, uri.fsPath);
    if (own) return own;
    if (target instanceof vscode.Uri)
      throw new HumanError(
        l10n.t('{0} belongs to no lab, so nothing runs with it.', path.basename(uri.fsPath)),
      );
  }
  const { entry, lab, node } = await pickNode(catalog, target, () => true);
  return { entry, lab, node, isFirstForm: false };
}

const applyConf: CommandBody = async ({ catalog, confs }, target) => {
  const own = await confOf(catalog, target);
  const { lab, node } = own;
  if (!isRunning(own))
    throw new HumanError(l10n.t('{0} does not run. Start it: it then reads its conf.', node.name), {
      node: node.name,
    });
  const document = await vscode.workspace.openTextDocument(lab.folder.paths.conf(node));
  // What counts now must count after a restart, too.
  if (document.isDirty) await document.save();
  await confs.live.ask(own);
  const differences = await confs.live.differences(document);
  const connection = confs.live.connection(own);
  const [set, refused]: [LiveDifference[], string[]] = [[], []];
  for (const difference of differences.filter(({ isRuntime }) => isRuntime)) {
    try {
      await connection.set(difference);
      set.push(difference);
    } catch (error) {
      if (error instanceof HumanError) throw error;
      refused.push(`${difference.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  await confs.live.ask(own);
  const waiting = differences.filter(({ isRuntime }) => !isRuntime).map(({ name }) => name);
  void tell(own, set, waiting, refused);
};

async function tell(
  { entry, node }: LabConf,
  set: readonly LiveDifference[],
  waiting: readonly string[],
  refused: readonly string[],
): Promise<void> {
  if (set.length + waiting.length + refused.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('{0} already runs with what its conf says.', node.name));
    return;
  }
  const names = [...new Set(set.map(({ name }) => name))].join(', ');
  const parts = [
    set.length > 0 ? l10n.t('{0} now runs with: {1}.', node.name, names) : '',
    refused.length > 0 ? l10n.t('{0} refused: {1}.', node.name, refused.join('; ')) : '',
    waiting.length > 0 ? l10n.t('Only a restart applies: {0}.', [...new Set(waiting)].join(', ')) : '',
  ];
  const text = parts.filter(part => part !== '').join(' ');
  const restart = l10n.t('Restart {0}', node.name);
  const show = refused.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const picked = await show(text, ...(waiting.length > 0 ? [restart] : []));
  if (picked === restart)
    await vscode.commands.executeCommand(commandIds.restartNode, {
      lab: entry.directory,
      nodes: [node.name],
    });
}

const saveAsUtf8: CommandBody = async (_context, target) => {
  await saveConfAsUtf8(target instanceof vscode.Uri ? target : confInFront().uri);
};

/** The folder that a quick fix names, else all that the conf in front names and that are not there. */
const makeFolder: CommandBody = async ({ confs }, target) => {
  const missing = async (): Promise<readonly string[]> =>
    (await confs.diagnostics.look(confInFront())).flatMap(({ fixes }) =>
      fixes.flatMap(({ makesFolder: folder }) => folder ?? []),
    );
  const folders = typeof target === 'string' ? [target] : await missing();
  if (folders.length === 0)
    void vscode.window.showInformationMessage(l10n.t('The folders that this conf names are there.'));
  for (const folder of folders) await vscode.workspace.fs.createDirectory(vscode.Uri.file(folder));
  confs.diagnostics.lookAgain();
};

export const confCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.chooseConfVersion]: chooseConfVersion,
  [commandIds.saveConfAsUtf8]: saveAsUtf8,
  [commandIds.makeFolder]: makeFolder,
  [commandIds.applyConf]: applyConf,
};
