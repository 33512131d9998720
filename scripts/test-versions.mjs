// Runs the tests of the level "server" against several Redis and Valkey servers.
//   REDIS_HA_LAB_SERVERS=/path/redis-server:/other/valkey-server npm run test:versions
import path from 'node:path';
import { findProgram } from './lib/findProgram.mjs';
import { Instruction, runMain } from './lib/instruction.mjs';
import { prepare, runLevel } from './lib/levels.mjs';
import { ensureNpmPackages } from './lib/npmPackages.mjs';
import { run } from './lib/run.mjs';
import { showFailures } from './lib/showFailures.mjs';

await runMain(async () => {
  const servers = (process.env.REDIS_HA_LAB_SERVERS ?? '').split(path.delimiter).filter(Boolean);
  if (servers.length === 0) {
    throw new Instruction(
      `REDIS_HA_LAB_SERVERS is not set. Give it the paths of the servers to test, separated by "${path.delimiter}":\n` +
        `  REDIS_HA_LAB_SERVERS=/opt/redis-6/redis-server${path.delimiter}/opt/valkey-8/valkey-server npm run test:versions`,
    );
  }
  for (const server of servers) {
    if (!findProgram([path.resolve(server)]))
      throw new Instruction(`${server}, named in REDIS_HA_LAB_SERVERS, cannot be started.`);
  }
  await ensureNpmPackages();
  process.env.REDIS_HA_LAB_TEST_SERVER = path.resolve(servers[0] ?? ''); // no other server is needed
  await prepare(['server']);

  const rows = [];
  for (const server of servers.map(file => path.resolve(file))) {
    const version = await versionOf(server);
    console.log(`\n=== ${version} (${server}) ===`);
    rows.push({ version, ...(await runLevel('server', { env: { REDIS_HA_LAB_TEST_SERVER: server } })) });
  }

  const width = Math.max(...rows.map(row => row.version.length));
  console.log('');
  for (const { version, failures } of rows) showFailures(version, failures);
  for (const row of rows)
    console.log(
      `${row.version.padEnd(width)}  ${row.passed} passed, ${row.failed} failed, ${row.skipped} skipped`,
    );
  const failed = rows.reduce((sum, row) => sum + row.failed, 0);
  console.log(`${rows.reduce((sum, row) => sum + row.passed, 0)} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
});

/** "Redis server v=7.0.15 …" and "Valkey server v=8.1.1 …" are how they answer. @param {string} server */
async function versionOf(server) {
  const { stdout } = await run(server, ['--version']);
  const [, name, version] = /^(\w+) server v=(\S+)/.exec(stdout) ?? [];
  return name ? `${name} ${version}` : path.basename(server);
}
