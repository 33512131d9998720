import { matrixTexts } from '../../core/view/matrixTexts';
import { topologyTexts } from '../../core/view/topologyTexts';
import type { TimelineTexts } from '../../protocol/timelineTexts';
import { pageTexts, replayTexts } from './pageTexts';
import { timelineViewTexts } from './timelineViewTexts';

/** All texts of a timeline's page. */
export function timelineTexts(): TimelineTexts {
  return {
    page: pageTexts(),
    replay: replayTexts(),
    view: timelineViewTexts(),
    matrix: matrixTexts(),
    topology: topologyTexts(),
  };
}
