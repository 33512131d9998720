import type { Recognition } from '../log/logRecord';
import type { TextVariant } from './explainTexts';

/** Who won the election of an epoch; undefined where no file tells it. */
export type LeaderOfEpoch = (epoch: number) => string | undefined;

/** What the lines before say about one master, in the log of one Sentinel. */
interface MasterContext {
  elected: boolean;
  oldAddress: string | undefined;
  /** `+slave` lines right behind a switch list what was known before. */
  justSwitched: boolean;
}

/**
 * Follows the log of one node and tells in which situation a line was written, as far as its explanation depends on it. Feed it every
 * recognised line in order.
 */
export class LineContext {
  private readonly masters = new Map<string, MasterContext>();
  /** Votes name no master: these are about all of them. */
  private hasTried = false;
  private hasFollowed = false;

  constructor(
    private ownId: string | undefined,
    private readonly leaderOf: LeaderOfEpoch = () => undefined,
  ) {}

  /** Takes the next line, and gives the variants of its text that fit, best first. */
  read(said: Recognition): readonly TextVariant[] {
    if (said.event === undefined) return this.readMessage(said);
    const master = this.masterOf(said);
    const wasSwitched = master.justSwitched;
    master.justSwitched = false;
    switch (said.event) {
      case '+try-failover':
        master.elected = false;
        this.hasTried = true;
        return none;
      case '+vote-for-leader':
        return this.readVote(said);
      case '+elected-leader':
        master.elected = true;
        return none;
      case '-failover-abort-not-elected':
      case '-failover-abort-no-good-slave':
      case '-failover-abort-slave-timeout':
      case '-failover-abort-master-timeout':
        master.elected = false;
        this.hasFollowed = false;
        return none;
      case '+switch-master': {
        const variant: TextVariant = master.elected ? 'textLeader' : 'textFollower';
        master.elected = false;
        master.justSwitched = true;
        master.oldAddress = `${String(said.args['oldIp'])}:${String(said.args['oldPort'])}`;
        this.hasTried = false;
        this.hasFollowed = false;
        return [variant];
      }
      case '+slave':
        master.justSwitched = wasSwitched;
        return wasSwitched ? ['textAfterSwitch'] : none;
      case '+sdown':
      case '-sdown':
        return this.variantOfInstance(said, master);
      default:
        return none;
    }
  }

  private readMessage(said: Recognition): readonly TextVariant[] {
    switch (said.id) {
      case 'sentinel-id':
        this.ownId = String(said.args['id'] ?? this.ownId);
        return none;
      case 'voted':
        return this.leaderOf(Number(said.args['epoch'])) === said.args['candidate'] ? ['textWon'] : none;
      case 'next-failover-delay-i-will-not-start':
        return this.hasFollowed ? ['textFollower'] : this.hasTried ? ['textTrier'] : none;
      default:
        return none;
    }
  }

  private readVote(said: Recognition): readonly TextVariant[] {
    const leader = said.args['leader'];
    const isOwn = this.ownId === undefined ? this.hasTried && !this.hasFollowed : leader === this.ownId;
    this.hasFollowed = !isOwn;
    if (isOwn) this.hasTried = true;
    return [isOwn ? 'textSelf' : 'textOther'];
  }

  private variantOfInstance({ instance }: Recognition, master: MasterContext): readonly TextVariant[] {
    switch (instance?.type) {
      case 'master':
        return ['textMaster'];
      case 'sentinel':
        return ['textSentinel'];
      case 'slave':
        return `${instance.ip}:${instance.port}` === master.oldAddress
          ? ['textOldMaster', 'textReplica']
          : ['textReplica'];
      default:
        return none;
    }
  }

  private masterOf({ master, args }: Recognition): MasterContext {
    const name = master?.name ?? String(args['masterName'] ?? '');
    let known = this.masters.get(name);
    if (!known) {
      known = {
        elected: false,
        oldAddress: undefined,
        justSwitched: false,
      };
      this.masters.set(name, known);
    }
    return known;
  }
}

const none: readonly TextVariant[] = [];
