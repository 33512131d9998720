// Makes test/fixtures/corpus of a folder of recorded scenarios: node scripts/make-corpus-fixtures.mjs CORPUS-FOLDER
// One compressed file a scenario: its logs, long ones cut, and what really happened, as its scenario.json has it.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Instruction, runMain } from './lib/instruction.mjs';
import { root } from './lib/paths.mjs';

/** A log with more lines keeps its beginning and its end. */
const mostLines = 1_500;

/** @param {string} text */
function cut(text) {
  const lines = text.split('\n');
  return lines.length <= mostLines ? text : [...lines.slice(0, 700), ...lines.slice(-300)].join('\n');
}

/**
 * What the servers themselves answered: who is the master at the end, and each new master with its epoch on the way.
 * @param {any} scenario
 */
function truthOf({ nodes, groundTruth, snapshots }) {
  /** @type {{ epoch: number; port: number }[]} */
  const masters = [];
  for (const { nodes: seen } of snapshots ?? []) {
    const told = Object.values(seen ?? {}).flatMap((/** @type {any} */ node) => node.masters ?? []);
    for (const { port, 'config-epoch': epoch } of told) {
      if (Number(epoch) > 0 && masters.every(known => known.epoch !== Number(epoch)))
        masters.push({ epoch: Number(epoch), port: Number(port) });
    }
  }
  const ends = Object.values(groundTruth?.masterAccordingToSentinels ?? {}).flatMap(
    (/** @type {any} */ list) => list.map((/** @type {any} */ master) => Number(master.port)),
  );
  return {
    nodes: nodes.map((/** @type {any} */ { name, kind, port }) => ({ name, kind, port })),
    roles: groundTruth?.roles ?? {},
    masters,
    lastMasters: [...new Set(ends)],
  };
}

await runMain(() => {
  const [corpus] = process.argv.slice(2);
  if (!corpus) throw new Instruction('Usage: node scripts/make-corpus-fixtures.mjs CORPUS-FOLDER');
  const target = path.join(root, 'test/fixtures/corpus');
  rmSync(target, { recursive: true, force: true });
  for (const version of readdirSync(corpus)) {
    const folder = path.join(corpus, version);
    if (version.endsWith('.md')) continue;
    for (const scenario of readdirSync(folder)) {
      const file = path.join(folder, scenario, 'scenario.json');
      const logs = path.join(folder, scenario, 'logs');
      if (!existsSync(file) || !existsSync(logs)) continue;
      const names = readdirSync(logs).filter(name => name.endsWith('.log') && !name.endsWith('.tail.log'));
      if (names.length === 0) continue;
      const content = {
        truth: truthOf(JSON.parse(readFileSync(file, 'utf8'))),
        logs: Object.fromEntries(
          names.map(name => [name, cut(readFileSync(path.join(logs, name), 'latin1'))]),
        ),
      };
      mkdirSync(path.join(target, version), { recursive: true });
      const packed = gzipSync(JSON.stringify(content), { level: 9 });
      writeFileSync(path.join(target, version, `${scenario}.json.gz`), packed);
    }
  }
});
