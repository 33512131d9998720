import * as l10n from '@vscode/l10n';
import path from 'node:path';
import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { Recogniser } from '../../core/log/logRecord';
import { Replay } from '../../core/replay/replay';
import { readExplainTexts } from '../../node/files/explainTexts';
import { logsOfRecording, readRecording } from '../../node/recording/readRecording';
import { listRecordings, unpackRecording } from '../../node/recording/recordings';
import type { TimelineSource } from '../../protocol/timeline';
import { inSlices } from '../inSlices';
import { LiveSource } from './liveSource';
import { RecordedSource } from './recordedSource';
import type { RecordingPlaces } from './recordingPlaces';
import type { SceneSource } from './sceneSource';
import type { TimelinesContext } from './timelines';

/** Finds what a timeline shows, and reads it. */
export async function openSource(
  source: TimelineSource,
  { catalog, logs, l10nFolder }: TimelinesContext,
  places: RecordingPlaces,
): Promise<SceneSource> {
  if (source.kind === 'lab') {
    const opened = catalog.get(source.lab)?.opened;
    if (!opened)
      throw new HumanError(
        l10n.t('The lab in "{0}" is not open any more. Open its folder, and then its timeline.', source.lab),
      );
    return new LiveSource(source.lab, opened, logs);
  }
  const files = await logsOf(source, places);
  const tools = {
    recogniser: new Recogniser(),
    texts: readExplainTexts(l10nFolder, vscode.env.language),
  };
  const recording = await readRecording(files, tools).catch((error: unknown) => {
    if (isMissing(error))
      throw new HumanError(
        l10n.t('A log of this timeline is not there any more: {0}', path.basename(error.path ?? '')),
      );
    throw error;
  });
  const words =
    source.kind === 'recording'
      ? listRecordings(places.dist, places.texts, vscode.env.language).find(
          ({ name }) => name === source.name,
        )
      : undefined;
  const { lab, entries, hosts, drill } = recording;
  const replay = await inSlices(Replay.making(lab, entries, { hosts, faults: drill?.faults ?? [] }));
  return new RecordedSource(source, recording, replay, words);
}

/** The files of a source that is over; a recording is unpacked first. */
export async function logsOf(
  source: Exclude<TimelineSource, { readonly kind: 'lab' }>,
  { dist, unpacked }: RecordingPlaces,
): Promise<readonly string[]> {
  if (source.kind === 'files') return source.files;
  return logsOfRecording(await unpackRecording(dist, source.name, unpacked));
}

function isMissing(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
