import { execFileSync } from 'node:child_process';
import { parseVersionOutput, type ServerVersion } from '../../../src/core/conf/serverVersion';
import { findRedis } from '../../../scripts/lib/systemPackages.mjs';

/** The server under test: the one a run over several versions names, or that of this machine. */
export const testServer: string = process.env['REDIS_HA_LAB_TEST_SERVER'] ?? findRedis() ?? 'redis-server';

/** The version of the server under test. */
export const testVersion: ServerVersion = readVersion();

function readVersion(): ServerVersion {
  const output = execFileSync(testServer, ['--version'], { encoding: 'utf8' });
  const version = parseVersionOutput(output, process.platform === 'win32');
  if (!version) throw new Error(`${testServer} is no Redis server: ${output}`);
  return version;
}
