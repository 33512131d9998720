import type { MatrixTexts } from '../core/view/matrixTexts';
import type { RowWeight } from '../core/view/logRow';
import type { TopologyTexts } from '../core/view/topologyTexts';
import type { TimelineViewTexts } from './timelineViewTexts';

/** Every text of a timeline's page, in the person's language. */
export interface TimelineTexts {
  readonly page: PageTexts;
  readonly replay: ReplayTexts;
  readonly view: TimelineViewTexts;
  readonly matrix: MatrixTexts;
  readonly topology: TopologyTexts;
}

/** Texts of the bar above the timeline and of what is around it; `{0}` is filled in by the page. */
export interface PageTexts {
  readonly toolbar: string;
  readonly search: string;
  /** `{0} found` */
  readonly found: string;
  readonly weight: string;
  readonly weights: Readonly<Record<RowWeight, string>>;
  readonly failovers: string;
  /** `Go to a failover ({0})` */
  readonly fitFailover: string;
  readonly noFailover: string;
  readonly fitAll: string;
  readonly table: string;
  readonly timeline: string;
  readonly opinions: string;
  readonly topology: string;
  /** `At {0}: {1}` */
  readonly moment: string;
  /** `Now: {0}` */
  readonly now: string;
  /** `In the end: {0}` */
  readonly atEnd: string;
}

/** Texts of the bar that moves through time. */
export interface ReplayTexts {
  readonly bar: string;
  readonly slider: string;
  readonly play: string;
  readonly pause: string;
  readonly stepBack: string;
  readonly stepForward: string;
  readonly speed: string;
  /** `{0}×` */
  readonly times: string;
  readonly live: string;
  readonly end: string;
}
