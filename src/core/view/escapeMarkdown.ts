/** Text as it stands, in Markdown: nothing in it is markup, and it stays on one line. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&:@]/g, '\\$&').replace(/[\r\n\0]+/g, ' ');
}
