import * as l10n from '@vscode/l10n';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HumanError } from '../../core/humanError';
import type { ProbeConfig } from '../../core/probe/probeConfig';
import type { ProbeEvent } from '../../core/probe/probeEvent';
import type { ProbeRecord } from '../../core/probe/probeRecord';
import { Emitter } from '../../lab/emitter';
import { RecordReader, stopLine, type ProbeLine } from './probeLines';

/** How much of what a failing probe wrote to its standard error is kept, in characters. */
const wordsKept = 2_000;

/**
 * A write probe in a process of its own. It ends with whoever started it: when that one is gone, the probe's standard input closes.
 */
export class ProbeProcess {
  private readonly events = new Emitter<ProbeEvent>();
  private readonly reader = new RecordReader();
  private child: ChildProcess | undefined;
  private record: ProbeRecord | undefined;
  private lastWords = '';
  private hasStarted = false;
  private hasEnded = false;

  /** `program` is `dist/probe.js`; the runtime is the one that runs now. */
  constructor(private readonly program: string = join(__dirname, 'probe.js')) {}

  /** Tells what happens while the probe runs, from `started` on. */
  readonly onEvent = this.events.event;

  private resolveEnd = (): void => {};
  /** Done when the process is gone, in whatever way; never fails. */
  readonly ended = new Promise<void>(resolve => (this.resolveEnd = resolve));

  /** The process id, for whoever keeps a list of what must be ended; undefined before it is started. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts the process; done when the first writes go out. A HumanError when it cannot be started. */
  async start(config: ProbeConfig): Promise<void> {
    if (this.child) throw new Error('a probe is started once');
    const child = spawn(process.execPath, [this.program], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: probeEnvironment(),
      windowsHide: true,
    });
    this.child = child;
    child.once('close', () => this.end());
    child.once('error', error => {
      this.lastWords = error.message;
      this.end();
    });
    // A probe that ended closes its input; what is written then is lost, and its end is told otherwise.
    child.stdin.on('error', () => {});
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-wordsKept);
    });
    createInterface({ input: child.stdout }).on('line', line => this.onLine(JSON.parse(line) as ProbeLine));
    const started = new Promise<void>(resolve => {
      const listening = this.onEvent(event => {
        if (event.type !== 'started') return;
        listening.dispose();
        resolve();
      });
    });
    child.stdin.write(`${JSON.stringify(config)}\n`);
    await Promise.race([started, this.ended]);
    if (!this.hasStarted) throw this.failure();
  }

  /** Ends the writing, waits for the last answers (at most the time-out of a write) and gives everything the probe saw. */
  async stop(): Promise<ProbeRecord> {
    if (!this.record) {
      this.child?.stdin?.write(`${stopLine}\n`);
      await this.ended;
    }
    if (!this.record) throw this.failure();
    return this.record;
  }

  /** Ends the process at once, without a record. */
  kill(): void {
    if (!this.hasEnded) this.child?.kill('SIGKILL');
  }

  private onLine(line: ProbeLine): void {
    switch (line.type) {
      case 'failed':
        this.lastWords = line.message;
        break;
      case 'record':
      case 'attempts':
      case 'reads':
      case 'end':
        this.record = this.reader.add(line) ?? this.record;
        break;
      default:
        if (line.type === 'started') this.hasStarted = true;
        this.events.fire(line);
    }
  }

  private end(): void {
    this.hasEnded = true;
    this.resolveEnd();
  }

  private failure(): HumanError {
    const words = this.lastWords.trim() || l10n.t('it said nothing');
    return new HumanError(
      l10n.t('The write probe ended before its time ({0}). What it measured is lost; start it again.', words),
    );
  }
}

/** VS Code's own executable becomes Node by a variable; options meant for another Node do not belong to this one. */
function probeEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return { ...env, ELECTRON_RUN_AS_NODE: '1' };
}
