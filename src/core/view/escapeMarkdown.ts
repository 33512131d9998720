/** Text as it stands, in Markdown: nothing in it is markup or becomes a link, and it stays on one line. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]|:(?=\/\/)/g, '\\$&').replace(/[\r\n\0]+/g, ' ');
}

/** A sentence of ours as Markdown: words in backticks are code, all else stands as it is. */
export function proseMarkdown(text: string): string {
  // A bar would end a cell of a table even inside code.
  return text.replace(/`([^`|\r\n\0]+)`|[^`]+|`/g, (part, code: string | undefined) =>
    code === undefined ? escapeMarkdown(part) : `\`${code}\``,
  );
}

/** A list item such as "Cause: …" whose words up to the colon stand out. */
export function labelledItem(line: string): string {
  const end = line.indexOf(':') + 1;
  return `- **${escapeMarkdown(line.slice(0, end))}**${proseMarkdown(line.slice(end))}`;
}
