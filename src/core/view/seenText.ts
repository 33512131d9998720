import * as l10n from '@vscode/l10n';

/** What a drill waits for or expects to see of nodes, in the words that steps and expectations share. */

/** `+odown by sentinel:2`. */
export function toldBy(what: string, node: string | undefined): string {
  return node === undefined ? what : l10n.t('{0} by {1}', what, node);
}

/** A line of a log, by the id of its message. */
export function logText(message: string, node: string | undefined): string {
  return node === undefined
    ? l10n.t('message "{0}"', message)
    : l10n.t('message "{0}" in the log of {1}', message, node);
}

export function roleText(node: string, role: 'master' | 'replica'): string {
  return role === 'master' ? l10n.t('{0} is the master', node) : l10n.t('{0} is a replica', node);
}

/** The same with how many times, where that is more than once. */
export function often(text: string, times: number): string {
  return times > 1 ? l10n.t('{0}, {1} times', text, times) : text;
}
