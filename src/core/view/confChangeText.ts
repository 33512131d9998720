import * as l10n from '@vscode/l10n';
import type { ChangeAuthor, ChangeReason, ConfChange, CopyAdvice } from '../conf/confChanges';

/** What a person reads about one change: short for the end of a line, and whole sentences. */
export interface ChangeText {
  /** `Sentinel · never copy`. */
  readonly short: string;
  /** Who wrote it and why. */
  readonly why: string;
  readonly copy: string;
}

export function changeText(change: ConfChange): ChangeText {
  const { author, reason, copy } = change;
  return {
    short: `${authorText(author)} · ${copyLabel(copy)}`,
    why: reasonText(reason, change),
    copy: copyText(copy),
  };
}

/** One line for a list: `+ sentinel myid …` with its label. Passwords are left out. */
export function changeLine(change: ConfChange): string {
  const { first, now, kind } = change;
  const text = (line: typeof first): string => (line ? withoutSecrets(line.text.trim()) : '');
  const what =
    first && now
      ? `~ ${text(first)}  ->  ${text(now)}`
      : kind === 'removed' || !now
        ? `- ${text(first)}`
        : `+ ${text(now)}`;
  const { short, why } = changeText(change);
  return `${what}\n    ${short}: ${why}`;
}

/** The whole list as Markdown, a table with a row for each change. Passwords are left out. */
export function changesMarkdown(title: string, changes: readonly ConfChange[]): string {
  const head = [l10n.t('Line'), l10n.t('Change'), l10n.t('Written by'), l10n.t('Copy'), l10n.t('Why')];
  const rows = changes.map(change => {
    const { first, now } = change;
    const code = (sign: string, line: typeof first): string[] =>
      line ? [`${sign} ${codeSpan(withoutSecrets(line.text.trim()))}`] : [];
    const what = [...code('−', first), ...code('+', now)].join('<br>');
    const { why } = changeText(change);
    return [now ? String(now.line) : '', what, authorText(change.author), copyLabel(change.copy), why];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [line(head), line(head.map(() => '---')), ...rows.map(line)];
  return [`# ${title}`, '', changeSummary(changes), '', ...(rows.length > 0 ? table : []), ''].join('\n');
}

/** A line of a conf inside a table of Markdown: whatever is in it, it stays code. */
function codeSpan(text: string): string {
  const escaped = text.replace(/[&<>|`\\*_[\]~]/g, char => `&#${char.charCodeAt(0)};`);
  return `<code>${escaped}</code>`;
}

/** How many changes there are by each author, in one line. */
export function changeSummary(changes: readonly ConfChange[]): string {
  if (changes.length === 0) return l10n.t('The conf still has its first form.');
  const authors: readonly ChangeAuthor[] = ['sentinel', 'server', 'person', 'unknown'];
  const parts = authors.flatMap(author => {
    const count = changes.filter(change => change.author === author).length;
    return count === 0 ? [] : [`${authorText(author)} ${count}`];
  });
  return l10n.t('{0} changes since the first form: {1}', changes.length, parts.join(', '));
}

export function authorText(author: ChangeAuthor): string {
  switch (author) {
    case 'sentinel':
      return 'Sentinel';
    case 'server':
      return 'CONFIG REWRITE';
    case 'person':
      return l10n.t('a person');
    case 'unknown':
      return l10n.t('a command or a person');
  }
}

export function copyLabel(copy: CopyAdvice): string {
  switch (copy) {
    case 'safe':
      return l10n.t('safe to copy');
    case 'same-version':
      return l10n.t('copy to the same version only');
    case 'never':
      return l10n.t('never copy');
  }
}

function copyText(copy: CopyAdvice): string {
  switch (copy) {
    case 'safe':
      return l10n.t('Every node of every version may have this line.');
    case 'same-version':
      return l10n.t('Older servers may not know this line and would not start with it.');
    case 'never':
      return l10n.t('It fits this node alone: do not copy it into the conf of another.');
  }
}

function reasonText(reason: ChangeReason, { kind }: ConfChange): string {
  switch (reason) {
    case 'own-id':
      return l10n.t(
        'The id that this Sentinel gave itself at its first start. Two Sentinels with one id take each other for one.',
      );
    case 'known-nodes':
      return l10n.t(
        'Another node that this Sentinel has found. It writes it down to know it after a restart.',
      );
    case 'epoch':
      return l10n.t(
        'How many elections and failovers this Sentinel has seen. Of two Sentinels, the one with the higher epoch is right about the master.',
      );
    case 'monitor-moved':
      return l10n.t('A failover moved the master, and the Sentinel wrote down its new address.');
    case 'default-left-out':
      return l10n.t(
        'The value is the built-in one, and Sentinel leaves such lines out. Nothing changes by it.',
      );
    case 'default-written':
      return l10n.t('A built-in value, written out. Nothing changes by it.');
    case 'marker':
      return l10n.t('What the server adds by itself stands below this line.');
    case 'became-master':
      return l10n.t('This node was made the master (REPLICAOF NO ONE), so the line was taken away.');
    case 'became-replica':
      return l10n.t('This node was made a replica of the new master (REPLICAOF).');
    case 'follows-other':
      return l10n.t('After a failover this replica follows the new master.');
    case 'work-folder':
      return l10n.t('The folder in which the server was started, written as a whole path.');
    case 'user':
      return l10n.t(
        'The users of the server with their rights, as ACL knows them. A user with a password has its hash here.',
      );
    case 'respelled':
      return l10n.t(
        'The same meaning, in the way the server writes it (quotes, newer names, another place).',
      );
    case 'comment':
      return l10n.t('A server never writes or removes comments; somebody edited the file.');
    case 'edited':
      return kind === 'removed'
        ? l10n.t('The line was taken away: by hand, or with CONFIG SET or SENTINEL SET and a rewrite.')
        : l10n.t('The value was set: by hand, or with CONFIG SET or SENTINEL SET and a rewrite.');
  }
}

/** A line of a conf without the password in it. */
function withoutSecrets(text: string): string {
  return text
    .replace(/^((?:requirepass|masterauth|primaryauth|tls-[\w-]*key-file-pass)\s+).*$/i, '$1***')
    .replace(/^(sentinel\s+(?:auth-pass|sentinel-pass)\s+)(\S+\s+)?\S.*$/i, '$1$2***')
    .replace(/(^user\s.*?\s)?([#>])(?!\s)\S+/g, (all, user: string | undefined, sign: string) =>
      /^user\s/i.test(text) ? `${user ?? ''}${sign}***` : all,
    );
}
