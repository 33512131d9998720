// Starting other programs.
import { spawn } from 'node:child_process';
import { Instruction } from './instruction.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] the whole environment; default: ours
 * @property {boolean} [show] let the program write to our own output instead of catching it
 * @property {boolean} [shell] only for `.cmd` files on Windows, which cannot be started without one
 *
 * @typedef {object} RunResult
 * @property {number} code exit code, or 128 when a signal ended it
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Runs a program to its end. A non-zero exit code is a result, not an error; a missing program is an error.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, { cwd, env, show = false, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      shell,
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', text => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', text => (stderr += text));
    child.once('error', reject);
    child.once('close', code => resolve({ code: code ?? 128, stdout, stderr }));
  });
}

/**
 * Runs a program that must succeed; otherwise the error carries the end of what it wrote.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export async function runOk(command, args, options) {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    const said = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-25).join('\n');
    throw new Instruction(`${[command, ...args].join(' ')} ended with exit code ${result.code}.\n${said}`);
  }
  return result;
}

/**
 * Runs npm. Under `npm start` and `npm test` the very npm that runs us is used, without what it set for this package.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options = {}) {
  const env = Object.fromEntries(
    Object.entries(options.env ?? process.env).filter(
      ([name]) => !/^npm_(package_|lifecycle_|command$|config_local_prefix$)/.test(name),
    ),
  );
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return runOk(process.execPath, [cli, ...args], { ...options, env });
  return runOk('npm', args, { ...options, env, shell: process.platform === 'win32' });
}
