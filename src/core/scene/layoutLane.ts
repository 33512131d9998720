import { baseline, heights, newPlaces, spanBox, textIn, type Frame, type LaneBox } from './frame';
import type { Scene } from './scene';
import type { Indexed, LaneContent } from './sceneIndex';

import type { Box, Paint, Shape, Target, TargetOf } from './shape';
import { putValues } from '../view/putValues';

/** Shapes and what they stand for, while a picture is made. */
export interface Drawing {
  readonly shapes: Shape[];
  readonly targets: Target[];
}

/** Everything of a lane that lasts. Words come last: nothing runs through them. */
export function drawLane(lane: LaneBox, frame: Frame, drawing: Drawing): void {
  const words: Shape[] = [];
  if (lane.content.lane.kind === 'sentinel') sentinelLine(lane, frame, drawing, words);
  else {
    rolesAndDowns(lane, frame, drawing, words);
    syncBars(lane, frame, drawing);
    wordBars(lane, frame, drawing, words);
  }
  for (const word of words) drawing.shapes.push(word);
}

function sentinelLine(lane: LaneBox, frame: Frame, drawing: Drawing, words: Shape[]): void {
  const { em, left, right, texts, view } = frame;
  const y = lane.middle + 0.5;
  drawing.shapes.push({ kind: 'line', x1: left, y1: y, x2: right, y2: y, stroke: 'sentinel', alpha: 0.45 });
  for (const { item, index } of visible(lane.content.led, frame)) {
    const box = spanBox(frame, item.from, item.to, lane.top + 2, lane.height - 4);
    if (!box) continue;
    drawing.shapes.push({
      kind: 'rect',
      ...plain(box),
      fill: 'sentinel',
      alpha: 0.1,
      stroke: 'sentinel',
      radius: 3,
    });
    drawing.targets.push({ ...plain(box), of: { type: 'failover', index } });
    const said = putValues(texts.leader, item.epoch ?? '?');
    const size = em * 0.78;
    const end = Math.min(box.x + box.width, right) - em * 0.3;
    // In the upper right corner: above the marks, and away from the votes of its election and their words.
    if (end - Math.max(box.x, left) > view.measure(said, false) * 0.78 + em * 5)
      words.push({
        kind: 'text',
        x: end,
        y: lane.top + 2 + size,
        text: said,
        fill: 'text',
        size,
        anchor: 'end',
      });
  }
}

function rolesAndDowns(lane: LaneBox, frame: Frame, drawing: Drawing, words: Shape[]): void {
  const { em, texts, view } = frame;
  const top = lane.top + Math.round(heights.around * em);
  const height = Math.round(heights.bar * em);
  const y = baseline(top + height / 2, em);
  const downs = visible(lane.content.downs, frame).flatMap(({ item, index }) => {
    const box = spanBox(frame, item.from, item.to, top, height);
    return box ? [{ box, index }] : [];
  });
  for (const { item, index } of visible(lane.content.roles, frame)) {
    const box = spanBox(frame, item.from, item.to, top, height);
    if (!box) continue;
    const isMaster = item.role === 'master';
    drawing.shapes.push({
      kind: 'rect',
      ...plain(box),
      fill: item.role,
      alpha: isMaster ? 0.32 : 0.12,
      stroke: item.role,
      lineWidth: isMaster ? 2 : 1,
      radius: 3,
    });
    drawing.targets.push({ ...plain(box), of: { type: 'role', index } });
    const word = texts.roles[item.role];
    const needed = view.measure(word, isMaster) + em * 0.8;
    const free = gaps(
      box,
      downs.map(({ box }) => box),
      frame,
    ).find(piece => piece.width >= needed);
    if (free)
      words.push({
        kind: 'text',
        x: free.x + em * 0.45,
        y,
        text: word,
        fill: 'text',
        size: em,
        isBold: isMaster,
      });
  }
  for (const { box, index } of downs) {
    drawing.shapes.push(
      { kind: 'rect', ...plain(box), fill: 'background', alpha: 0.55 },
      { kind: 'hatch', ...plain(box), stroke: 'down' },
      { kind: 'rect', ...plain(box), stroke: 'down', radius: 2 },
    );
    drawing.targets.push({ ...plain(box), of: { type: 'down', index } });
    const word = textIn(frame, box, texts.down);
    if (word) {
      const width = view.measure(word.text, false) + em * 0.5;
      words.push(
        {
          kind: 'rect',
          x: word.x - em * 0.25,
          y: top + 2,
          width,
          height: height - 4,
          fill: 'background',
          radius: 2,
        },
        { kind: 'text', ...word, y, fill: 'text', size: em },
      );
    }
  }
}

/** What is left of a bar between others that lie on it, as far as it is seen. */
function gaps(
  bar: Box,
  others: readonly Box[],
  { left, right }: Frame,
): readonly { readonly x: number; readonly width: number }[] {
  const pieces: { readonly x: number; readonly width: number }[] = [];
  const end = Math.min(bar.x + bar.width, right);
  let x = Math.max(bar.x, left);
  for (const other of others) {
    if (other.x + other.width <= x || other.x >= end) continue;
    pieces.push({ x, width: other.x - x });
    x = other.x + other.width;
  }
  pieces.push({ x, width: end - x });
  return pieces;
}

