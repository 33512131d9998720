import { isoText } from '../log/lineTime';
import type { LineRole, LineTime } from '../log/logLine';
import type { StoryLine } from './storyLine';

/** What a data node was, from one moment to the next. Times are as the log has them; `to` is null while it lasts. */
export interface RoleSpan {
  readonly role: 'master' | 'replica';
  readonly from: string | null;
  readonly to: string | null;
  /** The first line that shows it. */
  readonly line: number;
}

interface Draft {
  readonly role: 'master' | 'replica';
  readonly line: number;
  readonly at: number;
  readonly from: LineTime | undefined;
  to: LineTime | undefined;
  isOver: boolean;
  /** That it is ready is all that speaks for it. */
  readonly isGuess: boolean;
  /** Somebody asked for it (REPLICAOF NO ONE). */
  isMeant: boolean;
}

/** How long after its start, in milliseconds, a node without role letters (2.8, Windows) may take to show that it is a replica. */
const startGrace = 5_000;

/**
 * While a replica is given another master it has none, and the lines of that moment have a master's letter (replication.c,
 * `replicationSetMaster`): a role that lasts no longer than this, in milliseconds, within another one is none.
 */
const changeTime = 5;

/**
 * Follows the role of one data node through its own log: the letter of each line tells it since 3.0; before, and on Windows, what the
 * lines say. A process that ends without a word is over at the last line that was read of it.
 */
export class RoleReader {
  private readonly spans: Draft[] = [];
  private lastTime: LineTime | undefined;

  /** Takes a line that says something. */
  read({ said, role, line, at, time }: StoryLine): void {
    switch (said.id) {
      case 'oo0ooo0ooo0oo-redis-starting-oo0ooo0ooo0oo':
      case 'server-started-redis-version-3-2-13':
        this.end(this.lastTime);
        break;
      case 'now-ready-exit-bye-bye':
        this.end(time);
        break;
      default: {
        const shown = roleOf(role) ?? (role === undefined ? roleByWords(said.id) : undefined);
        if (shown) this.show(shown, line, at, time, role === undefined && said.id === readyId);
        const last = this.spans.at(-1);
        if (last && said.id === masterModeId) last.isMeant = true;
      }
    }
    this.lastTime = time ?? this.lastTime;
  }

  /** Takes the role letter of a line that says nothing else. */
  readLetter(role: LineRole | undefined, line: number, at: number, time: LineTime | undefined): void {
    const shown = roleOf(role);
    if (shown) this.show(shown, line, at, time);
    this.lastTime = time ?? this.lastTime;
  }

  finish(): readonly RoleSpan[] {
    return this.spans.map(({ role, line, from, to }) => ({
      role,
      from: from ? isoText(from) : null,
      to: to ? isoText(to) : null,
      line,
    }));
  }

  private show(
    role: 'master' | 'replica',
    line: number,
    at: number,
    time: LineTime | undefined,
    isGuess = false,
  ): void {
    const last = this.spans.at(-1);
    if (last && !last.isOver) {
      if (last.role === role) return;
      const before = this.spans.at(-2);
      if (before?.role === role && !last.isMeant && before.to === last.from && at - last.at <= changeTime) {
        this.spans.pop();
        before.to = undefined;
        before.isOver = false;
        return;
      }
      // Every node begins to accept connections before it turns to its master.
      if (last.isGuess && at - last.at < startGrace) this.spans.pop();
      else this.end(time);
    }
    this.spans.push({ role, line, at, from: time, to: undefined, isOver: false, isGuess, isMeant: false });
  }

  private end(time: LineTime | undefined): void {
    const last = this.spans.at(-1);
    if (!last || last.isOver) return;
    last.to = time;
    last.isOver = true;
  }
}

function roleOf(role: LineRole | undefined): 'master' | 'replica' | undefined {
  return role === 'master' || role === 'replica' ? role : undefined;
}

const readyId = 'ready-accept-connections';
const masterModeId = 'master-mode-enabled-user-request';

/** What a line without a role letter shows of the node that wrote it. */
function roleByWords(id: string): 'master' | 'replica' | undefined {
  switch (id) {
    case readyId:
    case masterModeId:
    case 'replica-asks-synchronization':
      return 'master';
    case 'replicaof-enabled-user-request':
    case 'connecting-master':
    case 'master-replica-sync-started':
      return 'replica';
    default:
      return undefined;
  }
}
