import type * as vscode from 'vscode';
import type { TimelineSource } from '../../protocol/timeline';
import { openSource } from './openSource';
import type { RecordingPlaces } from './recordingPlaces';
import type { TimelinesContext } from './timelines';
import { TimelineSession, type SessionContext } from './timelineSession';

/** Reads what a timeline shows and connects it with its page. */
export async function openSession(
  from: TimelineSource,
  panel: Pick<vscode.WebviewPanel, 'webview'>,
  session: SessionContext,
  context: TimelinesContext,
  places: RecordingPlaces,
): Promise<TimelineSession> {
  return new TimelineSession(await openSource(from, context, places), panel, session);
}
