import { sentinelNodes, serverNodes, type Lab } from '../../src/core/model/lab';
import type { LabEvent } from '../../src/core/model/labEvent';
import { emptyState, type LabState, type NodeState } from '../../src/core/model/labState';
import { reduce } from '../../src/core/model/reduce';
import type { ExitRecord, ProcessLife } from '../../src/core/model/runRecord';
import { nodeAt } from './labs';

/** 2025-11-23 12:00:00 UTC: when a story begins. */
export const storyStart = Date.UTC(2025, 10, 23, 12);

/** What the fields of an INFO reply are, in the names of the protocol. */
export type InfoFields = Readonly<Record<string, string | number>>;

/** What one Sentinel says of the master, where it differs from a healthy lab. */
export interface SentinelSays {
  readonly master?: number;
  readonly epoch?: number;
  readonly flags?: string;
  readonly replicas?: number;
  readonly sentinels?: number;
  readonly ckquorum?: string;
  /** Of other Sentinels, by port: how long ago their last hello came, in milliseconds. */
  readonly hellos?: Readonly<Record<number, number>>;
  /** Further fields of SENTINEL MASTER, such as `down-after-milliseconds`. */
  readonly fields?: Readonly<Record<string, string>>;
}

export const quorumReached = 'OK 3 usable Sentinels. Quorum and failover authorization can be reached';

/**
 * Tells what happens to a lab as events, node by node (named by their ports), and keeps both the events and the state they lead to.
 * Every step takes 100 ms.
 */
export class LabStory {
  readonly events: LabEvent[] = [];
  state: LabState;
  now = storyStart;

  constructor(readonly lab: Lab) {
    this.state = emptyState(lab);
  }

  node(port: number): NodeState {
    const node = this.state.nodes[nodeAt(this.lab, port).name];
    if (!node) throw new Error(`no state of ${port}`);
    return node;
  }

  tell(event: LabEvent): this {
    this.events.push(event);
    this.state = reduce(this.state, event);
    this.now += 100;
    return this;
  }

  later(milliseconds: number): this {
    this.now += milliseconds;
    return this;
  }

  request(port: number, what: 'start' | 'stop' | undefined): this {
    return this.tell({ type: 'requested', node: this.name(port), what });
  }

  /** The process of a node as the system sees it. `runnerPid` undefined: started from the command line. */
  process(port: number, life: ProcessLife, pid = pidOf(port), runnerPid: number | undefined = 4_000): this {
    return this.observe(port, life, pid, undefined, runnerPid);
  }

  /** The process is gone and nobody had asked it to go. */
  crash(port: number, exit: Partial<ExitRecord> = {}, pid = pidOf(port)): this {
    const end = { pid, code: undefined, signal: undefined, reason: undefined, at: this.now, ...exit };
    return this.observe(port, 'gone', pid, end, 4_000);
  }

  /** The process is gone and its record with it, as after a stop on purpose. */
  gone(port: number): this {
    const process = { record: undefined, life: 'gone', exit: undefined } as const;
    return this.tell({ type: 'processObserved', node: this.name(port), at: this.now, process });
  }

  private observe(
    port: number,
    life: ProcessLife,
    pid: number,
    exit: ExitRecord | undefined,
    runnerPid: number | undefined,
  ): this {
    const record = {
      node: this.name(port),
      port,
      pid,
      startTime: `started-${pid}`,
      executable: '/usr/bin/redis-server',
      startedAt: storyStart,
      runnerPid,
    };
    return this.tell({
      type: 'processObserved',
      node: this.name(port),
      at: this.now,
      process: { record, life, exit },
    });
  }

  master(port: number, replicas: readonly number[] = [], fields: InfoFields = {}): this {
    const lines = replicas.map((replica, index) => [
      `slave${index}`,
      `ip=127.0.0.1,port=${replica},state=online,offset=48211,lag=0`,
    ]);
    return this.info(port, {
      role: 'master',
      connected_slaves: replicas.length,
      ...(Object.fromEntries(lines) as InfoFields),
      master_replid: 'a'.repeat(40),
      master_repl_offset: 48_211,
      ...fields,
    });
  }

  replica(port: number, of: number, fields: InfoFields = {}): this {
    return this.info(port, {
      role: 'slave',
      master_host: '127.0.0.1',
      master_port: of,
      master_link_status: 'up',
      master_last_io_seconds_ago: 0,
      master_sync_in_progress: 0,
      slave_repl_offset: 48_211,
      slave_priority: 100,
      master_replid: 'a'.repeat(40),
      ...fields,
    });
  }

  info(port: number, fields: InfoFields): this {
    return this.tell({
      type: 'infoReceived',
      node: this.name(port),
      at: this.now,
      text: infoText(port, fields),
    });
  }

