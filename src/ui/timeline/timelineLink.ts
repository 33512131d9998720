import type { TimelineSource } from '../../protocol/timeline';

/** The file beside a page that opens the timeline of what the page is about. */
export const timelineLinkName = 'timeline.redis-timeline';

/** What that file says of logs; their paths are absolute, or relative to it. */
export function timelineLinkText(files: readonly string[]): string {
  const source: TimelineSource = { kind: 'files', files };
  return JSON.stringify(source);
}
