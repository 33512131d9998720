import * as l10n from '@vscode/l10n';
import type { LaunchPlan } from '../../core/launch/launchPlan';
import { shellCommand } from '../../core/launch/shellQuote';
import { terminalLine } from '../../core/view/terminalLine';

/** What a node's terminal shows. */
export class RunnerScreen {
  constructor(
    private readonly write: (text: string) => void,
    private readonly hasColor: boolean,
  ) {}

  showStart(node: string, plan: LaunchPlan): void {
    // Ends of lines need the carriage return: keys are read raw.
    this.write(`\x1b]0;${node}\x07`);
    this.say(shellCommand(process.platform === 'win32' ? 'powershell' : 'bash', plan.command, plan.args));
  }

  showLines(lines: readonly string[]): void {
    const shown = this.hasColor ? lines.map(terminalLine) : lines;
    this.write(shown.map(line => `${line}\r\n`).join(''));
  }

  showCrash(
    node: string,
    end: {
      readonly code: number | null;
      readonly signal: string | null;
      readonly reason: string | undefined;
    },
  ): void {
    const how =
      end.signal === null
        ? l10n.t('{0} ended with exit code {1} without being stopped.', node, end.code ?? '?')
        : l10n.t('{0} was ended by {1} without being stopped.', node, end.signal);
    this.paint('\x1b[31m', how);
    if (end.reason) this.paint('\x1b[31m', end.reason);
  }

  /** A line of the runner itself, told apart from those of the server. */
  say(text: string): void {
    this.paint('\x1b[36m', text);
  }

  private paint(color: string, text: string): void {
    this.write(this.hasColor ? `${color}${text}\x1b[0m\r\n` : `${text}\r\n`);
  }
}
