import * as l10n from '@vscode/l10n';
import { parseArgs } from 'node:util';
import { HumanError } from '../core/humanError';
import { ServerFinder } from '../node/serverFinder';
import { adopt } from './commands/adopt';
import { commands } from './commands/commands';
import { conf } from './commands/conf';
import { convert } from './commands/convert';
import { create } from './commands/create';
import { diagnose } from './commands/diagnose';
import { down } from './commands/down';
import { drill } from './commands/drill';
import { explain } from './commands/explain';
import { failover } from './commands/failover';
import { fault } from './commands/fault';
import { heal } from './commands/heal';
import { lint } from './commands/lint';
import { nodeCommands } from './commands/nodeCommands';
import { probe } from './commands/probe';
import { ready } from './commands/ready';
import { report } from './commands/report';
import { reset } from './commands/reset';
import { status } from './commands/status';
import { up } from './commands/up';
import type { CliArguments, CliCommand, CliContext } from './context';
import { commandHelp, helpText } from './help';
import { systemLanguage, useLanguage } from './language';
import { UsageError } from './usageError';

const allCommands: readonly CliCommand[] = [
  create,
  adopt,
  up,
  down,
  status,
  ...nodeCommands,
  failover,
  fault,
  heal,
  ready,
  drill,
  probe,
  reset,
  explain,
  report,
  diagnose,
  lint,
  conf,
  convert,
  commands,
];

/** Exit codes: 0 done, 1 the operation failed, 2 wrong usage or unreadable input. */
async function main(argv: readonly string[]): Promise<number> {
  const stop = new AbortController();
  // Kept, not `once`: while execa runs a program, it ends this one by the same signal when nobody else listens any more.
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(1);
    stop.abort(new HumanError(l10n.t('Interrupted.')));
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  // `explain … | head`: the reader has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const context: CliContext = {
    print: text => process.stdout.write(`${text}\n`),
    write: text =>
      new Promise(resolve => {
        if (text.length === 0) resolve();
        else process.stdout.write(text, () => resolve());
      }),
    tell: text => process.stderr.write(`${text}\n`),
    signal: stop.signal,
    finder: new ServerFinder(() => process.env['REDIS_HA_LAB_SERVER']),
  };
  try {
    return await run(argv, context);
  } catch (error) {
    context.tell(`redis-ha-lab: ${describe(error)}`);
    return error instanceof UsageError || isUnreadableInput(error) ? 2 : 1;
  }
}

async function run(argv: readonly string[], context: CliContext): Promise<number> {
  const [name, ...rest] = withoutLanguage(argv);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    context.print(helpText(allCommands));
    return name === undefined ? 2 : 0;
  }
  const command = allCommands.find(candidate => candidate.name === name);
  if (!command)
    throw new UsageError(l10n.t('There is no command "{0}". "redis-ha-lab --help" lists them.', name));
  if (rest.includes('--help') || rest.includes('-h')) {
    context.print(commandHelp(command));
    return 0;
  }
  return command.run(parse(command, rest), context);
}

/** `--lang` counts before and after the command. */
function withoutLanguage(argv: readonly string[]): readonly string[] {
  const at = argv.findIndex(word => word === '--lang' || word.startsWith('--lang='));
  const word = argv[at];
  const value = word === '--lang' ? argv[at + 1] : word?.slice('--lang='.length);
  if (at >= 0 && value !== 'en' && value !== 'ko') throw new UsageError(l10n.t('--lang takes en or ko.'));
  useLanguage(value === 'en' || value === 'ko' ? value : systemLanguage(), __dirname);
  return at < 0 ? argv : argv.toSpliced(at, word === '--lang' ? 2 : 1);
}

function parse(command: CliCommand, argv: readonly string[]): CliArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: command.options,
      allowPositionals: true,
      strict: true,
    });
    return { values: values as CliArguments['values'], positionals };
  } catch (error) {
    throw new UsageError(
      l10n.t(
        '{0} Usage: redis-ha-lab {1} {2}',
        (error as Error).message.replace(/\.?$/, '.'),
        command.name,
        command.usage,
      ),
    );
  }
}

/** A HumanError with a place is about a file that could not be read or understood. */
function isUnreadableInput(error: unknown): boolean {
  return error instanceof HumanError && error.details.place !== undefined && error.details.node === undefined;
}

function describe(error: unknown): string {
  if (error instanceof HumanError) return error.located;
  if (error instanceof UsageError) return error.message;
  return l10n.t('This should not have happened: {0}', error instanceof Error ? error.message : String(error));
}

void main(process.argv.slice(2)).then(code => {
  // Set, not exit(): what was printed into a pipe must get out first.
  process.exitCode = code;
});
