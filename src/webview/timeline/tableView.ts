import type { MarkColumns } from '../../core/scene/markColumns';
import type { Scene } from '../../core/scene/scene';
import { passes, type SceneFilter } from '../../core/scene/sceneFilter';
import { durationWords } from '../../core/scene/sceneWords';
import { sceneExtent } from '../../core/scene/sceneRange';
import { fullTime, logWeights, rowTime } from '../../core/view/logRow';
import type { TimelineViewTexts } from '../../protocol/timelineViewTexts';
import { count, make, setText } from '../elements';
import { putValues } from '../../core/view/putValues';

/** Events in the table at first, and by how many it grows. */
const step = 500;
/** New events come in bursts; the table is made anew this often, in milliseconds. */
const pause = 500;

type Cell = Node | string;

/** Everything that the timeline shows as tables: for who does not see it, and for who wants to copy it. */
export class TableView {
  readonly element: HTMLElement;
  private readonly day = make('p', { class: 'day' });
  private readonly stories = make('div', {});
  private readonly rows = make('tbody', {});
  private readonly shown = make('p', { role: 'status' });
  private readonly more: HTMLButtonElement;
  private limit = step;
  private waiting: number | undefined;
  private scene: Scene | undefined;
  private marks: MarkColumns | undefined;
  private filter: SceneFilter | undefined;
  /** When no time needs its day: all are of one, which is said once. */
  private onlyDay: string | undefined;

  constructor(
    private readonly texts: TimelineViewTexts,
    private readonly events: { onOpen(key: number): void },
  ) {
    const { tables } = texts;
    this.more = make('button', { type: 'button' }, tables.more);
    this.element = make(
      'section',
      { class: 'timeline-tables', 'aria-label': tables.name },
      this.day,
      this.stories,
      make('h2', {}, tables.events),
      make('table', {}, head([tables.time, tables.node, tables.event, tables.weight]), this.rows),
      this.shown,
      this.more,
    );
    this.more.addEventListener('click', () => {
      this.limit += step;
      this.showEvents();
    });
    this.element.addEventListener('click', event => {
      const key = event.target instanceof HTMLElement ? event.target.dataset['key'] : undefined;
      if (key !== undefined) this.events.onOpen(Number(key));
    });
  }

  /** Shows a scene and its marks; called again when either has changed, while the tables are in sight. */
  show(scene: Scene, marks: MarkColumns, filter: SceneFilter): void {
    const day = onlyDay(scene, marks);
    const isOther = scene !== this.scene || day !== this.onlyDay;
    this.onlyDay = day;
    this.scene = scene;
    this.marks = marks;
    this.filter = filter;
    if (isOther) this.showStories(scene);
    this.waiting ??= setTimeout(
      () => {
        this.waiting = undefined;
        this.showEvents();
      },
      this.rows.childElementCount === 0 ? 0 : pause,
    );
  }

  private showStories(scene: Scene): void {
    const { texts } = this;
    const { tables } = texts;
    const time = (at: number): string => this.time(at);
    setText(this.day, this.onlyDay === undefined ? '' : putValues(tables.day, this.onlyDay));
    const span = (from: number, to: number | undefined): readonly string[] => [
      time(from),
      to === undefined ? texts.lasting : time(to),
      to === undefined ? '' : durationWords(to - from, texts),
    ];
    const spanHeads = [tables.begin, tables.end, tables.duration];
    const label = (id: string): string => scene.lanes.find(lane => lane.id === id)?.label ?? id;
    this.stories.replaceChildren(
      ...table(
        tables.failovers,
        [...spanHeads, tables.what],
        scene.failovers.map(({ from, to, text }) => [...span(from, to), words(text)]),
      ),
      ...table(
        tables.phases,
        [tables.phase, ...spanHeads, tables.what],
        scene.phases.map(phase => [phase.label, ...span(phase.from, phase.to), words(phase.text)]),
      ),
      ...table(
        tables.votes,
        [tables.time, tables.what],
        scene.votes.map(({ at, text }) => [time(at), words(text)]),
      ),
      ...table(
        tables.roles,
        [tables.node, tables.role, ...spanHeads],
        scene.roles.map(({ lane, role, from, to }) => [label(lane), texts.roles[role], ...span(from, to)]),
      ),
      ...table(
        tables.downs,
        [tables.node, ...spanHeads],
        scene.downs.map(({ lane, from, to }) => [label(lane), ...span(from, to)]),
      ),
      ...table(
        tables.syncs,
        [tables.node, ...spanHeads, tables.what],
        scene.syncs.map(({ lane, from, to, text }) => [label(lane), ...span(from, to), words(text)]),
      ),
      ...table(
        tables.bars,
        [...spanHeads, tables.what],
        scene.bars.map(({ from, to, text }) => [...span(from, to), words(text)]),
      ),
    );
  }

