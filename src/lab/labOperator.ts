import * as l10n from '@vscode/l10n';
import { HumanError } from '../core/humanError';
import type { NodeSpec } from '../core/model/lab';
import { isAlive, nodeOf, nodesOf, type LabState, type NodeState } from '../core/model/labState';
import { notReady } from '../core/model/readiness';
import type { LabSession } from './labSession';
import type { LabFaults, LabFiles, NodeControl } from './ports';
import { waitFor } from './waitFor';

/** Where a long command tells how far it is. `done` and `total` count steps. */
export type Report = (progress: {
  readonly text: string;
  readonly done: number;
  readonly total: number;
}) => void;

export interface OperationOptions {
  readonly signal: AbortSignal;
  readonly report: Report;
  /** Told what the person should know although the work goes on. */
  readonly warn: (text: string) => void;
}

/** How long a node may take until it answers, and links and Sentinels until they are ready, in milliseconds. */
const answerTime = 30_000;
const readyTime = 60_000;

/** The commands on a running lab: start, stop and the faults. It acts through a {@link NodeControl} and watches the state for the result. */
export class LabOperator {
  constructor(
    private readonly session: LabSession,
    private readonly control: NodeControl,
    private readonly files: LabFiles,
    private readonly faults?: LabFaults,
  ) {}

  private get state(): LabState {
    return this.session.store.state;
  }

  /**
   * Starts what does not run, in the order that is ready soonest: masters, replicas, wait for the links, Sentinels, wait until ready.
   * A lab that already runs is only waited for.
   */
  async startLab(options: OperationOptions): Promise<void> {
    await this.eagerly(async () => {
      const { lab } = this.state;
      const missing = lab.nodes.filter(node => !this.isUp(node));
      await this.prepare(missing, options);
      await this.startNetwork();
      const order = await this.files.startOrder();
      const total = 5;
      options.report({ text: l10n.t('starting the master'), done: 0, total });
      await this.startGroup(order.masters, options);
      options.report({ text: l10n.t('starting the replicas'), done: 1, total });
      await this.startGroup(order.replicas, options);
      options.report({ text: l10n.t('waiting for the links'), done: 2, total });
      await this.waitForLinks(order.replicas, options.signal);
      options.report({ text: l10n.t('starting the Sentinels'), done: 3, total });
      await this.startGroup(order.sentinels, options);
      options.report({ text: l10n.t('waiting until the Sentinels know each other'), done: 4, total });
      await this.waitUntilReady(options.signal);
    });
  }

  /** Starts these nodes together and waits until each answers. */
  async startNodes(nodes: readonly NodeSpec[], options: OperationOptions): Promise<void> {
    await this.eagerly(async () => {
      const missing = nodes.filter(node => !this.isUp(node));
      await this.prepare(missing, options);
      await this.startNetwork();
      await this.startGroup(missing, options);
    });
  }

  /**
   * Sentinels first, so that none of them takes the end of the master for a failure. A node of somebody else is left alone. Faults are
   * undone before: a server that cannot save, for one, refuses to stop.
   */
  async stopLab(options: OperationOptions): Promise<void> {
    const nodes = nodesOf(this.state);
    const isMaster = (node: NodeState): boolean => node.role === 'master';
    await this.eagerly(async () => {
      await this.faults?.undoAll({ start: false });
      await this.stopGroup(
        nodes.filter(node => node.spec.kind === 'sentinel').map(node => node.spec),
        options,
      );
      await this.stopGroup(
        nodes.filter(node => node.spec.kind === 'server' && !isMaster(node)).map(node => node.spec),
        options,
      );
      await this.stopGroup(
        nodes.filter(node => node.spec.kind === 'server' && isMaster(node)).map(node => node.spec),
        options,
      );
      // What could not be undone in a server that did not answer can be in its files, or ended with it.
      const left = (await this.faults?.undoAll({ start: false }))?.left ?? [];
      for (const { reason } of left) options.warn(reason.message);
      // Also where lab.json has no network any more.
      await this.control.network?.stop();
      await this.session.observe();
    });
  }

  async stopNodes(nodes: readonly NodeSpec[], options: OperationOptions): Promise<void> {
    const foreign = nodes.find(node => nodeOf(this.state, node.name)?.status === 'unmanaged');
    if (foreign && nodes.length === 1) {
      throw new HumanError(l10n.t('{0} does not run, or was not started by this lab.', foreign.name), {
        node: foreign.name,
      });
    }
    await this.eagerly(() => this.stopGroup(nodes, options));
  }

  async restartNodes(nodes: readonly NodeSpec[], options: OperationOptions): Promise<void> {
    await this.stopNodes(nodes, options);
    await this.startNodes(nodes, options);
  }

  async killNode(node: NodeSpec): Promise<void> {
    await this.eagerly(async () => {
      await this.control.kill(node);
      await this.session.observe();
    });
  }

  async freezeNode(node: NodeSpec): Promise<void> {
    await this.eagerly(async () => {
      await this.control.freeze(node);
      await this.session.observe();
    });
  }

  async resumeNode(node: NodeSpec): Promise<void> {
    await this.eagerly(async () => {
      await this.control.resume(node);
      await this.session.observe();
    });
  }

