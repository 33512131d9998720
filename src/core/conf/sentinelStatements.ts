/** Settings of one master, by their sub-command: a second one about the same master takes the place of the first. */
const settings: readonly string[] = [
  'down-after-milliseconds',
  'failover-timeout',
  'parallel-syncs',
  'auth-pass',
  'auth-user',
  'notification-script',
  'client-reconfig-script',
  'master-reboot-down-after-period',
];

/** What else a Sentinel's conf says about one master: what the Sentinel knows of it, and names of commands. */
const others: readonly string[] = [
  'config-epoch',
  'leader-epoch',
  'known-slave',
  'known-replica',
  'known-sentinel',
  'rename-command',
];

const named = (options: readonly string[]): ReadonlySet<string> =>
  new Set(options.map(option => `sentinel ${option}`));

/** Statements such as `sentinel auth-pass` that need the `sentinel monitor` of the master that they name. */
export const needsMonitor: ReadonlySet<string> = named([...settings, ...others]);

/** Statements of which one for a master is enough: of two, the last one counts. */
export const oncePerMaster: ReadonlySet<string> = named(['monitor', ...settings]);
