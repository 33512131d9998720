const dim = '\x1b[2m';
const bold = '\x1b[1m';
const red = '\x1b[31m';
const green = '\x1b[32m';
const yellow = '\x1b[33m';
const cyan = '\x1b[36m';
const plain = '\x1b[0m';

/** Prefixes of 2.8 and the Windows ports, of 3.0 to 4.0, and of 5.0 and newer, up to and with the level character (server.c, `serverLogRaw`). */
const prefixForm = /^(?:\[\d+\]|\d+:[A-Z]) \d\d \w{3} (?:\d{4} )?\d\d:\d\d:\d\d\.\d{3} ([.\-*#]) /;

/**
 * A log line with colours for a terminal: the prefix steps back, warnings and the turning points of a failover stand out. The text
 * itself stays as the server wrote it.
 */
export function terminalLine(line: string): string {
  const prefix = prefixForm.exec(line);
  if (!prefix) return line;
  const message = line.slice(prefix[0].length);
  return `${dim}${prefix[0]}${plain}${messageColor(message, prefix[1] ?? '*')}${message}${plain}`;
}

function messageColor(message: string, level: string): string {
  if (/^\+switch-master |^\+promoted-slave |^\+elected-leader /.test(message)) return bold + green;
  if (/^-failover-abort|^\+odown /.test(message)) return bold + red;
  if (/^\+sdown |^\+tilt /.test(message)) return yellow;
  if (/^[+-][a-z-]+ /.test(message)) return cyan;
  if (level === '#') return yellow;
  return level === '*' ? '' : dim;
}
