import * as l10n from '@vscode/l10n';
import { keepsSecret } from '../../core/conf/editor/confOutline';
import { hiddenValue } from '../../core/drill/activeFault';
import { causeOf } from '../../core/drill/drillCause';
import type { DrillNode, DrillProbe, DrillRecord, StepRecord } from '../../core/drill/drillRecord';
import { predictFailover, type FailoverPrediction } from '../../core/drill/prediction';
import type { ReadyLight } from '../../core/drill/readyLight';
import type { Scenario } from '../../core/drill/scenario';
import { expectedRefs } from '../../core/drill/scenarioRefs';
import type { Step } from '../../core/drill/scenarioSteps';
import { HumanError } from '../../core/humanError';
import { findNode, type Lab } from '../../core/model/lab';
import { masterPort, nodesOf } from '../../core/model/labState';
import { makeLedger } from '../../core/probe/ledger';
import { stepText } from '../../core/view/stepText';
import type { DrillPorts } from './drillPorts';
import { DrillScene } from './drillScene';
import { doStep } from './drillSteps';
import { waitForLight } from './drillWaits';
import { ProbeWatch } from './probeWatch';
import { promotionsIn } from './promotions';
import { waitUntil } from './waitUntil';
import { pause } from './pause';

/** How long the ready light may take, in milliseconds; twice the usual failover-timeout can be part of it. */
const readyTime = 90_000;
/** How long the probe may take until every client writes, in milliseconds. */
const probeTime = 10_000;
/** How long a failover that runs may take until it ends, and a master until it is there again, in milliseconds. */
const endTime = 60_000;
/** How long replicas may take to have what the master has, and a master to take writes again, in milliseconds. */
const keysTime = 10_000;
const keysInterval = 100;

/** How a drill is done. */
export interface DrillOptions {
  readonly signal: AbortSignal;
  /** Begins although the ready light is off. */
  readonly anyway?: boolean;
  /** What a person can do where they are when the lab does not get ready: one sentence that ends the message. */
  readonly ifNotReady?: string;
  /** The node that a person expects to be promoted. */
  readonly guess?: string;
  /** What was written stays in the lab, so that others can look for it. */
  readonly keep?: boolean;
  /** Told what comes next. */
  readonly report: (text: string) => void;
  /** Called when all is measured, before what was written is taken away: for those who count themselves. */
  readonly beforeCleanUp?: (record: DrillRecord) => Promise<void>;
}

/** Does one scenario in one lab. Whatever happens, all faults are undone and the probe is ended when it is over. */
export class DrillRunner {
  constructor(private readonly ports: DrillPorts) {}

  /** What the scenario's failover would be now; undefined where it has none. */
  async predict(scenario: Scenario): Promise<FailoverPrediction | undefined> {
    const cause = causeOf(scenario)?.cause;
    if (!cause) return undefined;
    const { ports } = this;
    await ports.session.refresh();
    return predictFailover(ports.session.store.state, ports.now(), {
      cause,
      ...(await ports.readyFacts()),
    });
  }

  /** Throws a HumanError where the drill could not even begin, and what the signal says when it was cancelled. */
  async run(scenario: Scenario, options: DrillOptions): Promise<DrillRecord> {
    const hold = this.ports.session.hold('brisk');
    try {
      return await new OneDrill(this, this.ports, scenario, options).run();
    } finally {
      hold.dispose();
    }
  }
}

/** One drill while it runs. */
class OneDrill {
  private readonly scene: DrillScene;
  private readonly startedAt: number;
  private readonly steps: StepRecord[] = [];
  private light: ReadyLight | undefined;
  private waitedMs = 0;
  private prediction: FailoverPrediction | undefined;
  private faultAt: number | undefined;
  private failure: string | undefined;

  constructor(
    private readonly runner: DrillRunner,
    private readonly ports: DrillPorts,
    private readonly scenario: Scenario,
    private readonly options: DrillOptions,
  ) {
    this.scene = new DrillScene(ports, options.signal);
    this.startedAt = ports.now();
  }

  async run(): Promise<DrillRecord> {
    try {
      return await this.drill();
    } catch (error) {
      this.scene.probe?.probe.kill();
      await this.ports.faults.undoAll();
      await this.removeKeys().catch(() => {});
      throw error;
    } finally {
      this.scene.probe?.dispose();
      this.ports.logs.dispose();
    }
  }

