import { escapeXml } from '../view/escapeXml';
import { arrowTip } from './arrowTip';
import { outlines } from './glyphs';
import type { Box, GlyphShape, Palette, ScenePicture, Shape } from './shape';

/** How an exported picture says itself in words. */
export interface PictureWords {
  readonly title: string;
  readonly description: string;
}

/** A picture that stands for itself: colours are written down, and words are there for who does not see it. */
export function sceneSvg(
  picture: ScenePicture,
  palette: Palette,
  { title, description }: PictureWords,
): string {
  const { width, height } = picture;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-labelledby="title desc" font-family="system-ui, 'Segoe UI', 'Noto Sans CJK KR', sans-serif">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${escapeXml(description)}</desc>`,
    '<defs>',
    `<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line y2="7" stroke="${color('down', palette)}" stroke-width="2.5" stroke-opacity="0.6"/></pattern>`,
    ...picture.layers.map(({ clip }, index) => `<clipPath id="clip${index}"><rect ${box(clip)}/></clipPath>`),
    '</defs>',
    `<rect width="${round(width)}" height="${round(height)}" fill="${color('background', palette)}"/>`,
    ...picture.layers.flatMap(({ shapes }, index) => [
      `<g clip-path="url(#clip${index})">`,
      ...shapes.map(shape => element(shape, palette)),
      '</g>',
    ]),
    '</svg>',
    '',
  ].join('\n');
}

function element(shape: Shape, palette: Palette): string {
  switch (shape.kind) {
    case 'rect': {
      const fill = shape.fill
        ? `fill="${color(shape.fill, palette)}"${opacity('fill', shape.alpha)}`
        : 'fill="none"';
      const stroke = shape.stroke
        ? ` stroke="${color(shape.stroke, palette)}"${widthOf(shape.lineWidth)}${shape.isDashed ? dashes : ''}`
        : '';
      return `<rect ${box(shape)}${shape.radius ? ` rx="${shape.radius}"` : ''} ${fill}${stroke}/>`;
    }
    case 'hatch':
      return `<rect ${box(shape)} fill="url(#hatch)"/>`;
    case 'line':
      return `<line x1="${round(shape.x1)}" y1="${round(shape.y1)}" x2="${round(shape.x2)}" y2="${round(shape.y2)}" stroke="${color(shape.stroke, palette)}"${opacity('stroke', shape.alpha)}${widthOf(shape.lineWidth)}${shape.isDashed ? dashes : ''}/>`;
    case 'arrow': {
      const [x, y, ax, ay, bx, by, toX, toY] = shape.points.map(round);
      const tip = arrowTip(shape.points, shape.lineWidth).map(([x, y]) => `${round(x)} ${round(y)}`);
      const ink = color(shape.stroke, palette);
      return `<path d="M${x} ${y}C${ax} ${ay} ${bx} ${by} ${toX} ${toY}" fill="none" stroke="${ink}"${widthOf(shape.lineWidth)}/><path d="M${tip.join('L')}z" fill="${ink}"/>`;
    }
    case 'text': {
      const halo = shape.hasHalo
        ? ` paint-order="stroke" stroke="${color('background', palette)}" stroke-width="3" stroke-linejoin="round"`
        : '';
      const anchor = shape.anchor && shape.anchor !== 'start' ? ` text-anchor="${shape.anchor}"` : '';
      return `<text x="${round(shape.x)}" y="${round(shape.y)}" font-size="${round(shape.size)}" fill="${color(shape.fill, palette)}"${anchor}${shape.isBold ? ' font-weight="600"' : ''}${halo}>${escapeXml(shape.text)}</text>`;
    }
    case 'glyph':
      return glyph(shape, palette);
  }
}

function glyph({ glyph, x, y, size, fill }: GlyphShape, palette: Palette): string {
  const ink = color(fill, palette);
  const outline = outlines[glyph];
  if (!outline) {
    const look = glyph === 'ring' ? `fill="none" stroke="${ink}" stroke-width="2"` : `fill="${ink}"`;
    return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(size)}" ${look}/>`;
  }
  const points = outline.points.map(([dx, dy]) => `${round(x + dx * size)} ${round(y + dy * size)}`);
  const look = outline.isHollow
    ? `fill="${color('background', palette)}" stroke="${ink}" stroke-width="1.5"`
    : `fill="${ink}"`;
  return `<path d="M${points.join('L')}z" ${look}/>`;
}

const dashes = ' stroke-dasharray="2 4"';

function box({ x, y, width, height }: Box): string {
  return `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
}

function widthOf(lineWidth: number | undefined): string {
  return lineWidth === undefined || lineWidth === 1 ? '' : ` stroke-width="${lineWidth}"`;
}

function opacity(of: 'fill' | 'stroke', alpha: number | undefined): string {
  return alpha === undefined || alpha === 1 ? '' : ` ${of}-opacity="${alpha}"`;
}

function color(paint: keyof Palette, palette: Palette): string {
  return escapeXml(palette[paint]);
}

/** To a tenth: finer than that is not seen. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
