import * as l10n from '@vscode/l10n';
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { HumanError } from '../../core/humanError';
import type { LaunchPlan } from '../../core/launch/launchPlan';
import type { NodeSpec } from '../../core/model/lab';
import type { LabPaths } from '../files/labPaths';
import { observeProcess, writeRunRecord } from '../files/runRecords';
import { processInfo } from './processInfo';
import { withStartClaim } from './startClaim';

/** What a conf rewritten by the server would otherwise lose: Redis gives new files the mode that the umask leaves (config.c). */
const privateUmask = 0o077;

/** A node that somebody else started in the meantime. */
export class RunsAlready extends HumanError {
  constructor(node: string, pid: number) {
    super(l10n.t('{0} runs already (pid {1}); it is not started twice.', node, pid), { node });
  }
}

interface SpawnOptions {
  readonly paths: LabPaths;
  readonly stdio: StdioOptions;
  readonly runnerPid: number | undefined;
}

/**
 * Starts a server as a process group of its own, so that neither a Ctrl+C in a terminal nor the end of the program that started it
 * reaches it by accident, and notes who it is. A node that runs is not started twice: that is a {@link RunsAlready}.
 */
export async function spawnServer(
  plan: LaunchPlan,
  node: NodeSpec,
  options: SpawnOptions,
): Promise<ChildProcess> {
  return withStartClaim(options.paths, node.name, async () => {
    const { life, record } = await observeProcess(options.paths, node.name);
    if (life !== 'gone') throw new RunsAlready(node.name, record?.pid ?? 0);
    return spawnNoted(plan, node, options);
  });
}

async function spawnNoted(plan: LaunchPlan, node: NodeSpec, options: SpawnOptions): Promise<ChildProcess> {
  process.umask(privateUmask);
  const child = spawn(plan.command, plan.args, {
    cwd: plan.cwd,
    stdio: options.stdio,
    env: serverEnvironment(),
    detached: true,
    windowsHide: true,
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new HumanError(
      l10n.t(
        '"{0}" could not be started ({1}). Check that it is a program you may run.',
        plan.command,
        code ?? '',
      ),
      { node: node.name, cause: error },
    );
  }
  const pid = child.pid ?? 0;
  const info = await processInfo(pid);
  await writeRunRecord(options.paths, {
    node: node.name,
    port: node.port,
    pid,
    // A process that is gone already leaves a record that fits no process: it then counts as crashed, which it is.
    startTime: info?.startTime ?? 'gone',
    executable: info?.executable ?? plan.command,
    startedAt: Date.now(),
    runnerPid: options.runnerPid,
  });
  return child;
}

/** Without what belongs to VS Code and Node: a server and a program of ours should see the person's environment. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:VSCODE_|ELECTRON_|NODE_OPTIONS$|REDIS_HA_LAB_)/.test(name),
    ),
  );
}
