/** What one line of /proc/PID/stat says of a process; see proc(5). */
export interface LinuxStat {
  /**
   * `ending`: its first thread is a zombie, but others still run, and hold the ports and files of the process until they are gone. It
   * happens to a killed server whose background threads wait for a processor. `gone`: nothing is left but what its parent may ask.
   */
  readonly state: 'running' | 'frozen' | 'ending' | 'gone';
  /** Clock ticks from boot to its start. */
  readonly startTime: string;
}

export function readLinuxStat(text: string): LinuxStat {
  // The name in parentheses may itself have blanks and parentheses: the fields begin behind the last one.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [letter] = fields;
  return { state: stateOf(letter, Number(fields[17])), startTime: fields[19] ?? '' };
}

function stateOf(letter: string | undefined, threads: number): LinuxStat['state'] {
  switch (letter) {
    case 'Z':
      return threads > 1 ? 'ending' : 'gone';
    case 'X':
      return 'gone';
    case 'T':
    case 't':
      return 'frozen';
    default:
      return 'running';
  }
}
