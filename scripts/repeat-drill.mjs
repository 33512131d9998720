// The same drill again and again, each in a lab of its own, its report held against what the servers themselves say:
//   node scripts/repeat-drill.mjs [TIMES] [SCENARIO]        (30 times kill-master where nothing is said)
// Asked behind the drill's back: the new master, the epoch of its configuration, the leader, and the names of the keys of the probe.
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { Redis } from 'ioredis';
import { buildPrograms, importSource } from './build.mjs';
import { Instruction, runMain } from './lib/instruction.mjs';
import { root } from './lib/paths.mjs';
import { say } from './lib/steps.mjs';

/**
 * @param {number} port
 * @param {readonly string[]} words
 * @param {string} [password]
 * @returns {Promise<any>}
 */
async function ask(port, words, password) {
  const client = new Redis({
    port,
    lazyConnect: true,
    retryStrategy: () => null,
    ...(password ? { password } : {}),
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const [command = '', ...rest] = words;
    return await client.call(command, ...rest);
  } finally {
    client.disconnect();
  }
}

/** The pids of processes that run in a folder or name it. @param {string} folder */
function processesIn(folder) {
  return readdirSync('/proc').filter(pid => {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) return false;
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return command.includes(folder) || readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

/**
 * The epochs in which the Sentinel that wrote this log won the election: that of its vote before. On a busy machine two can win, each in
 * an epoch of its own; the higher one counts.
 * @param {string} log
 */
function epochsLed(log) {
  let epoch = 0;
  const led = [];
  for (const line of log.split('\n')) {
    epoch = Number(/\+vote-for-leader \w+ (\d+)/.exec(line)?.[1] ?? epoch);
    if (line.includes('+elected-leader')) led.push(epoch);
  }
  return led;
}

/**
 * What the servers say that is not as the record has it.
 * @param {any} record
 * @param {any} opened
 * @returns {Promise<{ problems: string[]; truth: { master: number; epoch: number; leader: string | undefined } }>}
 */
async function askServers(record, { session, folder }) {
  /** @type {string[]} */
  const problems = [];
  /** @type {any[]} */
  const nodes = session.lab.nodes;
  const sentinels = nodes.filter(({ kind }) => kind === 'sentinel');
  const views = await Promise.all(
    sentinels.map(async ({ listenPort }) => {
      /** @type {string[]} */
      const fields = await ask(listenPort, ['SENTINEL', 'MASTER', session.lab.masterName]);
      const value = (/** @type {string} */ name) => Number(fields[fields.indexOf(name) + 1]);
      return { port: value('port'), epoch: value('config-epoch') };
    }),
  );
  const [view = { port: 0, epoch: 0 }] = views;
  if (views.some(({ port, epoch }) => port !== view.port || epoch !== view.epoch))
    problems.push(`the Sentinels do not agree: ${JSON.stringify(views)}`);
  if (view.port !== record.finalMaster) problems.push(`master ${view.port}, recorded ${record.finalMaster}`);
  const leaders = sentinels.filter(node =>
    epochsLed(readFileSync(folder.paths.log(node), 'utf8')).includes(view.epoch),
  );
  if (leaders.length > 1)
    problems.push(`several leaders of epoch ${view.epoch}: ${leaders.map(({ name }) => name).join(', ')}`);
  if (record.probe) {
    const { ledger, verification } = record.probe;
    const master = nodes.find(({ port }) => port === view.port);
    const password = await folder.passwordOf(master);
    for (const { client, acknowledged } of ledger.clients) {
      /** @type {string[]} */
      const keys = await ask(master.listenPort, ['KEYS', `probe:${ledger.run}:${client}:*`], password);
      const found = verification?.clients.find((/** @type {any} */ checked) => checked.client === client);
      if (found?.present !== keys.length)
        problems.push(`${client}: ${keys.length} keys, recorded ${found?.present}`);
      const kept = acknowledged - (found?.lostAcknowledged.count ?? 0);
      if (kept + (found?.unacknowledgedButPresent.count ?? 0) !== keys.length)
        problems.push(`${client}: the counts do not fit together`);
    }
  }
  return { problems, truth: { master: view.port, epoch: view.epoch, leader: leaders[0]?.name } };
}

async function main() {
  const [times = '30', name = 'kill-master'] = process.argv.slice(2);
  const count = Number(times);
  if (!Number.isInteger(count) || count < 1)
    throw new Instruction('usage: node scripts/repeat-drill.mjs [TIMES] [SCENARIO]');
  await buildPrograms();
  const programs = path.join(root, 'dist');
  const { openTemporaryLab } = await importSource('src/node/drill/openDrillLab.ts');
  const { findScenario } = await importSource('src/node/drill/findScenario.ts');
  const { runDrill } = await importSource('src/node/drill/runDrill.ts');
  const { ServerFinder } = await importSource('src/node/serverFinder.ts');
  const scenario = findScenario(name, programs);
  let failed = 0;
  /** @type {number[]} */
  const outages = [];
  for (let turn = 1; turn <= count; turn++) {
    const { signal } = new AbortController();
    const quiet = () => {};
    const lab = await openTemporaryLab(scenario, {
      signal,
      report: quiet,
      warn: quiet,
      finder: new ServerFinder(() => process.env.REDIS_HA_LAB_SERVER),
      programs,
    });
    const { directory } = lab.lab.session;
    /** @type {string[]} */
    let problems = [];
    /** @type {any} */
    let truth;
    /** @type {any} */
    let report;
    try {
      report = await runDrill(lab, scenario, programs, {
        signal,
        report: quiet,
        beforeCleanUp: async (/** @type {any} */ record) => {
          ({ problems, truth } = await askServers(record, lab.lab));
          if ((await lab.lab.faults.active()).length > 0) problems.push('a fault is on');
        },
      });
      const { failover, leader, verdicts, isPassed } = report;
      if (failover?.outcome === 'succeeded') {
        if (failover.to.port !== truth.master)
          problems.push(`promoted ${failover.to.port}, it is ${truth.master}`);
        if (failover.epoch !== truth.epoch) problems.push(`epoch ${failover.epoch}, it is ${truth.epoch}`);
        if (leader !== truth.leader) problems.push(`leader ${leader}, it is ${truth.leader}`);
      }
      for (const { ok, text, found } of verdicts) if (!ok) problems.push(`${text}: ${found}`);
      if (!isPassed && problems.length === 0) problems.push(report.record.failure ?? 'not passed');
    } catch (error) {
      problems.push(String(error));
    } finally {
      await lab.close();
    }
    if (existsSync(directory)) problems.push('the folder is left');
    const left = processesIn(directory);
    if (left.length > 0) problems.push(`processes are left: ${left.join(', ')}`);
    if (problems.length > 0) failed++;
    if (report?.probe) outages.push(report.probe.outageMs);
    say(
      `${String(turn).padStart(3)}  ${problems.length === 0 ? 'agrees' : 'DIFFERS'}  master ${truth?.master} epoch ${truth?.epoch} leader ${truth?.leader}  outage ${Math.round(report?.probe?.outageMs ?? 0)} ms  lost ${report?.probe?.lost ?? '-'}${problems.map(problem => `\n     ${problem}`).join('')}`,
    );
  }
  const sorted = outages.toSorted((a, b) => a - b);
  say(`${count} runs of ${name}: ${count - failed} agree with the servers, ${failed} differ`);
  if (sorted.length > 0)
    say(
      `outage: ${Math.round(sorted[0] ?? 0)} to ${Math.round(sorted.at(-1) ?? 0)} ms, median ${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms`,
    );
  if (failed > 0) process.exitCode = 1;
}

if (process.argv[1] === import.meta.filename) await runMain(main);
