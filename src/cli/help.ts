import * as l10n from '@vscode/l10n';
import type { CliCommand } from './context';

/** The help of the whole program. */
export function helpText(commands: readonly CliCommand[]): string {
  const width = Math.max(...commands.map(command => command.name.length));
  return [
    l10n.t('Usage: redis-ha-lab COMMAND [options]'),
    '',
    ...commands.map(command => `  ${command.name.padEnd(width)}  ${command.summary()}`),
    '',
    `  --lang en|ko  ${l10n.t('the language of the texts (default: that of the system)')}`,
    `  --help        ${l10n.t('this help, or that of one command')}`,
    '',
    l10n.t('NODE is a name (redis-6380), a port, or a role: master, replica, sentinel, leader.'),
  ].join('\n');
}

export function commandHelp(command: CliCommand): string {
  return `redis-ha-lab ${command.name} ${command.usage}\n\n${command.summary()}`;
}
