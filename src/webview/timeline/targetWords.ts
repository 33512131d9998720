import { fullTime, rowTime } from '../../core/view/logRow';
import { passes, type SceneFilter } from '../../core/scene/sceneFilter';
import { durationWords } from '../../core/scene/sceneWords';
import type { MarkColumns } from '../../core/scene/markColumns';
import type { Scene } from '../../core/scene/scene';
import type { TargetOf } from '../../core/scene/shape';
import type { TimelineViewTexts } from '../../protocol/timelineViewTexts';
import { putValues } from '../../core/view/putValues';

/** What a place in the picture says. */
export interface TargetWords {
  /** When and where. */
  readonly heading: string;
  /** Sentences; those of a mark come later. */
  readonly lines: readonly string[];
}

/** Kinds of events that one glyph names at most. */
const mostNames = 4;

export function targetWords(
  of: TargetOf,
  {
    scene,
    marks,
    filter,
    texts,
    now,
  }: {
    readonly scene: Scene;
    readonly marks: MarkColumns;
    readonly filter: SceneFilter;
    readonly texts: TimelineViewTexts;
    readonly now: number;
  },
): TargetWords | undefined {
  const label = (lane: string): string => scene.lanes.find(({ id }) => id === lane)?.label ?? lane;
  const span = (from: number, to: number | undefined): string =>
    `${rowTime(from, now)} – ${to === undefined ? texts.lasting : rowTime(to, now)} (${durationWords((to ?? now) - from, texts)})`;
  switch (of.type) {
    case 'mark':
      return markWords(of);
    case 'failover': {
      const item = scene.failovers[of.index];
      return item && { heading: span(item.from, item.to), lines: [item.text] };
    }
    case 'phase': {
      const item = scene.phases[of.index];
      return item && { heading: `${item.label} · ${span(item.from, item.to)}`, lines: [item.text] };
    }
    case 'vote': {
      const item = scene.votes[of.index];
      return item && { heading: rowTime(item.at, now), lines: [item.text] };
    }
    case 'sync':
    case 'bar': {
      const item = of.type === 'sync' ? scene.syncs[of.index] : scene.bars[of.index];
      return item && { heading: `${label(item.lane)} · ${span(item.from, item.to)}`, lines: [item.text] };
    }
    case 'role': {
      const item = scene.roles[of.index];
      return (
        item && {
          heading: `${label(item.lane)}: ${texts.roles[item.role]}`,
          lines: [span(item.from, item.to)],
        }
      );
    }
    case 'down': {
      const item = scene.downs[of.index];
      return item && { heading: `${label(item.lane)}: ${texts.down}`, lines: [span(item.from, item.to)] };
    }
  }

  function markWords(mark: Extract<TargetOf, { type: 'mark' }>): TargetWords | undefined {
    const list = marks.of(mark.lane);
    if (!list) return undefined;
    const names = new Map<string, number>();
    let at: number | undefined;
    for (let index = mark.first; index < Math.min(mark.end, list.count); index++) {
      if (!passes(list, index, filter)) continue;
      const name = marks.names[list.name[index] ?? 0] ?? '';
      names.set(name, (names.get(name) ?? 0) + 1);
      if (list.key[index] === mark.key) at = list.at[index];
    }
    if (at === undefined) return undefined;
    const often = [...names].toSorted((a, b) => b[1] - a[1]);
    const said = often.slice(0, mostNames).map(([name, times]) => (times === 1 ? name : `${name} ×${times}`));
    if (often.length > mostNames) said.push('…');
    return {
      heading: `${fullTime(at).slice(11)} · ${label(mark.lane)}`,
      lines: [mark.count === 1 ? said.join('') : putValues(texts.several, mark.count, said.join(', '))],
    };
  }
}
