import * as l10n from '@vscode/l10n';
import type { ShownFault } from '../drill/activeFault';
import { isClient, nodesOfFault, type ConfigFault, type Link } from '../drill/fault';
import { findNode } from '../model/lab';
import type { LabState } from '../model/labState';
import { countText, timeText } from './words';

/** The faults that are on at this moment (milliseconds since 1970): some end by themselves, and nobody tells. */
export function faultsNow({ faults }: LabState, now: number): readonly ShownFault[] {
  return faults.filter(({ until }) => until === undefined || until > now);
}

/** Those of them that a node has a part in. */
export function faultsOfNode(state: LabState, node: string, now: number): readonly ShownFault[] {
  return faultsNow(state, now).filter(({ fault }) => nodesOfFault(fault).includes(node));
}

/** What is done to a lab, as a sentence without its end. */
export function faultText({ fault, until }: Pick<ShownFault, 'fault' | 'until'>): string {
  const end = timeText(until ?? 0);
  switch (fault.type) {
    case 'kill':
      return l10n.t('{0} was killed', fault.node);
    case 'stop':
      return l10n.t('{0} was stopped', fault.node);
    case 'start':
      return l10n.t('{0} was started', fault.node);
    case 'freeze':
      return l10n.t('{0} is frozen', fault.node);
    case 'resume':
      return l10n.t('{0} goes on', fault.node);
    case 'restart':
      return l10n.t('{0} was ended to be started again at once', fault.node);
    case 'pause':
      return fault.mode === 'write'
        ? l10n.t('clients that write to {0} wait until {1}', fault.node, end)
        : l10n.t('clients of {0} wait until {1}', fault.node, end);
    case 'sleep':
      return l10n.t('{0} sleeps until {1}', fault.node, end);
    case 'config':
      return l10n.t('{0} has {1}', fault.node, valuesText(fault));
    case 'unwritable':
      return l10n.t('{0} cannot save its data', fault.node);
    case 'disk-full':
      return l10n.t('{0} can write no file beyond {1} bytes', fault.node, countText(fault.bytes));
    case 'failover':
      return l10n.t('{0} was asked for a failover', fault.node);
    case 'cut':
      return fault.bothWays
        ? l10n.t('{0} and {1} are cut off from each other', ...ends(fault))
        : l10n.t('what {0} sends to {1} does not arrive', ...ends(fault));
    case 'delay':
      return fault.bothWays
        ? l10n.t('between {0} and {1} everything takes {2} ms longer', ...ends(fault), fault.milliseconds)
        : l10n.t('what {0} sends to {1} takes {2} ms longer', ...ends(fault), fault.milliseconds);
    case 'lossy':
      return fault.bothWays
        ? l10n.t('between {0} and {1} packets get lost ({2} %)', ...ends(fault), percent(fault.share))
        : l10n.t('packets from {0} to {1} get lost ({2} %)', ...ends(fault), percent(fault.share));
  }
}

/** The same for the row of a node; undefined where its status says it already. */
export function faultNote(state: LabState, node: string, { fault, until }: ShownFault): string | undefined {
  switch (fault.type) {
    case 'kill':
    case 'stop':
    case 'start':
    case 'freeze':
    case 'resume':
    case 'restart':
    case 'failover':
      return undefined;
    case 'pause':
      return l10n.t('clients wait until {0}', timeText(until ?? 0));
    case 'sleep':
      return l10n.t('sleeps until {0}', timeText(until ?? 0));
    case 'config':
      return l10n.t('set to {0}', valuesText(fault));
    case 'unwritable':
      return l10n.t('cannot save');
    case 'disk-full':
      return l10n.t('no file beyond {0} bytes', countText(fault.bytes));
    case 'cut':
      return comesFrom(fault, node)
        ? l10n.t('cut from {0}', otherEnd(state, fault, node))
        : l10n.t('cut to {0}', otherEnd(state, fault, node));
    case 'delay':
      return comesFrom(fault, node)
        ? l10n.t('{1} ms late from {0}', otherEnd(state, fault, node), fault.milliseconds)
        : l10n.t('{1} ms late to {0}', otherEnd(state, fault, node), fault.milliseconds);
    case 'lossy':
      return comesFrom(fault, node)
        ? l10n.t('{1} % lost from {0}', otherEnd(state, fault, node), percent(fault.share))
        : l10n.t('{1} % lost to {0}', otherEnd(state, fault, node), percent(fault.share));
  }
}

/** `replica-priority 0, repl-backlog-size 16kb`. */
function valuesText({ set }: ConfigFault): string {
  return Object.entries(set)
    .map(([name, value]) => `${name} ${value === '' ? '""' : value}`)
    .join(', ');
}

function comesFrom({ to, bothWays }: Link, node: string): boolean {
  return bothWays || to === node;
}

function otherEnd(state: LabState, { from, to }: Link, node: string): string {
  const end = from === node ? to : from;
  return String(findNode(state.lab, end)?.port ?? clientText(end));
}

function ends({ from, to }: Link): [string, string] {
  const name = (end: string): string => (isClient(end) ? clientText(end) : end);
  return [name(from), name(to)];
}

function clientText(end: string): string {
  return end === 'client' ? l10n.t('clients') : l10n.t('client {0}', end.slice('client:'.length));
}

function percent(share: number): number {
  return Math.round(share * 1_000) / 10;
}
