// `npm start -- --check`: the first start of a person, without a screen.
import path from 'node:path';
import { Instruction } from './instruction.mjs';
import { processesAfter } from './labFolder.mjs';
import { root, vsix } from './paths.mjs';
import { run } from './run.mjs';
import { say, step } from './steps.mjs';
import { startWorkbench } from './workbench.mjs';

/** @typedef {import('./workbench.mjs').Row} Row */

/** How long a lab may take from the opened window to "ready". */
const readyLimit = 60_000;

/** What must be running. */
const wanted = { master: 1, replica: 2, sentinel: 3 };

/**
 * Opens the lab in a real workbench, waits until its tree says that it is ready, and stops it again.
 * @param {string} dir
 */
export async function checkStart(dir) {
  const workbench = await step('VS Code in headless Chromium', () =>
    startWorkbench({ folder: dir, extensionVsix: vsix }),
  );
  /** @type {unknown} */
  let trouble;
  try {
    await workbench.openView('Redis HA');
    const rows = await workbench.waitForRows('Labs', isReady, {
      timeout: readyLimit,
      what: 'a ready lab with one master, two replicas and three Sentinels',
      expand: true,
      onChange: reportChange(),
    });
    say('the tree shows:');
    for (const row of rows) console.log(`${' '.repeat(8)}${'  '.repeat(row.level)}${row.label}`);
  } catch (error) {
    trouble = error;
  }
  const picture = await workbench.screenshot('start-check').catch(() => 'no picture could be taken');
  say(`picture: ${picture}`);
  try {
    trouble ??= await stopLab(dir);
  } finally {
    await workbench.close();
    await endRest(dir);
  }
  if (trouble)
    throw new Instruction(
      `The check failed: ${trouble instanceof Error ? trouble.message : trouble}\nSee ${picture}`,
    );
  say('check passed');
}

/** @param {Row[]} rows */
function isReady(rows) {
  const running = countRunning(rows);
  const ready = rows.some(row => row.level === 1 && /\bready\b/.test(`${row.label} ${row.text}`));
  return ready && Object.entries(wanted).every(([role, count]) => running[role] === count);
}

/**
 * Node rows begin with their port, and their first role word is their own: "26379, sentinel, running, master 6379".
 * @param {Row[]} rows
 */
function countRunning(rows) {
  /** @type {Record<string, number>} */
  const counts = { master: 0, replica: 0, sentinel: 0 };
  for (const { label } of rows) {
    if (!/^\D*\d{2,5}\b/.test(label) || !/\brunning\b/.test(label)) continue;
    const role = /\b(master|replica|sentinel)\b/i.exec(label)?.[1]?.toLowerCase();
    if (role) counts[role] = (counts[role] ?? 0) + 1;
  }
  return counts;
}

/** Says what is running, when that changes. */
function reportChange() {
  let before = '';
  return (/** @type {Row[]} */ rows) => {
    const lab = rows.find(row => row.level === 1)?.label ?? 'no lab yet';
    const { master, replica, sentinel } = countRunning(rows);
    const now = `${lab}; running: ${master} master, ${replica} replicas, ${sentinel} Sentinels`;
    if (now !== before) say(`  ${now}`);
    before = now;
  };
}

/**
 * Stops the lab from the command line and looks whether all its servers have ended.
 * @param {string} dir
 * @returns {Promise<string | undefined>} what was wrong
 */
async function stopLab(dir) {
  say(`running: node dist/cli.js down ${dir}`);
  const { code, stdout, stderr } = await run(process.execPath, [path.join(root, 'dist/cli.js'), 'down', dir]);
  for (const line of `${stdout}${stderr}`.trim().split('\n')) say(`  ${line}`);
  if (code !== 0) return `"down" ended with exit code ${code}`;
  const left = await processesAfter(dir, 10_000);
  if (left.length > 0)
    return `after "down" these processes are still there: ${left.map(one => `${one.pid} ${one.command}`).join(', ')}`;
  say('no process of the lab is left');
  return undefined;
}

/** After a failed check nothing of the copied lab may go on running. @param {string} dir */
async function endRest(dir) {
  for (const { pid, command } of await processesAfter(dir, 5000)) {
    say(`ending ${command} (pid ${pid})`);
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has just ended
    }
  }
}
