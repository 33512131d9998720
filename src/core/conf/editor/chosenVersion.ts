import type { ServerVersion } from '../serverVersion';

/** Where the version of a conf comes from. `newest`: nothing tells, so the newest one that is known is taken. */
export type VersionSource = 'comment' | 'lab' | 'setting' | 'binary' | 'newest';

/** The version that a conf is read for. */
export interface ChosenVersion {
  readonly version: ServerVersion;
  readonly source: VersionSource;
}

/** What is known of a conf's version. */
export type VersionClues = Readonly<Record<Exclude<VersionSource, 'newest'>, ServerVersion | undefined>>;

const order = ['comment', 'lab', 'setting', 'binary'] as const;

/** The closest clue wins: the file's own comment, the server of its lab, the person's setting, the server that was found. */
export function chooseVersion(clues: VersionClues, newest: ServerVersion): ChosenVersion {
  for (const source of order) {
    const version = clues[source];
    if (version) return { version, source };
  }
  return { version: newest, source: 'newest' };
}
