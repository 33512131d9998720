import type { TimelineSource } from '../../protocol/timeline';
import { openSource } from './openSource';
import type { RecordingPlaces } from './recordingPlaces';
import type { TimelinesContext } from './timelines';
import { TimelineSession, type SessionContext, type SessionPanel } from './timelineSession';

/** Reads what a timeline shows and connects it with its page. */
export async function openSession(
  from: TimelineSource,
  panel: SessionPanel,
  session: SessionContext,
  context: TimelinesContext,
  places: RecordingPlaces,
): Promise<TimelineSession> {
  return new TimelineSession(await openSource(from, context, places), panel, session);
}
