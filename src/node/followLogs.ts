import { readFile } from 'node:fs/promises';
import { readSentinelConf } from '../core/conf/confDocument';
import type { LogSources } from '../lab/ports';
import type { LabPaths } from './files/labPaths';
import { LogFollower } from './files/logFollower';

/** So many lines of each log are read when a lab is opened. */
const pastLines = 2_000;

/** The log files of a lab. */
export function followLogs(paths: LabPaths): LogSources {
  return {
    follow(node, onLines) {
      const file = paths.log(node);
      const follower = new LogFollower(file, onLines, { lastLines: pastLines });
      return { file, past: follower.start(), dispose: () => follower.dispose() };
    },
    async sentinelId(node) {
      const text = await readFile(paths.conf(node), 'utf8').catch(() => '');
      return readSentinelConf(text, '').id;
    },
    now: () => Date.now(),
  };
}
