import { logWeights, type RowWeight } from '../view/logRow';
import type { SceneMarks } from './scene';

/** A line of a log, as far as its mark in a scene needs it. */
export interface MarkedLine {
  readonly key: number;
  readonly at: number;
  /** The name of the node: its lane. */
  readonly node: string;
  readonly weight: RowWeight;
  /** An event such as `+sdown`, or the id of another message; empty for a line that is not recognised. */
  readonly name: string;
}

/** Lines as columns, to be sent to a page. */
export function sceneMarks(lines: readonly MarkedLine[]): SceneMarks {
  const lanes = new Indexed();
  const names = new Indexed();
  return {
    at: lines.map(({ at }) => at),
    lane: lines.map(({ node }) => lanes.of(node)),
    name: lines.map(({ name }) => names.of(name)),
    weight: lines.map(({ weight }) => logWeights.indexOf(weight)),
    key: lines.map(({ key }) => key),
    lanes: lanes.texts,
    names: names.texts,
  };
}

/** Numbers texts in the order in which they are met. */
class Indexed {
  readonly texts: string[] = [];
  private readonly known = new Map<string, number>();

  of(text: string): number {
    let index = this.known.get(text);
    if (index === undefined) {
      index = this.texts.push(text) - 1;
      this.known.set(text, index);
    }
    return index;
  }
}
