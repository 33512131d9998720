// Makes a recording that ships of a drill: node scripts/make-recordings.mjs NAME DRILL-FOLDER
// DRILL-FOLDER is what `redis-ha-lab drill … --out` wrote: its logs as they are, and of report.json what a recording needs.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Instruction, runMain } from './lib/instruction.mjs';
import { root } from './lib/paths.mjs';

/** Fields of report.json that src/core/replay/recordedDrill.ts reads. @param {any} report */
function reduced(report) {
  const { scenario, lab, masterName, startedAt, actAt, storyEndedAt, endedAt, zoneMs, settings } = report;
  const { oldMaster, newMaster, outcome } = report;
  const span = (/** @type {any} */ { from, to }) => ({ from, to });
  const ledger = report.probe?.ledger;
  return {
    ...{ scenario, lab, masterName, startedAt, actAt, storyEndedAt, endedAt, zoneMs, settings },
    ...{ outcome, oldMaster, newMaster },
    steps: report.steps.map((/** @type {any} */ { part, text, startedAt: at, ms, faults, heals }) => ({
      ...{ part, text, startedAt: at, ms, faults, heals },
    })),
    probe: ledger && {
      ledger: {
        clients: ledger.clients.map((/** @type {any} */ { client, lost, outages }) => ({
          ...{ client, lost },
          outages: outages.map(span),
        })),
        staleMasters: ledger.staleMasters.map(span),
      },
    },
    endNodes: report.endNodes.map((/** @type {any} */ { name, kind, port, status, role, version }) => ({
      ...{ name, kind, port, status, role, version },
    })),
  };
}

await runMain(() => {
  const [name, drill] = process.argv.slice(2);
  if (!name || !drill) throw new Instruction('Usage: node scripts/make-recordings.mjs NAME DRILL-FOLDER');
  const target = path.join(root, 'recordings', name);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(path.join(target, 'logs'), { recursive: true });
  for (const file of readdirSync(path.join(drill, 'logs'))) {
    const text = readFileSync(path.join(drill, 'logs', file), 'utf8');
    const absolute = /(?<![\w.:/])\/(?:tmp|home|Users|work|root|opt)\/\S+/.exec(text);
    if (absolute) throw new Instruction(`${file} names a path of this machine: ${absolute[0]}`);
    writeFileSync(path.join(target, 'logs', file), text);
  }
  const report = JSON.parse(readFileSync(path.join(drill, 'report.json'), 'utf8'));
  writeFileSync(path.join(target, 'report.json'), `${JSON.stringify(reduced(report), undefined, 1)}\n`);
});
