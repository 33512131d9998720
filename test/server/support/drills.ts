import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DrillRecord } from '../../../src/core/drill/drillRecord';
import type { DrillReport } from '../../../src/core/drill/drillReport';
import { masterPort } from '../../../src/core/model/labState';
import { openTemporaryLab, type DrillLab } from '../../../src/node/drill/openDrillLab';
import type { ClientVerification } from '../../../src/core/probe/verifyLedger';
import { findScenario } from '../../../src/node/drill/findScenario';
import { runDrill } from '../../../src/node/drill/runDrill';
import { ServerFinder } from '../../../src/node/serverFinder';
import { firstFreePort } from '../../support/freePorts';
import { repoRoot } from '../../support/repoRoot';
import { until } from '../../support/until';
import { processesIn } from './processes';
import { ask, infoField, masterKnownBy } from './redis';
import { testServer } from './testServer';

/** Where the programs are. */
export const programs = path.join(repoRoot, 'dist');

/** A drill that was done, with what was found behind its back. */
export interface DoneDrill {
  readonly report: DrillReport;
  readonly directory: string;
}

/** Does a built-in drill in a lab of its own, counts and asks by itself before that is removed, and looks that nothing is left. */
export async function doDrill(name: string): Promise<DoneDrill> {
  const { signal } = new AbortController();
  const scenario = findScenario(name, programs);
  const told: string[] = [];
  const lab = await openTemporaryLab(scenario, {
    signal,
    report: () => {},
    warn: text => told.push(text),
    finder: new ServerFinder(() => testServer),
    programs,
    findPorts: firstFreePort,
  });
  const { directory } = lab.lab.session;
  let report: DrillReport;
  try {
    report = await runDrill(lab, scenario, programs, {
      signal,
      report: text => told.push(text),
      beforeCleanUp: async record => {
        await recount(record, lab);
        await askServers(record, lab);
        assert.deepEqual(await lab.lab.faults.active(), [], 'no fault is on');
      },
    });
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}\n${told.join('\n')}`, { cause: error });
  } finally {
    await lab.close();
  }
  assert.ok(!existsSync(directory), `${name}: the folder is gone`);
  await until(`${name}: no process is left`, () => processesIn(directory).length === 0);
  return { report, directory };
}

/** Holds the ledger against a recount that shares nothing with it: the names of the keys that the final master has. */
async function recount({ probe, finalMaster }: DrillRecord, { lab }: DrillLab): Promise<void> {
  if (!probe) return;
  const { ledger, verification } = probe;
  assert.ok(verification, 'there was a master to look at');
  const node = lab.session.lab.nodes.find(({ port }) => port === finalMaster);
  assert.ok(node);
  const password = await lab.folder.passwordOf(node);
  for (const { client, attempted, acknowledged } of ledger.clients) {
    const keys = (await ask(
      node.listenPort,
      password,
      'KEYS',
      `probe:${ledger.run}:${client}:*`,
    )) as readonly string[];
    const there = new Set(keys.map(key => Number(key.slice(key.lastIndexOf(':') + 1))));
    assert.ok(
      [...there].every(number => number >= 1 && number <= attempted),
      `${client}: only what was tried`,
    );
    const found: ClientVerification | undefined = verification.clients.find(
      checked => checked.client === client,
    );
    assert.ok(found);
    assert.equal(found.present, there.size, `${client}: as many as there are keys`);
    assert.equal(found.unexplained.count, 0, `${client}: nothing is there that was refused or never sent`);
    assert.equal(
      acknowledged - found.lostAcknowledged.count,
      there.size - found.unacknowledgedButPresent.count,
      `${client}: what is not lost is there`,
    );
    assert.ok(
      [...found.lostAcknowledged].every(number => !there.has(number)),
      `${client}: the lost are not there`,
    );
  }
}

/** The Sentinels that run, and the server itself, say what the record says. */
async function askServers(record: DrillRecord, { lab }: DrillLab): Promise<void> {
  const { nodes } = lab.session.lab;
  const master = nodes.find(({ port }) => port === record.finalMaster);
  assert.ok(master);
  await until('the Sentinels name the master that the record names', async () => {
    await lab.session.refresh();
    const known = await Promise.all(
      nodes.filter(({ kind }) => kind === 'sentinel').map(({ listenPort }) => masterKnownBy(listenPort)),
    );
    return known.every(({ port }) => port === record.finalMaster);
  });
  assert.equal(masterPort(lab.session.store.state), record.finalMaster);
  const password = await lab.folder.passwordOf(master);
  assert.equal(await infoField(master.listenPort, password, 'role'), 'master');
}
