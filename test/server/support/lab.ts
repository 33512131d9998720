import path from 'node:path';
import { listenPortOf } from '../../../src/core/network/listenPort';
import { freePorts } from '../../support/freePorts';
import { until } from '../../support/until';
import { errorOf, outputOf, runCli, startCli, type CliOptions, type CliResult, type RunningCli } from './cli';
import { useLabFolder } from './labFolder';
import { processesIn } from './processes';
import { ask, infoField, masterKnownBy } from './redis';
import { readStatus, type LabStatus, type NodeStatus } from './status';

/** Milliseconds until a Sentinel takes a node for down: short, so that a failover takes seconds. */
const downAfter = 1_000;

export interface LabOptions {
  readonly replicas: number;
  readonly sentinels: number;
  /** Given through the environment; other ways have tests of their own. */
  readonly password?: string;
  /** The name of the lab's folder. */
  readonly folder?: string;
  /** Nodes reach each other through a network of the lab. */
  readonly network?: boolean;
  /** Further words for `create`. */
  readonly more?: readonly string[];
  /** Not to be created before the tests. */
  readonly isLater?: boolean;
}

/** A lab that is driven by its command line, and can be asked behind its back. */
export class TestLab {
  dir = '';
  ports: readonly number[] = [];

  constructor(readonly options: LabOptions) {}

  get serverPorts(): readonly number[] {
    return this.ports.slice(0, this.options.replicas + 1);
  }

  get sentinelPorts(): readonly number[] {
    return this.ports.slice(this.options.replicas + 1);
  }

  /** The first master. */
  get port(): number {
    return this.ports[0]!;
  }

  get password(): string | undefined {
    return this.options.password;
  }

  file(...parts: readonly string[]): string {
    return path.join(this.dir, ...parts);
  }

  /** The words of `create` for this lab. */
  createWords(): readonly string[] {
    const { replicas, sentinels, network, more = [] } = this.options;
    return [
      'create',
      this.dir,
      ...['--replicas', String(replicas), '--sentinels', String(sentinels), '--port', String(this.port)],
      ...(sentinels > 0 ? ['--sentinel-port', String(this.sentinelPorts[0])] : []),
      ...(network ? ['--network'] : []),
      ...['--down-after', String(downAfter), ...more],
    ];
  }

  async create(options: CliOptions = {}): Promise<void> {
    const env = this.password === undefined ? {} : { REDIS_HA_LAB_PASSWORD: this.password };
    outputOf(await runCli(this.createWords(), { env, ...options }));
  }

  /** `lab.run('stop', 'redis-20001')` is `redis-ha-lab stop DIR redis-20001`. */
  async run(command: string, ...words: readonly string[]): Promise<CliResult> {
    return runCli([command, this.dir, ...words]);
  }

  start(command: string, ...words: readonly string[]): RunningCli {
    return startCli([command, this.dir, ...words]);
  }

  /** What a command that must succeed printed. */
  async output(command: string, ...words: readonly string[]): Promise<string> {
    return outputOf(await this.run(command, ...words));
  }

  /** The message of a command that must fail. */
  async error(command: string, ...words: readonly string[]): Promise<string> {
    return errorOf(await this.run(command, ...words), 1);
  }

  async status(): Promise<LabStatus> {
    return readStatus(await this.output('status', '--json'));
  }

  async node(port: number): Promise<NodeStatus> {
    return this.nodeIn(await this.status(), port);
  }

  nodeIn(status: LabStatus, port: number): NodeStatus {
    const node = status.nodes.find(candidate => candidate.port === port);
    if (!node) throw new Error(`no node with port ${port} in ${JSON.stringify(status)}`);
    return node;
  }

  /** Asks one of its servers or Sentinels directly. */
  async ask(port: number, ...words: readonly string[]): Promise<unknown> {
    return ask(port, this.serverPorts.includes(port) ? this.password : undefined, ...words);
  }

  async info(port: number, field: string): Promise<string> {
    return infoField(port, this.serverPorts.includes(port) ? this.password : undefined, field);
  }

  /** Waits until every Sentinel has the same master and it says so itself; `not` is the one it may not be any more. */
  async agreedMaster({ not }: { readonly not?: number } = {}): Promise<number> {
    return until(
      'all Sentinels agree on the new master',
      async () => {
        const known = await Promise.all(this.sentinelPorts.map(port => masterKnownBy(port)));
        const [first] = known;
        const agree = known.every(({ port, flags }) => port === first?.port && flags === 'master');
        if (!first || !agree || first.port === not) return undefined;
        return (await this.info(first.port, 'role')) === 'master' ? first.port : undefined;
      },
      { timeout: 20_000 },
    );
  }

  /** The pids of its processes, by the system's list. */
  pids(): readonly number[] {
    return processesIn(this.dir).map(({ pid }) => pid);
  }
}

/** A lab for the tests of one `describe`; stopped after them, and then nothing of it may run any more. */
export function useLab(options: LabOptions): TestLab {
  const lab = new TestLab(options);
  const folder = useLabFolder(() => lab.run('down'));
  before('the lab is created', async () => {
    lab.dir = path.join(folder.dir, options.folder ?? 'lab');
    const count = options.replicas + 1 + options.sentinels;
    lab.ports = await freePorts(count, options.network ? listenPortOf : undefined);
    if (!options.isLater) await lab.create();
  });
  return lab;
}
