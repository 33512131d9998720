import { randomInt } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Opener } from '../../core/network/greeting';
import {
  clearLink,
  clientEnd,
  isCutOff,
  linkCondition,
  namedClient,
  unknownEnds,
  type LinkCondition,
  type LinkRule,
} from '../../core/network/linkRule';
import { seededRandom } from '../../core/network/loss';
import type { NetworkState } from '../../core/network/networkProtocol';
import type { Lab } from '../../core/model/lab';
import { Door } from './door';
import { Passage } from './passage';

/** Rules that one connection holds. */
export interface Lease {
  set(rules: readonly LinkRule[]): Promise<void>;
  end(): Promise<void>;
}

/** The network of one lab: a door for each node, and the rules for what passes. */
export class LabNetwork {
  private readonly doors = new Map<string, Door>();
  private readonly passages = new Set<Passage>();
  private readonly leases = new Map<symbol, readonly LinkRule[]>();
  private readonly conditions = new Map<string, LinkCondition>();
  private standing: readonly LinkRule[] = [];
  private nextSeed: number;

  /** `seed` makes what is lost on lossy links repeatable. */
  constructor(
    private lab: Lab,
    private readonly findSentinel: (id: string) => Promise<string | undefined>,
    seed = randomInt(2 ** 32),
  ) {
    this.nextSeed = seed;
    this.change(lab);
  }

  /** Takes over an edited lab.json. */
  change(lab: Lab): void {
    this.lab = lab;
    const wanted = new Map(lab.nodes.map(node => [node.name, node]));
    for (const [name, door] of this.doors) {
      if (wanted.has(name)) continue;
      door.close();
      this.doors.delete(name);
    }
    for (const { name, port, listenPort } of lab.nodes)
      if (!this.doors.has(name))
        this.doors.set(name, new Door(name, port, listenPort, client => this.take(name, listenPort, client)));
  }

  get state(): NetworkState {
    return {
      doors: [...this.doors.values()].map(({ node, port, isOpen }) => ({ node, port, isOpen })),
      rules: this.standing,
      leased: [...this.leases.values()].flat(),
      connections: [...this.passages].map(({ state }) => state),
    };
  }

  /** Whether no node takes connections, and nobody holds a rule. */
  get isIdle(): boolean {
    return this.leases.size === 0 && [...this.doors.values()].every(door => !door.isReached);
  }

  /** The nodes that took connections when they were last tried, and have none: nothing would tell that such a node is gone. */
  get silentNodes(): readonly string[] {
    const busy = new Set(Array.from(this.passages, ({ state }) => state.to));
    return [...this.doors.values()].flatMap(({ node, isReached }) =>
      isReached && !busy.has(node) ? [node] : [],
    );
  }

  /** The rules that hold until they are set anew. Done when they hold. */
  async setRules(rules: readonly LinkRule[]): Promise<void> {
    this.check(rules);
    this.standing = rules;
    await this.refresh();
  }

  lease(): Lease {
    const key = Symbol('lease');
    return {
      set: async rules => {
        this.check(rules);
        if (rules.length > 0) this.leases.set(key, rules);
        else this.leases.delete(key);
        await this.refresh();
      },
      end: async () => {
        if (this.leases.delete(key)) await this.refresh();
      },
    };
  }

  /** Done when those of these nodes that take connections are open to the others. */
  async open(nodes: readonly string[]): Promise<void> {
    await Promise.all(nodes.map(async name => this.doors.get(name)?.look()));
  }

  private check(rules: readonly LinkRule[]): void {
    const [unknown] = unknownEnds(rules, new Set(this.lab.nodes.map(({ name }) => name)));
    if (unknown !== undefined) throw new Error(`there is no node ${unknown}`);
  }

  private async refresh(): Promise<void> {
    this.conditions.clear();
    for (const passage of this.passages) passage.refresh();
    const rules = this.rules();
    await Promise.all([...this.doors.values()].map(async door => door.cutOff(isCutOff(rules, door.node))));
  }

  private rules(): readonly LinkRule[] {
    return [...this.standing, ...[...this.leases.values()].flat()];
  }

  private take(node: string, listenPort: number, client: Socket): void {
    const seed = this.nextSeed++;
    const passage: Passage = new Passage(client, {
      node,
      listenPort,
      random: seededRandom(seed),
      publicPort: port => this.lab.nodes.find(one => one.listenPort === port || one.port === port)?.port,
      endOf: async opener => this.endOf(opener),
      condition: (from, to) => this.condition(from, to),
      isCutOff: () => isCutOff(this.rules(), node),
      onRefused: () => void this.doors.get(node)?.look(),
      onClose: () => this.passages.delete(passage),
    });
    this.passages.add(passage);
  }

  private async endOf(opener: Opener): Promise<string> {
    if (opener.kind === 'sentinel') return (await this.findSentinel(opener.id)) ?? clientEnd;
    if (opener.kind === 'client') return opener.name === undefined ? clientEnd : namedClient(opener.name);
    const replica = this.lab.nodes.find(node => node.kind === 'server' && node.port === opener.port);
    return replica?.name ?? clientEnd;
  }

  private condition(from: string, to: string): LinkCondition {
    const key = `${from}\n${to}`;
    const known = this.conditions.get(key);
    if (known) return known;
    const rules = this.rules();
    const condition = rules.length === 0 ? clearLink : linkCondition(rules, from, to);
    this.conditions.set(key, condition);
    return condition;
  }

  close(): void {
    for (const door of this.doors.values()) door.close();
    for (const passage of this.passages) passage.destroy();
  }
}