/** Thin bars on the line of the marks: a full sync is filled, a partial one is not; what failed ends with a cross, what did not end is dashed. */
function syncBars(lane: LaneBox, frame: Frame, drawing: Drawing): void {
  const height = Math.round(frame.em * 0.5);
  for (const { item, index } of visible(lane.content.syncs, frame)) {
    const box = spanBox(frame, item.from, item.to, lane.middle - Math.round(height / 2), height, 3);
    if (!box) continue;
    const isFailed = item.outcome === 'failed';
    drawing.shapes.push({
      kind: 'rect',
      ...plain(box),
      fill: 'sync',
      alpha: item.kind === 'full' ? 0.6 : 0.1,
      stroke: isFailed ? 'problem' : 'sync',
      isDashed: item.outcome === 'unfinished',
      radius: 2,
    });
    if (isFailed && !box.isCutRight)
      drawing.shapes.push({
        kind: 'glyph',
        glyph: 'cross',
        x: box.x + box.width,
        y: lane.middle,
        size: frame.em * 0.26,
        fill: 'problem',
      });
    drawing.targets.push({
      x: box.x - 2,
      y: box.y - 3,
      width: box.width + 4,
      height: box.height + 6,
      of: { type: 'sync', index },
    });
  }
}

const barPaints: Readonly<Record<Scene['bars'][number]['look'], Paint>> = {
  fault: 'fault',
  outage: 'outage',
  stale: 'stale',
};

function wordBars(lane: LaneBox, frame: Frame, drawing: Drawing, words: Shape[]): void {
  const { em, right, view } = frame;
  const height = Math.round(heights.bar * em);
  const shown = visible(lane.content.bars, frame);
  const sharing = sharedRows(shown);
  shown.forEach((bar, order) => {
    const { item, index, row } = bar;
    const top =
      lane.top +
      Math.round((heights.around / 2 + row * heights.wordRow + (heights.wordRow - heights.bar) / 2) * em);
    const box = spanBox(frame, item.from, item.to, top, height, 3);
    if (!box) return;
    const paint = barPaints[item.look];
    drawing.shapes.push({
      kind: 'rect',
      ...plain(box),
      fill: paint,
      alpha: item.look === 'stale' ? 0.08 : 0.2,
      stroke: paint,
      lineWidth: item.look === 'fault' ? 2 : 1,
      isDashed: item.look === 'stale',
      radius: 3,
    });
    const of: TargetOf = { type: 'bar', index };
    drawing.targets.push({ ...plain(box), of });
    const more = sharing.get(bar);
    if (more === 'covered') return;
    const text = more === undefined ? item.text : `${item.text} (+${more})`;
    const y = baseline(top + height / 2, em);
    // In the bar; behind it where it is short and nothing follows soon.
    const next = shown.find((other, place) => place > order && other.row === row);
    const end = Math.min(next ? frame.x(next.item.from) : right, right);
    const beside = { x: box.x + box.width, width: end - box.x - box.width };
    const fitsIn = box.width > view.measure(text, false) + em * 0.8;
    const place = !fitsIn && beside.width > box.width ? beside : box;
    const word = textIn(frame, place, text);
    // A few letters beside a bar would only be in the way of others.
    if (!word || (place === beside && word.text !== text && beside.width < em * 9)) return;
    words.push({ kind: 'text', ...word, y, fill: 'text', size: em });
    if (place === beside)
      drawing.targets.push({ x: word.x, y: top, width: view.measure(word.text, false), height, of });
  });
}

/** Bars that lie on each other, in the last row: the first one says how many more there are, for all of them. */
function sharedRows<T extends LaneContent['bars'][number]>(
  bars: readonly T[],
): ReadonlyMap<T, number | 'covered'> {
  const sharing = new Map<T, number | 'covered'>();
  const first = new Map<number, { readonly bar: T; readonly end: number; count: number }>();
  for (const bar of bars) {
    const { row, item } = bar;
    const known = first.get(row);
    if (known && item.from < known.end) {
      sharing.set(known.bar, ++known.count);
      sharing.set(bar, 'covered');
    } else first.set(row, { bar, end: item.to ?? Infinity, count: 0 });
  }
  return sharing;
}

/** Those in sight; of those too small to be told apart, one at each place. */
function visible<T extends Indexed<{ readonly from: number; readonly to: number | undefined }>>(
  bars: readonly T[],
  frame: Frame,
): readonly T[] {
  const { from, to, now } = frame.view;
  const isNew = newPlaces(frame);
  return bars.filter(({ item }) => {
    const end = item.to ?? Math.max(now, item.from);
    return end >= from && item.from <= to && isNew(item.from, end);
  });
}

function plain({ x, y, width, height }: Box): Box {
  return { x, y, width, height };
}
