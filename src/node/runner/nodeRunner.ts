import * as l10n from '@vscode/l10n';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, stat } from 'node:fs/promises';
import { launchPlan } from '../../core/launch/launchPlan';
import { explainEnd } from '../../core/log/startFailure';
import type { NodeSpec } from '../../core/model/lab';
import type { LabPaths } from '../files/labPaths';
import { LogFollower } from '../files/logFollower';
import { readTail } from '../files/readTail';
import { forgetRun, observeProcess, readRunRecord, writeExitRecord } from '../files/runRecords';
import { signalRecorded } from '../process/identity';
import { openServerOutput } from '../process/serverOutput';
import { RunsAlready, spawnServer } from '../process/spawnServer';
import type { RunnerScreen } from './runnerScreen';

/** How a run of the server ended: `asked` when a person stopped it in this terminal, `stopped` when somebody did elsewhere. */
export type RunEnd = 'asked' | 'stopped' | 'crashed';

/** How long the server may take to save and end when its terminal is closed, in milliseconds; then it is killed. */
const closingTime = 8_000;

/** Keeps one node while its terminal is open: starts the server, shows its log, ends it with the terminal. */
export class NodeRunner {
  private child: ChildProcess | undefined;
  private starting: Promise<ChildProcess> | undefined;
  private isAsked = false;

  constructor(
    private readonly paths: LabPaths,
    private readonly node: NodeSpec,
    private readonly server: string,
    private readonly screen: RunnerScreen,
  ) {}

  get isRunning(): boolean {
    return this.child !== undefined;
  }

  /** Runs the server once, from its start to its end. */
  async run(): Promise<RunEnd> {
    const { node, paths } = this;
    const before = await observeProcess(paths, node.name);
    if (before.life !== 'gone') throw new RunsAlready(node.name, before.record?.pid ?? 0);
    this.isAsked = false;
    const logStart = await sizeOf(paths.log(node));
    await mkdir(paths.runFolder, { recursive: true, mode: 0o700 });
    const { handle: output, file, isLog } = await openServerOutput(paths, node);
    const followers = (isLog ? [file] : [file, paths.log(node)]).map(
      followed =>
        new LogFollower(followed, lines => this.screen.showLines(lines), {
          fromStart: !isLog && followed === file,
        }),
    );
    for (const follower of followers) await follower.start();
    try {
      const plan = launchPlan(node, { server: this.server, conf: paths.conf(node), data: paths.data(node) });
      this.screen.showStart(node.name, plan);
      this.starting = spawnServer(plan, node, {
        paths,
        stdio: ['ignore', output.fd, output.fd],
        runnerPid: process.pid,
      });
      const child = await this.starting;
      this.child = child;
      const [code, signal] =
        child.exitCode === null && child.signalCode === null
          ? ((await once(child, 'exit')) as [number | null, string | null])
          : [child.exitCode, child.signalCode];
      this.child = undefined;
      for (const follower of followers) await follower.read();
      return await this.ended(child.pid ?? 0, code, signal, logStart);
    } finally {
      this.child = undefined;
      for (const follower of followers) follower.dispose();
      await output.close();
    }
  }

  /** Asks the server to end, as Ctrl+C does; a second time ends it at once. */
  async stop(): Promise<void> {
    const record = await readRunRecord(this.paths, this.node.name);
    if (!record || !this.child) return;
    if (this.isAsked) {
      this.screen.say(l10n.t('Ending it at once (SIGKILL).'));
      await signalRecorded(record, 'SIGKILL');
      return;
    }
    this.isAsked = true;
    this.screen.say(l10n.t('Stopping {0}. Ctrl+C again ends it at once.', this.node.name));
    await signalRecorded(record, 'SIGTERM');
    await signalRecorded(record, 'SIGCONT');
  }

  /** The terminal is gone: the server must not outlive it unseen. */
  async close(): Promise<void> {
    await this.starting?.catch(() => undefined);
    const { child } = this;
    const record = await readRunRecord(this.paths, this.node.name);
    if (!child || !record || record.pid !== child.pid) return;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    await signalRecorded(record, 'SIGTERM');
    await signalRecorded(record, 'SIGCONT');
    const timer = setTimeout(() => void signalRecorded(record, 'SIGKILL'), closingTime);
    await gone;
    clearTimeout(timer);
    await forgetRun(this.paths, this.node.name, record.pid);
  }

  private async ended(
    pid: number,
    code: number | null,
    signal: string | null,
    logStart: number,
  ): Promise<RunEnd> {
    const { node, paths } = this;
    if (code === 0 || this.isAsked) {
      await forgetRun(paths, node.name, pid);
      return this.isAsked ? 'asked' : 'stopped';
    }
    const grown = Math.max(0, (await sizeOf(paths.log(node))) - logStart);
    const reason =
      explainEnd(await readTail(paths.output(node.name))) ??
      (grown > 0 && signal !== 'SIGKILL'
        ? explainEnd(await readTail(paths.log(node), Math.min(grown, 65_536)))
        : undefined);
    await writeExitRecord(paths, node.name, {
      pid,
      code: code ?? undefined,
      signal: signal ?? undefined,
      at: Date.now(),
      reason,
    });
    this.screen.showCrash(node.name, { code, signal, reason });
    return 'crashed';
  }
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    info => info.size,
    () => 0,
  );
}
