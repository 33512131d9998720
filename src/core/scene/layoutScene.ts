import { baseline, frameOf, isSeen, type Frame } from './frame';
import { axisShapes, cornerShapes, cursorShapes } from './layoutAxis';
import { drawLane, type Drawing } from './layoutLane';
import { drawMarks } from './layoutMarks';
import { failoverShapes, phaseShapes } from './layoutPhases';
import { drawVotes } from './layoutVotes';
import type { MarkColumns } from './markColumns';
import type { SceneIndex } from './sceneIndex';
import type { SceneTexts, SceneView } from './sceneView';
import { sceneExtent } from './sceneRange';
import { shorten } from './sceneWords';
import type { ScenePicture, Shape, Target } from './shape';

/** Everything that is in sight as shapes: one list for every painter. */
export function layoutScene(
  index: SceneIndex,
  marks: MarkColumns,
  view: SceneView,
  texts: SceneTexts,
): ScenePicture {
  const frame = frameOf(index, marks, view, texts);
  const { left, right, head, bottom, fullHeight, em, lanes } = frame;
  const { width } = view;
  const axis = axisShapes(frame);
  const phases = phaseShapes(frame);
  const failovers = failoverShapes(frame);
  const drawing: Drawing = {
    shapes: [...phases.bands, ...axis.grid],
    targets: [...phases.targets, ...failovers.targets],
  };
  const inBody: Target[] = [];
  const body: Drawing = { shapes: drawing.shapes, targets: inBody };
  const seen = lanes.filter(lane => isSeen(lane, frame));
  for (const { top, height } of seen) body.shapes.push(edge(left, right, top + height));
  for (const lane of seen) drawLane(lane, frame, body);
  for (const lane of seen) drawMarks(lane, frame, body);
  // Arrows lie over the marks, but marks are what a pointer wants first.
  const isMark = ({ of }: Target): boolean => of.type === 'mark';
  const votes: Drawing = { shapes: drawing.shapes, targets: [] };
  drawVotes(frame, votes);
  const targets = [
    ...inBody.filter(target => !isMark(target)),
    ...votes.targets,
    ...inBody.filter(isMark),
  ].flatMap(target => cutTarget(target, frame));
  if (lanes.length === 0 || sceneExtent(index.scene, marks) === undefined)
    drawing.shapes.push(...emptyShapes(frame));
  const headBox = { x: left, y: 0, width: width - left, height: head };
  return {
    width,
    height: bottom,
    fullHeight,
    left,
    right,
    head,
    fontSize: em,
    layers: [
      {
        clip: { x: left, y: head, width: width - left, height: Math.max(0, bottom - head) },
        shapes: drawing.shapes,
      },
      { clip: { x: 0, y: head, width: left, height: Math.max(0, bottom - head) }, shapes: nameShapes(frame) },
      { clip: { x: 0, y: 0, width: left, height: head }, shapes: cornerShapes(frame) },
      { clip: headBox, shapes: [...axis.head, ...phases.head, ...failovers.head, edge(left, width, head)] },
      { clip: { ...headBox, height: bottom }, shapes: cursorShapes(frame) },
    ],
    targets: [...drawing.targets, ...targets],
  };
}

/** Names at the left; that of the lane the keyboard is in has a bar beside it. */
function nameShapes(frame: Frame): readonly Shape[] {
  const { em, left, lanes, view } = frame;
  return lanes
    .filter(lane => isSeen(lane, frame))
    .flatMap(({ content: { lane }, top, height }): readonly Shape[] => {
      const isCurrent = lane.id === view.lane;
      return [
        edge(0, left, top + height),
        ...(isCurrent
          ? [{ kind: 'rect', x: 0, y: top + 2, width: 3, height: height - 4, fill: 'selected' } as const]
          : []),
        {
          kind: 'text',
          x: em * 0.6,
          y: baseline(top + height / 2, em),
          text: shorten(lane.label, left - em, view.measure, isCurrent),
          fill: 'text',
          size: em,
          isBold: isCurrent,
        },
      ];
    });
}

function emptyShapes({ left, right, head, em, texts }: Frame): readonly Shape[] {
  return [
    {
      kind: 'text',
      x: (left + right) / 2,
      y: head + em * 2,
      text: texts.empty,
      fill: 'dim',
      size: em,
      anchor: 'middle',
      hasHalo: true,
    },
  ];
}

function edge(x1: number, x2: number, y: number): Shape {
  return { kind: 'line', x1, y1: y - 0.5, x2, y2: y - 0.5, stroke: 'line' };
}

/** What is scrolled away, or beyond an edge, is not met. */
function cutTarget(target: Target, { left, head, bottom, right }: Frame): readonly Target[] {
  const x = Math.max(target.x, left);
  const y = Math.max(target.y, head);
  const width = Math.min(target.x + target.width, right + 6) - x;
  const height = Math.min(target.y + target.height, bottom) - y;
  return width > 0 && height > 0 ? [{ x, y, width, height, of: target.of }] : [];
}
