/**
 * What every script needs before it can do its work. Uses nothing but Node itself: it runs in a fresh clone, before anything is
 * installed. Each step does nothing where its result is there already.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, runInstalled, Stop } from './run.mjs';

/** Smallest Node: what Vite 8 and Vitest 4 ask for. */
const smallestNode = [20, 19];

/** @param {string} [version] as `process.versions.node` has it */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major < smallestNode[0] || (major === smallestNode[0] && minor < smallestNode[1])) {
    throw new Stop(
      `Lowrank Lab needs Node ${smallestNode.join('.')} or newer, and this is Node ${version}. Install a newer one from https://nodejs.org and try again.`,
    );
  }
}

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }} LockedPackage */

/**
 * The packages that are missing or have another version than the lockfile says. Compares contents, not times: a checkout touches files.
 *
 * @param {Record<string, LockedPackage>} locked `packages` of package-lock.json
 * @param {Record<string, LockedPackage> | undefined} installed `packages` of node_modules/.package-lock.json, which npm writes last
 * @returns {string[]}
 */
export function outdatedPackages(locked, installed) {
  return Object.keys(locked).filter((path) => {
    if (path === '') return false;
    const present = installed?.[path];
    // What is optional may be left out for another system or processor.
    if (!present) return !locked[path].optional && !locked[path].devOptional;
    return present.version !== locked[path].version;
  });
}

/** @param {string} path in the project */
function packagesOf(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/** @typedef {(line: string) => void} Say */

/**
 * Installs the packages that the lockfile names, where they aren't installed already.
 *
 * @param {Say} say
 */
export async function installPackages(say) {
  const installed = packagesOf('node_modules/.package-lock.json');
  const outdated = outdatedPackages(packagesOf('package-lock.json'), installed);
  if (outdated.length === 0) return;
  say(
    installed
      ? `Installing again: ${outdated.length} of the packages differ from package-lock.json.`
      : 'Installing the packages, once: npm loads about 450 MB (118 MB of them word vectors), 1.4 GB on disk.',
  );
  // Under `npm start` and its like, npm says where it is itself; a shell is needed on Windows only, where npm is a script.
  const npm = process.env.npm_execpath;
  const parameters = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const code =
    npm && /\.c?js$/.test(npm)
      ? await run(process.execPath, [npm, ...parameters], { output: 'stderr' })
      : await run('npm', parameters, { output: 'stderr', shell: process.platform === 'win32' });
  if (code !== 0) throw new Stop('npm could not install the packages. Its message is above; with a working network, try again.');
}

/**
 * Makes `public/bundled/` (vectors and sentences) from the installed packages, where it is missing or was made by older code: the script
 * itself knows which.
 *
 * @param {Say} say
 */
export async function prepareData(say) {
  const missing = !existsSync(join(root, 'public', 'bundled'));
  if (missing) say('Preparing the data, once: reads 307 MB of word vectors from the packages, loads nothing.');
  const code = await runInstalled(['tsx'], ['scripts/prepare-data.ts'], { output: missing ? 'stderr' : 'none' });
  if (code !== 0)
    throw new Stop('The data could not be prepared. The message is above; after mending it, npm run prepare-data tries again.');
}

/**
 * Everything that is needed to build, serve or run the lab.
 *
 * @param {Say} [say] where to report what is done; stderr by default, so that stdout stays a script's own
 */
export async function setUp(say = (line) => console.error(line)) {
  checkNode();
  await installPackages(say);
  await prepareData(say);
}
