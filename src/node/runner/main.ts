import * as l10n from '@vscode/l10n';
import { HumanError } from '../../core/humanError';
import { findNode } from '../../core/model/lab';
import { LabPaths } from '../files/labPaths';
import { useProgramTexts } from '../files/programTexts';
import { readLab } from '../files/readLab';
import { readRunRecord } from '../files/runRecords';
import { readRunnerArguments } from './arguments';
import { onKeys } from './keys';
import { NodeRunner } from './nodeRunner';
import { RunnerScreen } from './runnerScreen';

/** How often a runner that waits for a key looks whether its node was started elsewhere, in milliseconds. */
const lookInterval = 500;

/** The process of a node's integrated terminal. It runs in VS Code's own Node, so that nothing else needs to be installed. */
async function main(): Promise<void> {
  // Electron's executable became Node by this variable; nothing that is started from here may inherit it.
  delete process.env['ELECTRON_RUN_AS_NODE'];
  const options = readRunnerArguments(process.argv.slice(2));
  useProgramTexts(__dirname, options.language);
  const screen = new RunnerScreen(
    text => process.stdout.write(text),
    process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
  );
  try {
    await keep(options, screen);
  } catch (error) {
    screen.say(error instanceof HumanError ? error.located : String(error));
    process.exit(1);
  }
}

async function keep(options: ReturnType<typeof readRunnerArguments>, screen: RunnerScreen): Promise<void> {
  const lab = await readLab(options.lab);
  const node = findNode(lab, options.node);
  if (!node) throw new HumanError(l10n.t('There is no node "{0}" in this lab any more.', options.node));
  const paths = new LabPaths(options.lab);
  const runner = new NodeRunner(paths, node, options.server, screen);

  let isClosing = false;
  const onHangUp = (): void => {
    isClosing = true;
    // The terminal is gone: writing to it fails, and that must not keep the server from being ended.
    process.stdout.on('error', () => {});
    void runner.close().finally(() => process.exit(0));
  };
  for (const signal of ['SIGHUP', 'SIGTERM', 'SIGBREAK'] as const) process.on(signal, onHangUp);
  process.stdin.on('end', onHangUp);

  let onIdleKey: ((key: string) => void) | undefined;
  onKeys(process.stdin, key => {
    if (runner.isRunning && key === 'ctrl+c') void runner.stop();
    else if (!runner.isRunning) onIdleKey?.(key);
  });

  for (;;) {
    const end = await runner.run();
    if (isClosing) return;
    if (end === 'stopped') process.exit(0);
    screen.say(
      end === 'asked'
        ? l10n.t('{0} has stopped. R starts it again, any other key closes this terminal.', node.name)
        : l10n.t('R starts it again, any other key closes this terminal.'),
    );
    let timer: NodeJS.Timeout | undefined;
    const key = await new Promise<string>(resolve => {
      onIdleKey = resolve;
      timer = setInterval(() => {
        void readRunRecord(paths, node.name).then(record => {
          // Started again, or its crash put away by a stop, from somewhere else: this terminal keeps nothing any more.
          const isElsewhere = record === undefined ? end === 'crashed' : record.runnerPid !== process.pid;
          if (isElsewhere) resolve('elsewhere');
        });
      }, lookInterval);
    });
    clearInterval(timer);
    onIdleKey = undefined;
    if (key.toLowerCase() !== 'r' && key !== 'ㄱ') process.exit(0);
  }
}

void main();
