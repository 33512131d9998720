import * as l10n from '@vscode/l10n';
import type { NodeRole, NodeState, PortOwner } from '../model/labState';

/** The role as a word inside a sentence. */
export function roleWord(role: NodeRole): string {
  switch (role) {
    case 'master':
      return l10n.t('master');
    case 'replica':
      return l10n.t('replica');
    case 'sentinel':
      return l10n.t('sentinel');
  }
}

/** The status as one word. */
export function statusWord(status: NodeState['status']): string {
  switch (status) {
    case 'stopped':
      return l10n.t('stopped');
    case 'starting':
      return l10n.t('starting');
    case 'running':
      return l10n.t('running');
    case 'frozen':
      return l10n.t('frozen');
    case 'crashed':
      return l10n.t('crashed');
    case 'unmanaged':
      return l10n.t('not started by this lab');
  }
}

/** `redis-server (pid 4711)`, with what is known of it. */
export function ownerText(owner: PortOwner): string {
  const name = owner.name ?? l10n.t('another program');
  return owner.pid === undefined ? name : l10n.t('{0} (pid {1})', name, owner.pid);
}

/** Grouped by thousands, the same in English and Korean: `48,211`. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

/** A moment as local wall-clock time, `12:03:41`. */
export function timeText(at: number): string {
  const time = new Date(at);
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map(part => String(part).padStart(2, '0'))
    .join(':');
}

/** A span in the largest sensible unit: `45 s`, `12 min`, `3 h`. */
export function durationText(seconds: number): string {
  if (seconds < 120) return l10n.t('{0} s', Math.round(seconds));
  if (seconds < 7_200) return l10n.t('{0} min', Math.round(seconds / 60));
  return l10n.t('{0} h', Math.round(seconds / 3_600));
}
