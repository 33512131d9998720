import { parseConf } from '../confText';
import { directiveNames } from '../directiveHistory';
import { readVersionComment } from './confFile';

/** The first lines are enough to tell; a sample conf has hundreds of comments before its first directive. */
export const linesToLookAt = 400;

const header = /^#\s*(?:(?:Redis|Valkey) configuration file|Example sentinel\.conf)/i;
/** Names that confs of other programs have, too. */
const common = new Set('port bind include user dir timeout databases daemonize pidfile save'.split(' '));

/** Whether a text is a conf of Redis or Sentinel: its header says so, or nearly all of its directives are theirs. */
export function looksLikeConf(text: string): boolean {
  const conf = parseConf(text);
  if (conf.lines.slice(0, 5).some(line => header.test(line.text)) || readVersionComment(conf)) return true;
  const names = conf.lines.flatMap(line => (line.kind === 'directive' ? [line.words[0]?.value ?? ''] : []));
  const known = new Set(['sentinel', ...directiveNames('server')]);
  const own = names.map(name => name.toLowerCase()).filter(name => known.has(name));
  const telling = own.filter(name => !common.has(name));
  return telling.length >= 1 && own.length >= 3 && own.length >= names.length * 0.9;
}
