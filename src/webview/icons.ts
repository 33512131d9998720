const namespace = 'http://www.w3.org/2000/svg';

/** Outlines on a field of 16 by 16. */
const outlines = {
  play: 'M4 2.5v11l9-5.5z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  stepBack: 'M3 3h2v10H3zM13 3v10L6 8z',
  stepForward: 'M11 3h2v10h-2zM3 3v10l7-5z',
  table: 'M2 3h12v2.5H2zM2 7h5v2.5H2zM8.5 7H14v2.5H8.5zM2 11h5v2H2zM8.5 11H14v2H8.5z',
} as const;

/** A small picture in the colour of the text; what it means must be said by its button. */
export function icon(shape: keyof typeof outlines): SVGSVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', outlines[shape]);
  svg.append(path);
  return svg;
}
