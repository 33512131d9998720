import type { Recognition } from '../log/logRecord';
import { majority } from '../model/lab';
import { versionIds } from './lineMeaning';
import type { ReplayLine } from './replayLine';
import type { Run } from './runs';
import { infoText, processFields, type Place } from './serverFacts';

/** What a Sentinel knew when its log begins. */
export interface SentinelStart {
  readonly master: Place | undefined;
  readonly epoch: number;
  readonly quorum: number;
  /** Addresses. */
  readonly replicas: readonly string[];
  readonly sentinels: readonly string[];
  /** Whether these are all it knew: false where its log speaks of others that are not among them. */
  readonly knowsAll: boolean;
}

/** What one Sentinel believes of the lab's master at one moment, from its own log. A new process reads it from its conf. */
export class SentinelFacts {
  version: string | undefined;
  isValkey = false;
  run: Run | undefined;
  master: Place | undefined;
  configEpoch: number;
  /** The newest epoch that it has heard of. */
  currentEpoch: number;
  private readonly flags = new Set<string>();
  private readonly replicas: Set<string>;
  /** Addresses of other Sentinels by the names under which this one speaks of them. */
  private readonly sentinels: Map<string, string>;
  private readonly downSentinels = new Set<string>();
  private readonly settings = new Map<string, string>();
  private isTilted = false;
  private readonly knowsAll: boolean;

  constructor(
    private readonly masterName: string,
    start: SentinelStart,
  ) {
    this.master = start.master;
    this.configEpoch = start.epoch;
    this.currentEpoch = start.epoch;
    this.replicas = new Set(start.replicas);
    this.sentinels = new Map(start.sentinels.map(address => [address, address]));
    this.settings.set('quorum', String(start.quorum));
    this.knowsAll = start.knowsAll;
  }

  /** Another process takes over what the conf has. */
  restart(run: Run): void {
    this.run = run;
    this.flags.clear();
    this.downSentinels.clear();
    this.isTilted = false;
  }

  /**
   * Takes the next line; gives whether it may have changed something. `epochOf` gives the epoch of the configuration that the Sentinel at
   * an address has, where that is known.
   */
  read({ record: { head, said } }: ReplayLine, epochOf: (address: string) => number | undefined): boolean {
    if (!said) return false;
    if (versionIds.has(said.id)) {
      this.version = String(said.args['version']);
      this.isValkey = head.message.startsWith('Valkey');
      return true;
    }
    return said.event !== undefined && this.isMine(said) && this.readEvent(said, epochOf);
  }

  private isMine({ instance, master, args }: Recognition): boolean {
    const name = instance?.type === 'master' ? instance.name : (master?.name ?? args['masterName']);
    return name === undefined || name === this.masterName;
  }

  private readEvent(
    { event, instance, args }: Recognition,
    epochOf: (address: string) => number | undefined,
  ): boolean {
    const address = instance ? `${instance.ip}:${instance.port}` : '';
    switch (event) {
      case '+new-epoch':
        this.currentEpoch = Math.max(this.currentEpoch, Number(args['epoch']));
        return true;
      case '+vote-for-leader':
        this.currentEpoch = Math.max(this.currentEpoch, Number(args['epoch']));
        return true;
      case '+sdown':
      case '-sdown':
        if (instance?.type === 'master') this.flag('s_down', event === '+sdown');
        if (instance?.type === 'sentinel') toggle(this.downSentinels, address, event === '+sdown');
        return true;
      case '+odown':
      case '-odown':
        this.flag('o_down', event === '+odown');
        return true;
      case '+try-failover':
        this.flag('failover_in_progress', true);
        return true;
      case '+promoted-slave':
        // The leader counts the new configuration before it gives up the old address (sentinel.c).
        this.configEpoch = this.currentEpoch;
        return true;
      case '-failover-abort-not-elected':
      case '-failover-abort-no-good-slave':
      case '-failover-abort-slave-timeout':
      case '-failover-abort-master-timeout':
      case '+failover-end':
        this.flag('failover_in_progress', false);
        return true;
      case '+config-update-from':
        this.configEpoch = epochOf(address) ?? this.currentEpoch;
        return true;
      case '+switch-master':
        this.moveTo({ host: String(args['newIp']), port: Number(args['newPort']) });
        return true;
      case '+monitor':
        this.master = instance && { host: instance.ip, port: instance.port };
        this.settings.set('quorum', String(args['quorum']));
        return true;
      case '-monitor':
        this.master = undefined;
        return true;
      case '+reset-master':
        this.moveTo(this.master);
        this.sentinels.clear();
        return true;
      case '+slave':
        this.replicas.add(address);
        return true;
      case '+sentinel':
        this.sentinels.set(instance?.name ?? '', address);
        return true;
      case '-dup-sentinel':
        for (const [name, known] of this.sentinels)
          if (name === args['runid'] || known === `${String(args['ip'])}:${String(args['port'])}`)
            this.sentinels.delete(name);
        return true;
      case '+set':
        this.readSetting(String(args['option']), String(args['value']));
        return true;
      case '+tilt':
      case '-tilt':
        this.isTilted = event === '+tilt';
        return true;
      default:
        return false;
    }
  }

  private readSetting(option: string, value: string): void {
    // The rest are scripts and passwords.
    if (/^\d+$/.test(value)) this.settings.set(option, value);
  }

  /** The table of replicas is made anew (sentinel.c, `sentinelResetMaster`): a line says each that goes into it. */
  private moveTo(place: Place | undefined): void {
    this.master = place;
    this.replicas.clear();
    this.flags.clear();
  }

  private flag(name: string, isOn: boolean): void {
    toggle(this.flags, name, isOn);
  }

  get info(): string {
    const { version, isValkey, run } = this;
    return infoText({
      ...(run ? processFields({ version, isValkey, run }) : {}),
      redis_mode: 'sentinel',
      sentinel_tilt: this.isTilted ? 1 : 0,
    });
  }

  /** As SENTINEL MASTER replies. */
  get reply(): readonly string[] {
    if (!this.master) return [];
    const fields = {
      name: this.masterName,
      ip: this.master.host,
      port: String(this.master.port),
      flags: ['master', ...this.flags].join(','),
      'config-epoch': String(this.configEpoch),
      'num-slaves': String(this.replicas.size),
      ...(this.knowsAll ? { 'num-other-sentinels': String(this.sentinels.size) } : {}),
    };
    return [...Object.entries(fields), ...this.settings].flat();
  }

  /** As SENTINEL CKQUORUM replies (sentinel.c, `sentinelIsQuorumReachable`); empty where the log does not tell. */
  get ckquorum(): string {
    if (!this.knowsAll) return '';
    const voters = this.sentinels.size + 1;
    const addresses = new Set(this.sentinels.values());
    const usable = voters - [...this.downSentinels].filter(address => addresses.has(address)).length;
    const problems = [
      ...(usable < Number(this.settings.get('quorum'))
        ? ['Not enough available Sentinels to reach the specified quorum for this master']
        : []),
      ...(usable < majority(voters)
        ? ['Not enough available Sentinels to reach the majority and authorize a failover']
        : []),
    ];
    return problems.length === 0
      ? `OK ${usable} usable Sentinels. Quorum and failover authorization can be reached`
      : `NOQUORUM ${usable} usable Sentinels. ${problems.join('. ')}`;
  }
}

function toggle(set: Set<string>, value: string, isOn: boolean): void {
  if (isOn) set.add(value);
  else set.delete(value);
}
