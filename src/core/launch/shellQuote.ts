/** Shells for which commands are written out for people to copy. */
export type Shell = 'bash' | 'powershell' | 'cmd';

export const shells: readonly Shell[] = ['bash', 'powershell', 'cmd'];

/**
 * A command line to copy and paste: quoted so that the shell gives the program exactly these arguments. For people only: the
 * extension itself never starts anything through a shell.
 */
export function shellCommand(shell: Shell, command: string, args: readonly string[]): string {
  switch (shell) {
    case 'bash':
      return [command, ...args].map(quoteForBash).join(' ');
    case 'powershell':
      // The call operator is needed as soon as the program's path is quoted.
      return [
        '&',
        quoteForPowerShell(slashed(command), true),
        ...args.map(arg => quoteForPowerShell(slashed(arg), false)),
      ].join(' ');
    case 'cmd':
      return [command, ...args].map(quoteForCmd).join(' ');
  }
}

/** Windows paths with forward slashes, as people write them in PowerShell: no backslash can be read as an escape further on. */
function slashed(word: string): string {
  return /^[A-Za-z]:\\/.test(word) ? word.replaceAll('\\', '/') : word;
}

function quoteForBash(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function quoteForPowerShell(word: string, always: boolean): string {
  if (!always && /^[\w+=:./\\-]+$/.test(word)) return word;
  // Double quotes as in the notes people copy from, unless the word has something PowerShell would expand there.
  return /["$`“”„]/.test(word) ? `'${word.replace(/['‘’‚‛]/g, quote => quote + quote)}'` : `"${word}"`;
}

function quoteForCmd(word: string): string {
  // A percent sign cannot be escaped on cmd's command line; leaving the quotes around a caret keeps the name from being a variable.
  if (/^[\w+=:./\\-]+$/.test(word)) return word;
  return `"${word.replaceAll('"', '""').replaceAll('%', '"^%"')}"`;
}