  private async drill(): Promise<DrillRecord> {
    const { scene, ports, scenario, options } = this;
    await ports.session.refresh();
    await ports.logs.start();
    scene.rememberMaster();
    await this.doSteps('prepare', scenario.prepare);
    if (this.failure !== undefined) throw new HumanError(this.failure);
    await this.waitUntilReady();
    scene.rememberMaster();
    this.prediction = await this.runner.predict(scenario);
    await this.startProbe();
    await ports.logs.catchUp();
    scene.forgetLines();
    const firstRefs = scene.refTable(expectedRefs(scenario));
    const actAt = ports.now();
    await this.doSteps('act', scenario.act);
    await this.waitForTheEnd();
    const storyEndedAt = ports.now();
    const record = await scene.probe?.probe.stop();
    await ports.logs.catchUp();
    const lines = scene.lines;
    options.report(l10n.t('undoing the faults'));
    const { left } = await ports.faults.undoAll();
    const master = await this.finalMaster();
    options.report(l10n.t('looking for every write'));
    const probe = record && {
      ledger: makeLedger(record),
      verification:
        master && (await ports.verify(master, record, promotionsIn(lines, record, scene.firstMaster?.port))),
    };
    const result = await this.result(probe, { actAt, storyEndedAt, firstRefs });
    const complete: DrillRecord = {
      ...result,
      lines,
      leftFaults: left.map(({ reason }) => reason.message),
    };
    await options.beforeCleanUp?.(complete);
    if (options.keep !== true) {
      await this.cleanUp(async () => {
        await this.removeKeys();
        if (record && master) await ports.removeProbeKeys(master, record);
      });
    }
    return complete;
  }

  private async doSteps(part: StepRecord['part'], steps: readonly Step[]): Promise<void> {
    const cause = part === 'act' ? causeOf(this.scenario) : undefined;
    for (const [index, step] of steps.entries()) {
      if (this.failure !== undefined) return;
      if (index === cause?.step) {
        // What was done before has changed who can vote and who can be promoted.
        if (index > 0) this.prediction = await this.runner.predict(this.scenario);
        this.faultAt = this.ports.now();
      }
      const text = stepText(step);
      this.options.report(step.kind === 'wait' ? l10n.t('waiting: {0}', text) : text);
      const done = await doStep(part, step, this.scene);
      this.steps.push(done);
      if (done.end !== 'done') this.failure = done.message;
    }
  }

  private async waitUntilReady(): Promise<void> {
    const { scene, options, ports } = this;
    this.light = await scene.light();
    if (this.light.isReady || !this.scenario.ready || options.anyway === true) return;
    const missing = (): string =>
      (this.light?.checks ?? []).flatMap(({ ok, text }) => (ok ? [] : [text])).join(' ');
    options.report(l10n.t('waiting until the lab is ready: {0}', missing()));
    const begun = ports.now();
    const isReady = await waitForLight(scene, readyTime);
    this.waitedMs = ports.now() - begun;
    this.light = await scene.light();
    if (!isReady)
      throw new HumanError(
        [
          l10n.t(
            'The lab "{0}" is not ready for a drill after {1} s.',
            scene.state.lab.name,
            readyTime / 1_000,
          ),
          missing(),
          ...(options.ifNotReady === undefined ? [] : [options.ifNotReady]),
        ].join(' '),
      );
  }

  private async startProbe(): Promise<void> {
    const { scene, scenario, ports, options } = this;
    const spec = scenario.probe;
    if (!spec) return;
    const { firstMaster } = scene;
    if (!firstMaster) throw new HumanError(l10n.t('There is no master to write to.'));
    options.report(l10n.t('starting the write probe'));
    const watch = new ProbeWatch(await ports.startProbe(spec, firstMaster.port));
    scene.probe = watch;
    const isWriting = (): boolean => spec.clients.every(client => watch.isWriting(client));
    const limits = {
      sources: [(listener: () => void) => watch.onChange(listener)],
      milliseconds: probeTime,
      signal: scene.signal,
    };
    if (!(await waitUntil(isWriting, limits)) && options.anyway !== true)
      throw new HumanError(l10n.t('The write probe gets nothing through. Is the lab ready?'));
  }

  /** What is asked for in a drill may still be going on when its last step is done. */
  private async waitForTheEnd(): Promise<void> {
    const { scene, ports, options } = this;
    await ports.session.refresh();
    if (!scene.isFailingOver) return;
    options.report(l10n.t('waiting until no failover runs'));
    await waitUntil(() => !scene.isFailingOver, {
      sources: [listener => ports.session.store.onDidDispatch(listener)],
      milliseconds: endTime,
      signal: scene.signal,
    });
  }

