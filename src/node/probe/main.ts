import { createInterface } from 'node:readline';
import type { ProbeConfig } from '../../core/probe/probeConfig';
import { Probe } from './probe';
import { recordLines, stopLine, type ProbeLine } from './probeLines';

/**
 * The write probe: a process of its own, so that neither the extension host disturbs it nor it the extension host. The first line it
 * reads is its configuration; `{"do":"stop"}` ends it with a record; the end of its input ends it at once, because then nobody is there
 * any more who would want one.
 */
function main(): void {
  // Electron's executable became Node by this variable; nothing that is started from here may inherit it.
  delete process.env['ELECTRON_RUN_AS_NODE'];
  // Ctrl+C in a terminal reaches all its programs: whoever started the probe ends it, and wants its record first.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  process.stdout.on('error', () => process.exit(1));
  let probe: Probe | undefined;
  const fail = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    process.stdout.write(lineOf({ type: 'failed', message }), () => process.exit(1));
  };
  const input = createInterface({ input: process.stdin });
  input.on('line', line => {
    if (!probe) {
      try {
        probe = new Probe(JSON.parse(line) as ProbeConfig, print);
      } catch (error) {
        fail(error);
        return;
      }
      probe.start().catch(fail);
    } else if (line === stopLine) {
      finish(probe).catch(fail);
    }
  });
  input.on('close', () => process.exit());
}

async function finish(probe: Probe): Promise<void> {
  const record = await probe.stop();
  for (const line of recordLines(record)) await written(line);
  process.exit(0);
}

function print(line: ProbeLine): void {
  process.stdout.write(lineOf(line));
}

/** Waits until the line is out: an hour of attempts must not lie in memory a second time. */
async function written(line: ProbeLine): Promise<void> {
  await new Promise<void>(resolve => {
    process.stdout.write(lineOf(line), () => resolve());
  });
}

function lineOf(line: ProbeLine): string {
  return `${JSON.stringify(line)}\n`;
}

main();
