import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { timedRun } from './timedRun.mjs';

/** lnav's format for Redis logs, as its own repository has it; older lnavs do not bring it. */
const format = {
  $schema: 'https://lnav.org/schemas/format-v1.schema.json',
  redis_log: {
    title: 'Redis',
    description: 'The Redis database',
    regex: {
      'v3.x': {
        pattern:
          '^(?<pid>\\d+):(?<role>[XCSM])\\s+(?<timestamp>\\d{1,2} [a-zA-Z]{3} \\d{4} \\d{2}:\\d{2}:\\d{2}\\.\\d{3})\\s+(?<level>[\\.\\*\\#\\-])\\s+(?<body>.*)$',
      },
    },
    'timestamp-format': ['%d %b %Y %H:%M:%S.%L'],
    'level-field': 'level',
    level: { debug: '^\\.$', trace: '^-$', info: '^\\*$', warning: '^\\#$' },
    value: { pid: { kind: 'string', identifier: true }, role: { kind: 'string' } },
    sample: [{ line: '1:C 23 Nov 2026 07:18:58.537 # Configuration loaded', level: 'warning' }],
  },
};

/**
 * How lnav indexes a file, with a home of its own that knows Redis logs; undefined where lnav is not installed.
 * @param {string} home a folder @returns {((file: string) => ReturnType<typeof timedRun>) | undefined}
 */
export function lnavIn(home) {
  const env = { ...process.env, HOME: home };
  const file = path.join(home, 'redis_log.json');
  writeFileSync(file, JSON.stringify(format));
  if (spawnSync('lnav', ['-i', file], { env }).status !== 0) return undefined;
  return log =>
    timedRun('lnav', ['-n', '-c', ';select count(*) from redis_log', '-c', ':write-csv-to -', log], env);
}
