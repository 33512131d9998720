import type { SceneTexts } from '../core/scene/sceneView';
import type { RowWeight } from '../core/view/logRow';

/** Every text of the timeline itself and of its tables, in the person's language. */
export interface TimelineViewTexts extends SceneTexts {
  /** Its name, and what it is, for screen readers. */
  readonly name: string;
  readonly kind: string;
  /** The keys. */
  readonly help: string;
  /** What the signs mean. */
  readonly legend: string;
  /** `{0} events here: {1}` */
  readonly several: string;
  /** `{0} to {1}` */
  readonly range: string;
  /** `Cursor at {0}` */
  readonly cursorAt: string;
  readonly noFurther: string;
  /** `{0}: no events` */
  readonly noneInLane: string;
  /** Behind a time: it is not over. */
  readonly lasting: string;
  readonly tables: TableTexts;
}

export interface TableTexts {
  readonly name: string;
  /** `All times are of {0}.` */
  readonly day: string;
  readonly failovers: string;
  readonly phases: string;
  readonly votes: string;
  readonly roles: string;
  readonly downs: string;
  readonly syncs: string;
  readonly bars: string;
  readonly events: string;
  readonly begin: string;
  readonly end: string;
  readonly duration: string;
  readonly time: string;
  readonly node: string;
  readonly phase: string;
  readonly role: string;
  readonly what: string;
  readonly event: string;
  readonly weight: string;
  readonly weights: Readonly<Record<RowWeight, string>>;
  /** `{0} of {1} events` */
  readonly shown: string;
  readonly more: string;
  /** Opens the log at an event's line: `{0}` is the event. */
  readonly open: string;
}
