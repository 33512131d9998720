// How well the conf lint foretells whether a version starts with a line, measured over facts that were found by starting servers:
//   node scripts/measure-conf-lint.mjs FACTS
// FACTS is a JSON file { servers, directives, sentinelDirectives } with, for each directive, `accepted` and `acceptedLine` by version.
import { readFileSync } from 'node:fs';
import { importSource } from './build.mjs';
import { Instruction, runMain } from './lib/instruction.mjs';

async function main() {
  const [file] = process.argv.slice(2);
  if (!file) throw new Instruction('Name the file of facts: node scripts/measure-conf-lint.mjs FACTS');
  const facts = JSON.parse(readFileSync(file, 'utf8'));
  const { checkLine } = await importSource('src/core/lint/lineCheck.ts');
  const { parseConf } = await importSource('src/core/conf/confText.ts');
  const { parseVersion } = await importSource('src/core/conf/serverVersion.ts');
  const { allDirectives: specs } = await importSource('src/core/conf/specs/allDirectives.ts');
  const sums = { both: 0, missed: 0, falseAlarm: 0, neither: 0 };
  const wrong = [];
  for (const [kind, group] of /** @type {const} */ ([
    ['server', facts.directives],
    ['sentinel', facts.sentinelDirectives],
  ])) {
    for (const [name, known] of Object.entries(group)) {
      // One line for all versions, or one for each.
      const accepted = known.acceptedLine ?? {};
      const lines = typeof accepted === 'string' ? [accepted] : Object.values(accepted);
      for (const server of facts.servers) {
        const version = parseVersion(server);
        if (!version || !(server in known.accepted)) continue;
        const starts = known.accepted[server];
        const text = accepted[server] ?? lines[0];
        if (text === undefined) continue;
        const [line] = parseConf(text).lines;
        const isRefused = line !== undefined && checkLine(line, { kind, version, specs }) !== undefined;
        if (isRefused && !starts) sums.both++;
        else if (isRefused) sums.falseAlarm++;
        else if (!starts) sums.missed++;
        else sums.neither++;
        if (isRefused === starts)
          wrong.push(`${server} ${kind} ${name}: "${text}" ${starts ? 'starts' : 'does not start'}`);
      }
    }
  }
  const percent = (/** @type {number} */ part, /** @type {number} */ whole) =>
    `${((100 * part) / whole).toFixed(2)} %`;
  console.log(`lines: ${sums.both + sums.missed + sums.falseAlarm + sums.neither}`);
  console.log(`precision of "does not start": ${percent(sums.both, sums.both + sums.falseAlarm)}`);
  console.log(`recall of "does not start":    ${percent(sums.both, sums.both + sums.missed)}`);
  for (const text of wrong.slice(0, 40)) console.log(`  wrong: ${text}`);
  if (wrong.length > 40) console.log(`  … and ${wrong.length - 40} more`);
}

await runMain(main);