  /** The master when everything is undone; undefined: there is none. */
  private async finalMaster(): Promise<Lab['nodes'][number] | undefined> {
    const { scene, ports } = this;
    await ports.session.refresh();
    await waitUntil(() => scene.master !== undefined, {
      sources: [listener => ports.session.store.onDidDispatch(listener)],
      milliseconds: endTime,
      signal: scene.signal,
    });
    return scene.master;
  }

  private async result(
    probe: DrillProbe | undefined,
    times: Pick<DrillRecord, 'actAt' | 'storyEndedAt' | 'firstRefs'>,
  ): Promise<Omit<DrillRecord, 'lines' | 'leftFaults'>> {
    const { scene, scenario, ports } = this;
    const { lab } = scene.state;
    const asksForLight = scenario.expect.some(({ kind }) => kind === 'ready');
    const isReadyAtEnd = asksForLight ? await waitForLight(scene, readyTime) : (await scene.light()).isReady;
    const lastRefs = scene.refTable(expectedRefs(scenario));
    const counted = scenario.expect.flatMap(each =>
      each.kind === 'keys' ? (lastRefs[each.node] ?? []).map(name => ({ name, are: each.are })) : [],
    );
    const keys = new Map<string, number>();
    for (const { name, are } of counted) {
      const count = await this.countKeys(name, are === 'kept' ? scene.keysWritten : 0);
      if (count !== undefined) keys.set(name, count);
    }
    return {
      scenario,
      labName: lab.name,
      masterName: lab.masterName,
      settings: settingsOf(lab),
      startedAt: this.startedAt,
      ...times,
      endedAt: ports.now(),
      zoneMs: ports.zoneMs(),
      firstMaster: scene.firstMaster,
      light: this.light,
      waitedMs: this.waitedMs,
      prediction: this.prediction,
      faultAt: this.faultAt,
      guess: this.options.guess,
      steps: this.steps,
      probe,
      keysWritten: scene.keysWritten,
      nodes: nodesOf(scene.state).map(({ spec, status, role, info, view }): DrillNode => ({
        name: spec.name,
        kind: spec.kind,
        port: spec.port,
        status,
        role,
        version: info?.version,
        epoch: view?.configEpoch,
        keys: keys.get(spec.name),
      })),
      finalMaster: masterPort(scene.state),
      isReadyAtEnd,
      lastRefs,
      failure: this.failure,
    };
  }

  /** Replicas get what the master has a moment later: they are asked until they have as many as `wanted`, or the time is over. */
  private async countKeys(name: string, wanted: number): Promise<number | undefined> {
    const { scene, ports } = this;
    const node = findNode(scene.state.lab, name);
    if (!node) return undefined;
    const end = ports.now() + keysTime;
    for (;;) {
      const count = await ports.keys.count(node, scene.keysWritten).catch(() => undefined);
      if (count === wanted || ports.now() >= end) return count;
      await pause(keysInterval, scene.signal);
    }
  }

  /**
   * A master whose replicas are just coming back may refuse writes for a while (min-replicas-to-write). What was measured is not thrown
   * away because of keys that stay.
   */
  private async cleanUp(remove: () => Promise<void>): Promise<void> {
    const { ports, options, scene } = this;
    const end = ports.now() + keysTime;
    for (;;) {
      try {
        return await remove();
      } catch (error) {
        if (ports.now() >= end) {
          const reason = error instanceof Error ? error.message : String(error);
          return options.report(l10n.t('What the drill wrote could not be removed: {0}', reason));
        }
      }
      await pause(keysInterval, scene.signal);
    }
  }

  private async removeKeys(): Promise<void> {
    const { master, keysWritten } = this.scene;
    if (master && keysWritten > 0) await this.ports.keys.remove(master, keysWritten);
  }
}

/** What the lab was set to that decides how a drill ends, by the names of the directives. */
function settingsOf(lab: Lab): DrillRecord['settings'] {
  const hasSentinels = lab.nodes.some(({ kind }) => kind === 'sentinel');
  return [
    ...(hasSentinels
      ? [
          { name: 'quorum', value: String(lab.quorum) },
          { name: 'down-after-milliseconds', value: String(lab.downAfterMilliseconds) },
          { name: 'failover-timeout', value: String(lab.failoverTimeout) },
          { name: 'parallel-syncs', value: String(lab.parallelSyncs) },
        ]
      : []),
    ...Object.entries(lab.settings).map(([name, value]) => ({
      name,
      value: keepsSecret(name) ? hiddenValue : value,
    })),
  ];
}
