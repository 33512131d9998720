// Debian's and Ubuntu's packages.
import { readFileSync } from 'node:fs';
import { findProgram } from './findProgram.mjs';
import { Instruction } from './instruction.mjs';
import { run, runOk } from './run.mjs';
import { say } from './steps.mjs';

/** The system's name in /etc/os-release: debian, ubuntu, fedora … @returns {string} */
export function linuxName() {
  try {
    return /^ID="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'linux';
  } catch {
    return 'linux';
  }
}

/** True where apt-get can install something. */
export function hasApt() {
  return findProgram(['apt-get', '/usr/bin/apt-get']) !== undefined;
}

/**
 * Installs packages, as root or through sudo, saying what is run.
 * @param {readonly string[]} packages
 */
export async function aptInstall(packages) {
  const commands = [
    ['apt-get', 'update'],
    [
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      'install',
      '-y',
      '--no-install-recommends',
      ...packages,
    ],
  ];
  const sudo = await sudoPrefix(`apt-get install ${packages.join(' ')}`);
  for (const command of commands) {
    const [program = '', ...args] = [...sudo, ...command];
    say(`running: ${[program, ...args].join(' ')}`);
    await runOk(program, args, { show: true });
  }
}

/**
 * What stands before a command that needs root: nothing, or sudo when it works without a password or can ask for one.
 * @param {string} purpose named in the instruction when there is no way
 * @returns {Promise<string[]>}
 */
export async function sudoPrefix(purpose) {
  if (process.getuid?.() === 0) return [];
  if (findProgram(['sudo', '/usr/bin/sudo'])) {
    if ((await run('sudo', ['-n', 'true'])).code === 0) return ['sudo', '-n'];
    if (process.stdin.isTTY) return ['sudo'];
  }
  throw new Instruction(
    `Root is needed for: ${purpose}\nRun it yourself (sudo apt-get update, then sudo ${purpose}) and start again.`,
  );
}
