import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, wherever a script is started from. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A sentence for the person at the terminal: what is wrong and what to do. Ends the script without a stack. */
export class Stop extends Error {}

/**
 * Runs a program in the project's folder, on this terminal.
 *
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ environment?: Record<string, string>, output?: 'inherit' | 'stderr' | 'none', errors?: 'inherit' | 'none', shell?: boolean }} [options] what becomes of its stdout and stderr
 * @returns {Promise<number>} the exit code
 */
export function run(program, parameters, { environment = {}, output = 'inherit', errors = 'inherit', shell = false } = {}) {
  return new Promise((resolve, reject) => {
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = ['inherit', output === 'none' ? 'ignore' : output === 'stderr' ? 2 : 'inherit', errors === 'none' ? 'ignore' : 'inherit'];
    const child = spawn(program, parameters, { cwd: root, env: { ...process.env, ...environment }, stdio, shell });
    // Ctrl-C reaches the child from the terminal; this process waits for the child to end in its own way.
    const wait = () => {};
    process.on('SIGINT', wait);
    const forward = () => child.kill('SIGTERM');
    process.on('SIGTERM', forward);
    const done = () => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', forward);
    };
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('close', (code, signal) => {
      done();
      resolve(code ?? (signal === null ? 1 : 128 + constants.signals[signal]));
    });
  });
}

/**
 * The file behind an installed command, to be run by this same Node: works alike on every system, and without a shell.
 *
 * @param {string} packageName
 * @param {string} [command] where it isn't the package's name
 */
export function installedCommand(packageName, command = packageName) {
  const folder = join(root, 'node_modules', packageName);
  const description = join(folder, 'package.json');
  if (!existsSync(description)) throw new Stop(`${packageName} is not installed. Run npm ci and try again.`);
  const { bin } = JSON.parse(readFileSync(description, 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * Runs an installed command by this same Node.
 *
 * @param {[packageName: string, command?: string]} which
 * @param {string[]} parameters
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runInstalled(which, parameters, options) {
  return run(process.execPath, [installedCommand(...which), ...parameters], options);
}

/**
 * Runs a script's main function: a `Stop` becomes its sentence on stderr and exit code 1.
 *
 * @param {() => Promise<number | void>} work resolves with the exit code
 */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
