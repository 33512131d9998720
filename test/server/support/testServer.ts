import { execFileSync } from 'node:child_process';
import { parseVersionOutput, type ServerVersion } from '../../../src/core/conf/serverVersion';
import { findRedis } from '../../../scripts/lib/systemPackages.mjs';

/** The server under test: the one a run over several versions names, or that of this machine. */
export const testServer: string = process.env['REDIS_HA_LAB_TEST_SERVER'] || findRedis() || 'redis-server';

/** The version of the server under test. */
export const testVersion: ServerVersion = readVersion();

/**
 * Valkey 8.1.0 and 8.1.1 rewrite a conf without escaping quotes and backslashes, and cannot read it again; 8.1.2 has it repaired
 * (valkey#2036). A path or password with such characters cannot be used with them.
 */
export const rewritesQuotes = !(
  testVersion.product === 'valkey' &&
  testVersion.major === 8 &&
  testVersion.minor === 1 &&
  testVersion.patch < 2
);

function readVersion(): ServerVersion {
  const output = execFileSync(testServer, ['--version'], { encoding: 'utf8' });
  const version = parseVersionOutput(output, process.platform === 'win32');
  if (!version) throw new Error(`${testServer} is no Redis server: ${output}`);
  return version;
}
