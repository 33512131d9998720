import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../contributions';
import { HumanError } from '../../core/humanError';
import { labDescription } from '../../core/view/labRows';
import type { TimelineSource } from '../../protocol/timeline';
import { Cancelled } from '../errors';
import { isNodeRef } from '../labs/nodeRef';
import type { RecordingPlaces } from '../timeline/recordingPlaces';
import type { CommandBody, CommandContext } from './commandContext';
import { chooseLogs, urisOf } from './explainCommands';

/** The tree gives a row, the Explorer files, the editor its document; the palette nothing, so it asks. */
const openTimeline: CommandBody = async (context, target, selected) => {
  await context.timelines.open(await sourceOf(context, target, selected));
};

async function sourceOf(
  context: CommandContext,
  target: unknown,
  selected: unknown,
): Promise<TimelineSource> {
  if (isNodeRef(target) && context.catalog.get(target.lab)) return { kind: 'lab', lab: target.lab };
  const uris = urisOf(target, selected);
  return uris.length > 0 ? ofFiles(uris) : chooseSource(context);
}

async function ofFiles(uris: readonly vscode.Uri[]): Promise<TimelineSource> {
  const { findLogs } = await import('../../node/files/findLogs');
  const { logs } = await findLogs(uris.map(uri => uri.fsPath));
  if (logs.length === 0)
    throw new HumanError(
      l10n.t(
        'No log of Redis, Sentinel or Valkey was found there. Choose log files, or the folder they are in.',
      ),
    );
  return { kind: 'files', files: logs };
}

async function chooseSource({ catalog, timelines }: CommandContext): Promise<TimelineSource> {
  const opened = catalog.labs.flatMap(({ directory, opened: lab }) => (lab ? [{ directory, lab }] : []));
  const [only] = opened;
  type Item = vscode.QuickPickItem & { readonly find: () => Promise<TimelineSource> };
  const items: Item[] = [
    ...opened.map(({ directory, lab }) => ({
      label: `$(server-environment) ${lab.session.lab.name}`,
      description: labDescription(lab.session.store.state),
      detail: directory,
      find: async () => ({ kind: 'lab' as const, lab: directory }),
    })),
    {
      label: `$(history) ${l10n.t('Recorded failover…')}`,
      description: l10n.t('needs no Redis'),
      find: async () => chooseRecording(timelines.places),
    },
    {
      label: `$(files) ${l10n.t('Log files…')}`,
      description: l10n.t('of any machine'),
      find: async () => ofFiles(await chooseLogs(l10n.t('Open Timeline'))),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: only
      ? l10n.t('Choose what the timeline shows')
      : l10n.t('No lab is open. Choose what the timeline shows'),
    matchOnDescription: true,
  });
  if (!picked) throw new Cancelled();
  return picked.find();
}

const openRecording: CommandBody = async ({ timelines }, target) => {
  const source: TimelineSource =
    typeof target === 'string'
      ? { kind: 'recording', name: target }
      : await chooseRecording(timelines.places);
  await timelines.open(source);
};

async function chooseRecording(places: RecordingPlaces): Promise<TimelineSource> {
  const { listRecordings } = await import('../../node/recording/recordings');
  const recordings = listRecordings(places.dist, places.texts, vscode.env.language);
  const picked = await vscode.window.showQuickPick(
    recordings.map(({ name, title, server, description }) => ({
      label: title,
      description: server,
      detail: description,
      name,
    })),
    { placeHolder: l10n.t('Choose a recorded failover'), matchOnDetail: true },
  );
  if (!picked) throw new Cancelled();
  return { kind: 'recording', name: picked.name };
}

/** Writes the picture of the timeline that has the focus. */
const exportTimeline: CommandBody = async ({ timelines }) => {
  const session = timelines.active;
  if (!session)
    throw new HumanError(l10n.t('No timeline is open. Open one first: "Open Redis HA Timeline".'));
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog({
    filters: { SVG: ['svg'], PNG: ['png'] },
    title: l10n.t('Export the timeline as it is shown'),
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, 'redis-timeline.svg') } : {}),
  });
  if (!target) throw new Cancelled();
  await session.savePicture(target);
};

/** Two failovers beside each other; the page shows their phases aligned and names the differences. */
const compareFailovers: CommandBody = async context => {
  const { compareChosenFailovers } = await import('../timeline/compareFailovers');
  await compareChosenFailovers(context);
};

export const timelineCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.openTimeline]: openTimeline,
  [commandIds.openRecording]: openRecording,
  [commandIds.exportTimeline]: exportTimeline,
  [commandIds.compareFailovers]: compareFailovers,
};
