import { outlines } from '../../core/scene/glyphs';
import { arrowTip } from '../../core/scene/arrowTip';
import type { Box, GlyphShape, Palette, ScenePicture, Shape, TextShape } from '../../core/scene/shape';

/** Draws a picture of the timeline. The context counts in px of the page. */
export function paintPicture(
  context: CanvasRenderingContext2D,
  picture: ScenePicture,
  palette: Palette,
  family: string,
): void {
  context.fillStyle = palette.background;
  context.fillRect(0, 0, picture.width, picture.height);
  context.lineJoin = 'round';
  for (const { clip, shapes } of picture.layers) {
    context.save();
    context.beginPath();
    context.rect(clip.x, clip.y, clip.width, clip.height);
    context.clip();
    for (const shape of shapes) paintShape(context, shape, palette, family);
    context.restore();
  }
}

const dashes = [2, 4];
const noDashes: readonly number[] = [];

function paintShape(context: CanvasRenderingContext2D, shape: Shape, palette: Palette, family: string): void {
  switch (shape.kind) {
    case 'rect': {
      context.beginPath();
      if (shape.radius)
        context.roundRect(
          shape.x,
          shape.y,
          shape.width,
          shape.height,
          Math.min(shape.radius, shape.width / 2),
        );
      else context.rect(shape.x, shape.y, shape.width, shape.height);
      if (shape.fill) {
        context.globalAlpha = shape.alpha ?? 1;
        context.fillStyle = palette[shape.fill];
        context.fill();
        context.globalAlpha = 1;
      }
      if (shape.stroke) stroke(context, palette[shape.stroke], shape.lineWidth, shape.isDashed);
      return;
    }
    case 'hatch':
      paintHatch(context, shape, palette[shape.stroke]);
      return;
    case 'line':
      context.globalAlpha = shape.alpha ?? 1;
      context.beginPath();
      context.moveTo(shape.x1, shape.y1);
      context.lineTo(shape.x2, shape.y2);
      stroke(context, palette[shape.stroke], shape.lineWidth, shape.isDashed);
      context.globalAlpha = 1;
      return;
    case 'arrow': {
      const [x, y, ax, ay, bx, by, toX, toY] = shape.points;
      context.beginPath();
      context.moveTo(x, y);
      context.bezierCurveTo(ax, ay, bx, by, toX, toY);
      stroke(context, palette[shape.stroke], shape.lineWidth, false);
      context.beginPath();
      for (const [tipX, tipY] of arrowTip(shape.points, shape.lineWidth)) context.lineTo(tipX, tipY);
      context.fillStyle = palette[shape.stroke];
      context.fill();
      return;
    }
    case 'text':
      paintText(context, shape, palette, family);
      return;
    case 'glyph':
      paintGlyph(context, shape, palette);
  }
}

function stroke(context: CanvasRenderingContext2D, color: string, lineWidth = 1, isDashed = false): void {
  context.strokeStyle = color;
  context.lineWidth = lineWidth;
  context.setLineDash(isDashed ? dashes : (noDashes as number[]));
  context.stroke();
}

function paintHatch(context: CanvasRenderingContext2D, { x, y, width, height }: Box, color: string): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.beginPath();
  // Fixed to the picture, not to the bar: a bar that is cut off at the left does not make its lines jump.
  for (let at = Math.floor((x - height) / 8) * 8; at < x + width; at += 8) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.globalAlpha = 0.6;
  stroke(context, color, 2);
  context.restore();
}

function paintText(
  context: CanvasRenderingContext2D,
  { x, y, text, fill, size, anchor = 'start', isBold, hasHalo }: TextShape,
  palette: Palette,
  family: string,
): void {
  context.font = fontOf(size, isBold === true, family);
  context.textAlign = anchor === 'middle' ? 'center' : anchor;
  if (hasHalo) {
    context.strokeStyle = palette.background;
    context.lineWidth = 3;
    context.setLineDash(noDashes as number[]);
    context.strokeText(text, x, y);
  }
  context.fillStyle = palette[fill];
  context.fillText(text, x, y);
}

function paintGlyph(
  context: CanvasRenderingContext2D,
  { glyph, x, y, size, fill }: GlyphShape,
  palette: Palette,
): void {
  const outline = outlines[glyph];
  context.beginPath();
  if (outline) for (const [dx, dy] of outline.points) context.lineTo(x + dx * size, y + dy * size);
  else context.arc(x, y, size, 0, 2 * Math.PI);
  if (outline) context.closePath();
  if (glyph === 'ring') {
    stroke(context, palette[fill], 2);
    return;
  }
  context.fillStyle = outline?.isHollow ? palette.background : palette[fill];
  context.fill();
  if (outline?.isHollow) stroke(context, palette[fill], 1.5);
}

/** The CSS font of a text. */
export function fontOf(size: number, isBold: boolean, family: string): string {
  return `${isBold ? '600 ' : ''}${size}px ${family}`;
}
