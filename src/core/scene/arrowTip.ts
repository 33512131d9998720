/** The three corners of an arrow's tip, along the end of its curve. */
export function arrowTip(
  points: readonly number[],
  lineWidth: number,
): readonly (readonly [number, number])[] {
  const [bx = 0, by = 0, x = 0, y = 0] = points.slice(4);
  const length = Math.hypot(x - bx, y - by) || 1;
  const [dx, dy] = [(x - bx) / length, (y - by) / length];
  const size = 4 + lineWidth * 1.6;
  const half = size * 0.5;
  return [
    [x + dx * size * 0.4, y + dy * size * 0.4],
    [x - dx * size * 0.6 - dy * half, y - dy * size * 0.6 + dx * half],
    [x - dx * size * 0.6 + dy * half, y - dy * size * 0.6 - dx * half],
  ];
}