  /** Waits until nothing is missing; the error names what still is. */
  async waitUntilReady(signal: AbortSignal): Promise<void> {
    await this.eagerly(async () => {
      const isDone = (): boolean => {
        this.throwIfCrashed(this.state.lab.nodes);
        return notReady(this.state).length === 0;
      };
      await waitFor(this.session.store, isDone, {
        signal,
        milliseconds: readyTime,
        late: () =>
          l10n.t(
            'The lab "{0}" is not ready after {1} s: {2}.',
            this.state.lab.name,
            readyTime / 1_000,
            notReady(this.state).join('; '),
          ),
      });
    });
  }

  private async prepare(nodes: readonly NodeSpec[], { warn }: OperationOptions): Promise<void> {
    for (const note of await this.files.prepare(nodes)) warn(note);
  }

  /** Before any node: what a node cannot reach at its start it tries again only after a while. */
  private async startNetwork(): Promise<void> {
    if (!this.state.lab.network) return;
    await this.control.network?.start();
    await this.session.observe();
  }

  private async startGroup(nodes: readonly NodeSpec[], { signal }: OperationOptions): Promise<void> {
    const missing = nodes.filter(node => !this.isUp(node));
    // Who clicks twice starts once: the second time only waits.
    const fresh = missing.filter(node => nodeOf(this.state, node.name)?.requested !== 'start');
    try {
      for (const node of fresh)
        this.session.store.dispatch({ type: 'requested', node: node.name, what: 'start' });
      await Promise.all(fresh.map(node => this.control.start(node)));
      await this.session.observe();
      await this.waitForAnswers(missing, signal);
      await this.control.network?.open(missing);
    } catch (error) {
      for (const node of fresh)
        this.session.store.dispatch({ type: 'requested', node: node.name, what: undefined });
      throw error;
    }
  }

  private async waitForAnswers(nodes: readonly NodeSpec[], signal: AbortSignal): Promise<void> {
    const answers = (node: NodeSpec): boolean => {
      const state = nodeOf(this.state, node.name);
      if (state?.status === 'unmanaged') throw new EndedEarly(node);
      return state?.status === 'running' && state.answers && state.info?.loading === false;
    };
    const isDone = (): boolean => {
      this.throwIfCrashed(nodes);
      return nodes.every(answers);
    };
    await waitFor(this.session.store, isDone, {
      signal,
      milliseconds: answerTime,
      late: () =>
        l10n.t(
          '{0} does not answer after {1} s. Its log may say why.',
          nodes.find(node => !answers(node))?.name ?? '',
          answerTime / 1_000,
        ),
    });
  }

  private async waitForLinks(replicas: readonly NodeSpec[], signal: AbortSignal): Promise<void> {
    const linked = (node: NodeSpec): boolean => {
      const info = nodeOf(this.state, node.name)?.info;
      return info?.role === 'master' || info?.linkStatus === 'up';
    };
    const isDone = (): boolean => {
      this.throwIfCrashed(replicas);
      return replicas.every(linked);
    };
    await waitFor(this.session.store, isDone, {
      signal,
      milliseconds: readyTime,
      late: () =>
        l10n.t(
          'The link of {0} to its master is still down after {1} s. Its log may say why.',
          replicas.find(node => !linked(node))?.name ?? '',
          readyTime / 1_000,
        ),
    });
  }

  private throwIfCrashed(nodes: readonly NodeSpec[]): void {
    const crashed = nodes.find(node => {
      const state = nodeOf(this.state, node.name);
      return state !== undefined && state.process.life === 'gone' && state.process.record !== undefined;
    });
    if (crashed) throw new EndedEarly(crashed);
  }

  private async explain(node: NodeSpec): Promise<HumanError> {
    const reason = nodeOf(this.state, node.name)?.process.exit?.reason ?? (await this.files.explainEnd(node));
    const message =
      reason === undefined
        ? l10n.t('{0} ended right after its start. Its log may say why.', node.name)
        : l10n.t('{0} did not start. {1}', node.name, reason);
    return new HumanError(message, { node: node.name, remedy: 'openLog' });
  }

  private async stopGroup(nodes: readonly NodeSpec[], { report }: OperationOptions): Promise<void> {
    const own = nodes.filter(node => nodeOf(this.state, node.name)?.process.record !== undefined);
    if (own.length === 0) return;
    report({ text: l10n.t('stopping {0}', own.map(node => node.name).join(', ')), done: 0, total: 1 });
    for (const node of own) this.session.store.dispatch({ type: 'requested', node: node.name, what: 'stop' });
    try {
      await Promise.all(own.map(node => this.control.stop(node)));
    } finally {
      await this.session.observe();
      for (const node of own)
        this.session.store.dispatch({ type: 'requested', node: node.name, what: undefined });
    }
  }

  private isUp(node: NodeSpec): boolean {
    const state = nodeOf(this.state, node.name);
    return state !== undefined && isAlive(state) && state.process.life !== 'gone';
  }

  private async eagerly<T>(work: () => Promise<T>): Promise<T> {
    const hold = this.session.hold('eager');
    try {
      return await work();
    } catch (error) {
      throw error instanceof EndedEarly ? await this.explain(error.node) : error;
    } finally {
      hold.dispose();
      void this.session.refresh();
    }
  }
}

/** A node was gone before it answered; turned into words once its log has been read. */
class EndedEarly extends Error {
  constructor(readonly node: NodeSpec) {
    super(`${node.name} ended early`);
  }
}
