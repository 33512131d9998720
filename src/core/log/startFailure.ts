import * as l10n from '@vscode/l10n';

/** One known way in which a server or Sentinel does not start or does not stay, and what a person can do. */
interface KnownFailure {
  readonly pattern: RegExp;
  readonly explain: (match: RegExpExecArray) => string;
}

/** Wordings of 2.8 to 9.1 and the Windows ports; the order matters only where one text contains another. */
const knownFailures: readonly KnownFailure[] = [
  {
    pattern:
      /Reading the configuration file, at line (\d+)[\s\S]*?>>> '(.*)'\s*\n(?:\[?\d+\]?[^\n]*# )?([^\n]+)/,
    explain: ([, line, text, why]) =>
      l10n.t(
        'Line {0} of the conf is not accepted: {1} ({2}).',
        line ?? '',
        withoutSecret(text ?? ''),
        why?.trim() ?? '',
      ),
  },
  {
    pattern: /unknown conf file parameter : (.+)/,
    explain: ([, name]) =>
      l10n.t('The conf has a directive that this version does not know: {0}.', name?.trim() ?? ''),
  },
  {
    pattern: /Could not find sentin[ae]l subcommand (.+)/,
    explain: ([, name]) =>
      l10n.t('The conf has a Sentinel option that this version does not know: {0}.', name?.trim() ?? ''),
  },
  {
    // Redis 8 takes an unknown directive for a module's, and names it without its line.
    pattern: />>> '(.*)'\s*\n[^\n]*Module Configuration detected without loadmodule directive/,
    explain: ([, text]) =>
      l10n.t('The conf has a directive that this version does not know: {0}.', withoutSecret(text ?? '')),
  },
  {
    pattern: /Module Configuration detected without loadmodule directive/,
    explain: () =>
      l10n.t("The conf has a directive that this version does not know and takes for a module's."),
  },
  {
    // The Windows ports have no word for it: "bind: No error".
    pattern: /Address already in use|Creating Server TCP listening socket .*: (?:bind|listen)(?!: Cannot)/,
    explain: () => l10n.t('The port is in use by another program.'),
  },
  {
    pattern: /Can't chdir to '([^\n]*)': ([^\n]+)/,
    explain: ([, path, why]) =>
      l10n.t('The data folder {0} cannot be used: {1}.', path ?? '', why?.trim() ?? ''),
  },
  {
    pattern: /Can't open the log file: ([^\n]+)|Could not open logfile ([^\n]+)/,
    explain: ([, unix, windows]) =>
      l10n.t('The log file cannot be written: {0}.', (unix ?? windows ?? '').trim()),
  },
  {
    pattern: /FATAL CONFIG FILE ERROR[^\n]*\n(?!Reading the configuration file)([^\n]+)/,
    explain: ([, why]) => l10n.t('The conf is not accepted: {0}.', why?.trim() ?? ''),
  },
  {
    pattern: /Sentinel config file .* is not writable: ([^\n]+?)\.? Exiting/,
    explain: ([, why]) => l10n.t('Sentinel must be able to write its conf: {0}.', why ?? ''),
  },
  {
    pattern: /Can't handle RDB format version (\d+)/,
    explain: ([, version]) =>
      l10n.t(
        'The data was saved by a newer version (RDB format {0}) that this server cannot read.',
        version ?? '',
      ),
  },
  {
    pattern:
      /Failed opening the RDB file|Fatal error loading the DB|Bad file format reading the append only file|Short read or OOM loading DB/,
    explain: () => l10n.t('The saved data in the data folder cannot be read.'),
  },
  {
    pattern: /crashed by signal:? (\d+)/,
    explain: ([, signal]) => l10n.t('It crashed by signal {0}; the log has the report.', signal ?? ''),
  },
];

/** Warnings that a healthy server writes too: no reason for an end. */
const routineWarning =
  /^(?:Server (?:started|initialized)|WARNING|Warning: no config file|Redis version|Redis is starting|oO0O|Configuration loaded|Sentinel (?:run)?id|User requested shutdown|[+-][a-z]|.* is now ready to exit)/i;

/**
 * Why a redis-server ended, from the tail of what it wrote (its output before the log file is open, and the log): one sentence, or
 * the last warning line where it is not routine, or undefined.
 */
export function explainEnd(output: string): string | undefined {
  const last = lastRun(output);
  for (const { pattern, explain } of knownFailures) {
    const match = pattern.exec(last);
    if (match) return explain(match);
  }
  const warning = last
    .split('\n')
    .findLast(line => / # /.test(line))
    ?.replace(/^.*? # /, '')
    .trim();
  return warning === undefined || routineWarning.test(warning) ? undefined : warning;
}

/** A log goes on over restarts: only what the last process wrote counts. Its children (role C) have other pids. */
function lastRun(output: string): string {
  const lines = output.split('\n');
  const pids = lines.map(line =>
    /^(?:(\d+):[A-BD-Z]|\[(\d+)\]) \d\d \w{3} /.exec(line)?.slice(1).find(Boolean),
  );
  const last = pids.findLast(Boolean);
  const before = pids.findLastIndex(pid => pid !== undefined && pid !== last);
  return lines.slice(before + 1).join('\n');
}

/** Whether the server answered a graceful stop by refusing it, because it could not save its data (server.c, `prepareForShutdown`). */
export function refusedToStop(output: string): boolean {
  return /Error trying to save the DB, can't exit|can't exit|Errors trying to shut ?down/i.test(output);
}

/** A conf line that holds a password is only named, because what explains an end is shown and logged. */
export function withoutSecret(line: string): string {
  const secret =
    /^\s*(?:requirepass|masterauth|primaryauth|user|tls-(?:client-)?key-file-pass|sentinel\s+(?:auth-pass\s+\S+|sentinel-pass))\s/i;
  const found = secret.exec(line)?.[0];
  return found === undefined ? line : `${found.trim()} …`;
}
