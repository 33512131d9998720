/** Text for an XML document: markup characters escaped; what XML cannot have at all (control characters, half surrogates) replaced. */
export function escapeXml(text: string): string {
  return (
    text
      // with the u flag, only halves of pairs match
      .replace(/\p{Surrogate}/gu, '\uFFFD')
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
      .replace(/[&<>"']/g, character => entities[character] ?? character)
  );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
