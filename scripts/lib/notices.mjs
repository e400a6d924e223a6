// The notices of the packages that a built page is made of: most of their licences ask that these go where the code goes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const noticeFile = /^(licen[cs]e|notice|copying)([.-]|$)/i;
/** Packages of the build alone, of which a part goes into the page. */
const fromBuild = ['workbox-window'];

/** For Vite: `notices.txt` beside `index.html`. */
export function notices() {
  return {
    name: 'notices',
    /** @this {import('rolldown').PluginContext} */
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'notices.txt', source: noticesText() });
    },
  };
}

/** Of every package that is installed for more than development, by the lockfile; some are used by the command line alone. */
export function noticesText() {
  /** @type {{ packages: Record<string, { dev?: boolean, optional?: boolean }> }} */
  const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const shipped = Object.entries(lockfile.packages)
    .filter(([path, { dev, optional }]) => path !== '' && !dev && !optional)
    .map(([path]) => path);
  const paths = [...shipped, ...fromBuild.map((name) => `node_modules/${name}`)].filter((path) => !path.includes('node_modules/@types/'));
  return paths.map((path) => noticeOf(join(root, path))).join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} folder */
function noticeOf(folder) {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => noticeFile.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  // An older form has a list.
  return [`${name} ${version}: ${license ?? licenses[0].type}`, ...texts].join('\n\n');
}