  sentinel(port: number, says: SentinelSays = {}, fields: InfoFields = {}): this {
    const master = [
      ...['name', this.lab.masterName, 'ip', '127.0.0.1', 'port', String(says.master ?? 6379)],
      ...['flags', says.flags ?? 'master', 'config-epoch', String(says.epoch ?? 0)],
      ...[
        'num-slaves',
        String(says.replicas ?? 2),
        'num-other-sentinels',
        String(says.sentinels ?? 2),
        'quorum',
        says.fields?.['quorum'] ?? '2',
      ],
      ...Object.entries(says.fields ?? {}).flat(),
    ];
    return this.tell({
      type: 'sentinelReplied',
      node: this.name(port),
      at: this.now,
      info: infoText(port, { redis_mode: 'sentinel', ...fields }),
      master,
      ckquorum: says.ckquorum ?? quorumReached,
      ...(says.hellos
        ? {
            others: Object.entries(says.hellos).map(([other, ago]) => [
              ...['name', `id-${other}`, 'ip', '127.0.0.1', 'port', other],
              ...['last-hello-message', String(ago)],
            ]),
          }
        : {}),
    });
  }

  /** A message of a Sentinel as it comes over Pub/Sub. */
  hear(port: number, channel: string, message: string): this {
    return this.tell({ type: 'sentinelPublished', node: this.name(port), at: this.now, channel, message });
  }

  fails(port: number, failure: Extract<LabEvent, { type: 'connectionFailed' }>['failure'] = 'closed'): this {
    return this.tell({ type: 'connectionFailed', node: this.name(port), at: this.now, failure });
  }

  portOwner(port: number, owner: { name: string | undefined; pid: number | undefined } | undefined): this {
    return this.tell({ type: 'portOwnerFound', node: this.name(port), owner });
  }

  private name(port: number): string {
    return nodeAt(this.lab, port).name;
  }
}

/** Processes of a story have the pid `1` and their port, such as 16379. */
export function pidOf(port: number): number {
  return Number(`1${port}`);
}

/** The text of an INFO reply with these fields, as Redis 7.0 would send it. */
export function infoText(port: number, fields: InfoFields): string {
  const usual = {
    redis_version: '7.0.15',
    redis_mode: 'standalone',
    process_id: pidOf(port),
    run_id: String(port).padStart(40, 'f'),
    uptime_in_seconds: 65,
    loading: 0,
  };
  const lines = Object.entries({ ...usual, ...fields }).map(([name, value]) => `${name}:${value}`);
  return ['# Server', ...lines, ''].join('\r\n');
}

/** A lab of one master, two replicas and three Sentinels, started and complete: its first node is the master. */
export function startedStory(lab: Lab): LabStory {
  const story = new LabStory(lab);
  for (const node of lab.nodes) story.request(node.port, 'start').process(node.port, 'running');
  const [master = 0, ...replicas] = serverNodes(lab).map(({ port }) => port);
  for (const replica of replicas) story.replica(replica, master);
  story.master(master, replicas);
  for (const { port } of sentinelNodes(lab)) story.sentinel(port, { master });
  return story;
}

/** What a leader and two other Sentinels publish while 6380 takes over from a dead 6379; `from` is the leader. */
export function tellFailover(story: LabStory, from = 26379): LabStory {
  const master = 'master mymaster 127.0.0.1 6379';
  const chosen = 'slave 127.0.0.1:6380 127.0.0.1 6380 @ mymaster 127.0.0.1 6379';
  const others = [26379, 26380, 26381].filter(port => port !== from);
  for (const port of [from, ...others]) story.hear(port, '+sdown', master);
  story
    .hear(from, '+odown', `${master} #quorum 2/2`)
    .hear(from, '+new-epoch', '1')
    .hear(from, '+try-failover', master)
    .hear(from, '+vote-for-leader', `${'b'.repeat(40)} 1`);
  for (const port of others)
    story.hear(port, '+new-epoch', '1').hear(port, '+vote-for-leader', `${'b'.repeat(40)} 1`);
  story
    .hear(from, '+elected-leader', master)
    .hear(from, '+failover-state-select-slave', master)
    .hear(from, '+selected-slave', chosen)
    .hear(from, '+failover-state-send-slaveof-noone', chosen)
    .hear(from, '+failover-state-wait-promotion', chosen)
    .hear(from, '+promoted-slave', chosen)
    .hear(from, '+failover-state-reconf-slaves', master);
  return story;
}

/** The end of {@link tellFailover}: the leader announces the new master, then the others. */
export function tellSwitch(story: LabStory, from = 26379): LabStory {
  const moved = 'mymaster 127.0.0.1 6379 127.0.0.1 6380';
  story.hear(from, '+failover-end', 'master mymaster 127.0.0.1 6379').hear(from, '+switch-master', moved);
  for (const port of [26379, 26380, 26381].filter(other => other !== from)) {
    story
      .hear(
        port,
        '+config-update-from',
        `sentinel ${'b'.repeat(40)} 127.0.0.1 ${from} @ mymaster 127.0.0.1 6379`,
      )
      .hear(port, '+switch-master', moved);
  }
  return story;
}
