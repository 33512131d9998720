import { parseArgs } from 'node:util';

/** What the extension tells a node runner. Nothing of it is secret: a list of processes shows it. */
export interface RunnerArguments {
  /** The lab's folder, absolute. */
  readonly lab: string;
  readonly node: string;
  /** The redis-server to run, absolute. */
  readonly server: string;
  readonly language: string;
}

export function runnerArguments(options: RunnerArguments): string[] {
  return [
    '--lab',
    options.lab,
    '--node',
    options.node,
    '--server',
    options.server,
    '--lang',
    options.language,
  ];
}

export function readRunnerArguments(argv: readonly string[]): RunnerArguments {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: { lab: text, node: text, server: text, lang: text },
  });
  const { lab, node, server } = values;
  if (!lab || !node || !server)
    throw new Error('usage: nodeRunner --lab DIR --node NAME --server PATH [--lang en|ko]');
  return { lab, node, server, language: values.lang ?? 'en' };
}
