import { parseArgs } from 'node:util';

/** What a keeper is told. Nothing of it is secret: a list of processes shows it. */
export interface KeeperArguments {
  /** The lab's folder, absolute. */
  readonly lab: string;
  /** Whether the lab is stopped, too, when its owner is gone. */
  readonly down: boolean;
  /** A temporary folder with the lab in it that is removed then; absolute. */
  readonly remove: string | undefined;
  /** The redis-server for nodes that are started again; undefined: the one that is found. */
  readonly server: string | undefined;
}

export function keeperArguments({ lab, down, remove, server }: KeeperArguments): string[] {
  return [
    '--lab',
    lab,
    ...(down ? ['--down'] : []),
    ...(remove === undefined ? [] : ['--remove', remove]),
    ...(server === undefined ? [] : ['--server', server]),
  ];
}

export function readKeeperArguments(argv: readonly string[]): KeeperArguments {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: { lab: text, down: { type: 'boolean', default: false }, remove: text, server: text },
  });
  const { lab, down, remove, server } = values;
  if (!lab) throw new Error('usage: keeper --lab DIR [--down] [--remove DIR] [--server PATH]');
  return { lab, down, remove, server };
}
