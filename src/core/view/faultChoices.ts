import * as l10n from '@vscode/l10n';
import type { Fault } from '../drill/fault';
import type { NodeState } from '../model/labState';

/** One way to break a node, for a list to choose from. */
export interface FaultChoice {
  readonly label: string;
  /** What it does, in the words of Redis or of the system. */
  readonly description: string;
  /** What will be seen. */
  readonly detail: string;
  readonly fault: Fault;
}

/** How long what ends by itself lasts: long enough for any usual `down-after-milliseconds`, in milliseconds. */
const pauseTime = 15_000;
/** More than the log of a young lab, in bytes. */
const diskSize = 1_000_000;
/** A password that is none. */
const wrongPassword = 'not-the-password';

/** What can be done to a node that runs, the most telling first. `windows`: processes cannot be frozen or limited there. */
export function faultChoices({ spec }: NodeState, windows: boolean): readonly FaultChoice[] {
  const node = spec.name;
  const process: readonly FaultChoice[] = [
    {
      label: l10n.t('Kill'),
      description: 'SIGKILL',
      detail: l10n.t('It crashes. Its connections break at once.'),
      fault: { type: 'kill', node },
    },
    {
      label: l10n.t('Freeze'),
      description: 'SIGSTOP',
      detail: l10n.t('It hangs: its connections stay, and nobody gets an answer.'),
      fault: { type: 'freeze', node },
    },
    {
      label: l10n.t('Restart at Once'),
      description: 'SIGKILL',
      detail: l10n.t('It is back before any Sentinel misses it, with what was saved.'),
      fault: { type: 'restart', node, how: 'kill' },
    },
  ];
  const possible = process.filter(({ fault }) => !windows || fault.type !== 'freeze');
  return spec.kind === 'sentinel'
    ? [...possible, ...sentinelChoices(node)]
    : [...possible, ...serverChoices(node, windows)];
}

function serverChoices(node: string, windows: boolean): readonly FaultChoice[] {
  const config = (set: Readonly<Record<string, string>>, reconnect = false): Fault => ({
    type: 'config',
    node,
    set,
    reconnect,
  });
  const disk: FaultChoice = {
    label: l10n.t('Full Disk'),
    description: 'RLIMIT_FSIZE 1 MB',
    detail: l10n.t('Dumps of more than 1 MB fail, and writes are refused then (MISCONF).'),
    fault: { type: 'disk-full', node, bytes: diskSize },
  };
  return [
    {
      label: l10n.t('Pause Clients for {0} s', pauseTime / 1_000),
      description: `CLIENT PAUSE ${pauseTime}`,
      detail: l10n.t('Commands of clients and Sentinels wait; replication goes on.'),
      fault: { type: 'pause', node, milliseconds: pauseTime, mode: 'all' },
    },
    {
      label: l10n.t('Sleep for {0} s', pauseTime / 1_000),
      description: `DEBUG SLEEP ${pauseTime / 1_000}`,
      detail: l10n.t('The whole server stands still, as in one very slow command.'),
      fault: { type: 'sleep', node, seconds: pauseTime / 1_000 },
    },
    {
      label: l10n.t('Priority 0'),
      description: 'CONFIG SET replica-priority 0',
      detail: l10n.t('As a replica it is never promoted.'),
      fault: config({ 'replica-priority': '0' }),
    },
    {
      label: l10n.t('Wrong Password for Its Master'),
      description: 'CONFIG SET masterauth',
      detail: l10n.t('As a replica it cannot come back to a master that wants a password.'),
      fault: config({ masterauth: wrongPassword }, true),
    },
    {
      label: l10n.t('Another Password'),
      description: 'CONFIG SET requirepass',
      detail: l10n.t('Clients, Sentinels and replicas are refused (NOAUTH, WRONGPASS).'),
      fault: config({ requirepass: wrongPassword }, true),
    },
    {
      label: l10n.t('Small Backlog'),
      description: 'CONFIG SET repl-backlog-size 16kb',
      detail: l10n.t('As a master it makes replicas that were away sync in full.'),
      fault: config({ 'repl-backlog-size': '16384' }),
    },
    {
      label: l10n.t('Unwritable Folder'),
      description: 'BGSAVE',
      detail: l10n.t('No dump can be saved, and writes are refused then (MISCONF).'),
      fault: { type: 'unwritable', node },
    },
    ...(windows ? [] : [disk]),
  ];
}

function sentinelChoices(node: string): readonly FaultChoice[] {
  const config = (set: Readonly<Record<string, string>>): Fault => ({
    type: 'config',
    node,
    set,
    reconnect: false,
  });
  return [
    {
      label: l10n.t('Ask for a Failover'),
      description: 'SENTINEL FAILOVER',
      detail: l10n.t('This Sentinel moves the master without asking the others.'),
      fault: { type: 'failover', node },
    },
    {
      label: l10n.t('Quorum out of Reach'),
      description: 'SENTINEL SET quorum 99',
      detail: l10n.t('It never sees enough others agree that the master is down.'),
      fault: config({ quorum: '99' }),
    },
    {
      label: l10n.t('Slow to Notice'),
      description: 'SENTINEL SET down-after-milliseconds 600000',
      detail: l10n.t('It takes the master for down only after ten minutes.'),
      fault: config({ 'down-after-milliseconds': '600000' }),
    },
  ];
}
