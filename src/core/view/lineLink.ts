/**
 * A link from a page to a line of a file, both given by the paths of their URIs (`/c:/logs/redis.log` on Windows). It is relative,
 * because VS Code's Markdown preview follows no other to a file: up to the root and down again, which also leads from one Windows
 * drive to another.
 */
export function lineLink(page: string, file: string, line: number): string {
  const up = '../'.repeat(segmentsOf(page).length - 1);
  return `${up}${segmentsOf(file).map(encodeSegment).join('/')}#L${line}`;
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter(segment => segment !== '');
}

/** Also what would end a link in Markdown. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16)}`,
  );
}
