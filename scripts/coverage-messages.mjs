// How much of Redis' own words is recognised: npm run coverage:messages -- MESSAGES.json CORPUS-FOLDER
//   MESSAGES.json: the printf templates of many versions, { messages: [{ id, area, channel, template, variants }] }
//   CORPUS-FOLDER: logs of real servers, *.log at any depth
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importSource } from './build.mjs';
import { Instruction, runMain } from './lib/instruction.mjs';

const usage = 'Usage: npm run coverage:messages -- MESSAGES.json CORPUS-FOLDER';

/** A printf conversion, with the Windows ones. */
const conversion = /%(?:%|[-+ #0-9.*]*(?:lld|llu|llx|lu|ld|lx|zu|zd|hu|hd|I64d|I64u|Id|Iu|[a-zA-Z@]))/g;

/** A value as it could stand in a log. @param {string} found */
function sampleValue(found) {
  if (found === '%%') return '%';
  if (found === '%@') return 'master mymaster 127.0.0.1 6379';
  if (/[diu]$/.test(found)) return '42';
  if (/[fgeFG]$/.test(found)) return '1.50';
  if (/[xXp]$/.test(found)) return '0xbeef';
  return found.endsWith('c') ? 'x' : 'abc';
}

/** The first line with text, as the log has it. @param {string} template */
function firstLine(template) {
  const text = template.replace(conversion, sampleValue).replaceAll('\r', '');
  return (text.split('\n').find(line => line.trim() !== '') ?? '').trim();
}

/** @param {number} part @param {number} all */
const percent = (part, all) => `${((100 * part) / Math.max(all, 1)).toFixed(2)} % (${part} of ${all})`;

/** Only some have their own goal. @type {Record<string, number>} */
const goals = { sentinel: 99, replication: 99, persistence: 99 };

/** @param {string} file */
async function templates(file) {
  const { Recogniser } = await importSource('src/core/log/logRecord.ts');
  const recogniser = new Recogniser();
  /** @type {Record<string, { own: number; all: number }>} */
  const areas = {};
  /** @type {string[]} */
  const others = [];
  for (const message of JSON.parse(readFileSync(file, 'utf8')).messages) {
    const wordings = new Set([message.template, ...Object.values(message.variants ?? {}).flat()]);
    for (const wording of wordings) {
      const line = message.channel === 'sentinel-event' ? eventLine(message, wording) : firstLine(wording);
      const id = recogniser.recogniseMessage(line)?.id;
      const area = (areas[message.area ?? message.scope ?? 'other'] ??= { own: 0, all: 0 });
      area.all++;
      if (id === message.id) area.own++;
      else others.push(`${message.id}: "${line.slice(0, 100)}" is taken for ${id ?? 'nothing'}`);
    }
  }
  const sum = Object.values(areas).reduce((a, b) => ({ own: a.own + b.own, all: a.all + b.all }), {
    own: 0,
    all: 0,
  });
  console.log('Wordings recognised as themselves');
  for (const [area, { own, all }] of Object.entries(areas).sort())
    console.log(`  ${area.padEnd(18)} ${percent(own, all)}${area in goals ? `, goal ${goals[area]} %` : ''}`);
  console.log(`  ${'all'.padEnd(18)} ${percent(sum.own, sum.all)}, goal 95 %`);
  if (process.env.SHOW) console.log(others.map(line => `    ${line}`).join('\n'));
  return (
    (100 * sum.own) / sum.all >= 95 &&
    Object.entries(goals).every(
      ([area, goal]) => (100 * (areas[area]?.own ?? 0)) / (areas[area]?.all ?? 1) >= goal,
    )
  );
}

/** Sentinel events are written as `<type> <text>`. @param {{ event?: string; type?: string }} message @param {string} wording */
function eventLine(message, wording) {
  const type = message.event ?? message.type ?? '';
  const text = firstLine(wording);
  return type === '' || text.startsWith(type) ? text : `${type} ${text}`;
}

/** @param {string} folder */
async function corpus(folder) {
  const { Recogniser } = await importSource('src/core/log/logRecord.ts');
  const { RecordReader } = await importSource('src/core/log/recordReader.ts');
  const recogniser = new Recogniser();
  let known = 0;
  let all = 0;
  /** @type {Map<string, number>} */
  const missing = new Map();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.log'),
  );
  for (const file of files) {
    const records = new RecordReader(recogniser);
    /** @param {any} record */
    const count = record => {
      // Lines without a prefix are counted by the record they belong to.
      if (!record || record.head.dialect === 'raw') return;
      all++;
      if (record.said) known++;
      else {
        const form = record.head.message.slice(0, 60).replace(/\d+/g, 'N');
        missing.set(form, (missing.get(form) ?? 0) + 1);
      }
    };
    for (const line of readFileSync(path.join(folder, file), 'utf8').split(/\r?\n/))
      count(records.read(line));
    count(records.end());
  }
  console.log(`Lines of ${files.length} logs recognised`);
  console.log(`  ${percent(known, all)}, goal 99.5 %`);
  if (process.env.SHOW)
    for (const [form, count] of [...missing].sort((a, b) => b[1] - a[1]).slice(0, 30))
      console.log(`    ${count} × ${form}`);
  return (100 * known) / all >= 99.5;
}

await runMain(async () => {
  const [messages, folder] = process.argv.slice(2);
  if (!messages || !folder) throw new Instruction(usage);
  const results = [await templates(messages), await corpus(folder)];
  return results.every(Boolean) ? 0 : 1;
});
