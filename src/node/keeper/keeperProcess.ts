import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ProcessIdentity } from '../../core/model/runRecord';
import { keeperArguments, type KeeperArguments } from './arguments';
import { doneWord, endWord } from './keeperWords';

/**
 * The keeper of a drill, as its owner has it: a program that cleans up when the owner is gone without having said {@link done}. It
 * keeps nobody from ending.
 */
export class KeeperProcess {
  private constructor(private readonly child: ChildProcess) {
    // A keeper that was killed breaks the pipe: that must not break the owner.
    child.stdin?.on('error', () => {});
    child.unref();
    (child.stdin as Partial<{ unref(): void }> | null)?.unref?.();
  }

  /** `program` is dist/keeper.js, absolute. Done when the keeper's process is there. */
  static async start(program: string, options: KeeperArguments): Promise<KeeperProcess> {
    const child = spawn(process.execPath, [program, ...keeperArguments(options)], {
      stdio: ['pipe', 'ignore', 'ignore'],
      // On the desktop VS Code's executable is Electron; on a server it is Node, which does not mind.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      detached: true,
      windowsHide: true,
    });
    await once(child, 'spawn');
    return new KeeperProcess(child);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** A process that must not outlive the owner, such as a probe. */
  watch(process: ProcessIdentity): void {
    this.child.stdin?.write(`${endWord(process)}\n`);
  }

  /** The owner has cleaned up itself: the keeper ends and does nothing. */
  async done(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    const gone = once(child, 'exit');
    child.stdin?.end(`${doneWord}\n`);
    await gone;
  }
}
