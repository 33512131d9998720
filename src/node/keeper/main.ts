import { createInterface } from 'node:readline';
import type { ProcessIdentity } from '../../core/model/runRecord';
import { readKeeperArguments } from './arguments';
import { cleanUp } from './cleanUp';
import { doneWord, readEndWord } from './keeperWords';

/**
 * Waits beside a drill until its program is gone. Their bond is a pipe: it ends with the program, however that ends, and unless the
 * last word in it was `done`, the keeper cleans up.
 */
async function main(): Promise<void> {
  // Electron's executable became Node by this variable; nothing that is started from here may inherit it.
  delete process.env['ELECTRON_RUN_AS_NODE'];
  // Ctrl+C in the terminal and its end are meant for the program that is watched.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  const options = readKeeperArguments(process.argv.slice(2));
  const processes: ProcessIdentity[] = [];
  let isDone = false;
  process.stdin.on('error', () => {});
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === doneWord) isDone = true;
    const named = readEndWord(line);
    if (named) processes.push(named);
  }
  if (!isDone) await cleanUp(options, processes);
}

// Nobody is there to read what went wrong: what is still on stays in the journal, and the lab shows it.
void main().catch(() => (process.exitCode = 1));
