import type { ConfText, LineEdit } from '../confText';
import { readVersionComment } from './confFile';

/** Writes `# redis-version: …` into a conf, in place of the one it has or above everything; undefined takes it away. */
export function versionCommentEdit(conf: ConfText, version: string | undefined): LineEdit | undefined {
  const comment = readVersionComment(conf);
  if (version === undefined) return comment && { line: comment.line, text: null };
  const text = `# redis-version: ${version}`;
  if (comment) return { line: comment.line, text };
  return { line: 1, text: [text, conf.lines[0]?.text ?? ''].join('\n') };
}