  /** With the day in front where there are several. */
  private time(at: number): string {
    return rowTime(at, this.onlyDay === undefined ? 0 : at);
  }

  /** The newest first: what is asked for is mostly what has just happened. */
  private showEvents(): void {
    const { scene, marks, filter, texts } = this;
    if (!scene || !marks || !filter) return;
    const { newest, total } = newestMarks(scene, marks, filter, this.limit);
    const { activeElement } = document;
    const focused = this.rows.contains(activeElement)
      ? (activeElement as HTMLElement).dataset['key']
      : undefined;
    this.rows.replaceChildren(
      ...newest.map(({ lane, at, key, name, weight }) => {
        const open = make(
          'button',
          { type: 'button', 'data-key': String(key), title: putValues(texts.tables.open, name) },
          name,
        );
        return row([this.time(at), lane, open, texts.tables.weights[logWeights[weight] ?? 'detail']]);
      }),
    );
    // New events come in above; who is in the table stays at theirs.
    if (focused !== undefined) this.rows.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
    setText(this.shown, putValues(texts.tables.shown, count(newest.length), count(total)));
    this.more.hidden = newest.length >= total;
  }
}

/** The day of everything there is, as `2026-11-23`; undefined: there are several, or nothing is there. */
function onlyDay(scene: Scene, marks: MarkColumns): string | undefined {
  const extent = sceneExtent(scene, marks);
  const day = (at: number): string => fullTime(at).slice(0, 10);
  return extent && day(extent.from) === day(extent.to) ? day(extent.from) : undefined;
}

/** A text that takes more than one line where it must; all else stays in one. */
function words(text: string): HTMLElement {
  return make('span', { class: 'words' }, text);
}

interface TableMark {
  /** As people call it. */
  readonly lane: string;
  readonly at: number;
  readonly key: number;
  readonly name: string;
  readonly weight: number;
}

function newestMarks(
  scene: Scene,
  marks: MarkColumns,
  filter: SceneFilter,
  limit: number,
): { readonly newest: readonly TableMark[]; readonly total: number } {
  let total = 0;
  const found: TableMark[] = [];
  for (const { id, label } of scene.lanes) {
    const list = marks.of(id);
    if (!list || filter.hidden.has(id)) continue;
    let own = 0;
    for (let index = list.count - 1; index >= 0; index--) {
      if (!passes(list, index, filter)) continue;
      total++;
      // No lane can have more among the newest than these.
      if (own++ >= limit) continue;
      found.push({
        lane: label,
        at: list.at[index] ?? 0,
        key: list.key[index] ?? 0,
        name: marks.names[list.name[index] ?? 0] ?? '',
        weight: list.weight[index] ?? 0,
      });
    }
  }
  return { newest: found.toSorted((a, b) => b.at - a.at).slice(0, limit), total };
}

/** A heading and a table; nothing where there are no rows. */
function table(title: string, heads: readonly string[], rows: readonly (readonly Cell[])[]): readonly Node[] {
  if (rows.length === 0) return [];
  return [
    make('h2', {}, title),
    make('table', { 'aria-label': title }, head(heads), make('tbody', {}, ...rows.map(row))),
  ];
}

function head(texts: readonly string[]): HTMLElement {
  return make('thead', {}, make('tr', {}, ...texts.map(text => make('th', { scope: 'col' }, text))));
}

function row(cells: readonly Cell[]): HTMLElement {
  return make('tr', {}, ...cells.map(cell => make('td', {}, cell)));
}
