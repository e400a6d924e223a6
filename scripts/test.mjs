// `npm test`: every check there is, with all its own set-up. Goes on after a failure; the last line says `N passed, N failed`.
// Lint, types and build count as one each. Needs nothing but Node and npm; CHROMIUM_PATH and LAB_GPU are told in lib/browser.mjs.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildEngine } from './lib/build-engine.mjs';
import { findPython, pythonChecks, withoutPython } from './lib/python.mjs';
import { playwrightTally, settle, vitestTally } from './lib/report.mjs';
import { main, root, runInstalled } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

/** @param {string} line */
const say = (line) => console.log(`\n== ${line}`);

/** @param {number} exitCode */
const one = (exitCode) => settle({ passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0, exitCode });

const reports = join(root, 'test-results');
/**
 * @param {string} project
 * @param {Record<string, string>} [environment]
 */
const vitest = async (project, environment = {}) => {
  const file = join(reports, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return vitestTally(file, await runInstalled(['vitest'], ['run', '--project', project, ...reporters], { environment }));
};

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {() => Promise<import('./lib/report.mjs').Tally | string>} work a text says why it was left out
 */

/**
 * @param {import('./lib/python.mjs').PythonCheck} check
 * @returns {Step}
 */
const inPython = (check) => ({
  title: check.title,
  work: async () => {
    const python = await findPython(check.modules);
    return python === null ? withoutPython(check) : vitest(check.project, { LAB_PYTHON: python });
  },
});

/** @type {Step[]} */
const steps = [
  {
    title: 'Lint and format',
    work: async () => one(await runInstalled(['@biomejs/biome', 'biome'], ['check', '--error-on-warnings', '.'])),
  },
  { title: 'Types', work: async () => one(await runInstalled(['typescript', 'tsc'], ['--noEmit'])) },
  { title: 'Unit tests', work: () => vitest('unit') },
  ...pythonChecks.map(inPython),
  { title: 'Kernel tests on WebGPU in Chromium', work: () => vitest('gpu') },
  { title: 'Build', work: async () => one(await runInstalled(['vite'], ['build'])) },
  { title: 'Build of the library', work: async () => one(await buildEngine()) },
  { title: 'What was built: the page’s weight, the library', work: () => vitest('built') },
  {
    title: 'Journeys through the built page',
    work: async () => playwrightTally(join(reports, 'e2e.json'), await runInstalled(['@playwright/test', 'playwright'], ['test'])),
  },
];

await main(async () => {
  await setUp(say);
  // Loaded only now: it imports what set-up has just installed.
  const { ensureBrowser } = await import('./lib/browser.mjs');
  process.env.CHROMIUM_PATH = await ensureBrowser(say);
  say(`Browser: ${process.env.CHROMIUM_PATH}`);
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });

  const summary = [];
  const leftOut = [];
  for (const { title, work } of steps) {
    say(title);
    const began = Date.now();
    const tally = await work();
    if (typeof tally === 'string') {
      leftOut.push(`${title}: LEFT OUT: ${tally}`);
      console.log(`Left out: ${tally}.`);
      continue;
    }
    summary.push({ ...tally, title, seconds: Math.round((Date.now() - began) / 1000) });
  }

  say('Summary');
  for (const { title, passed, failed, reasons, seconds } of summary) {
    console.log(`${title}: ${passed} passed, ${failed} failed, ${seconds} s${reasons.map((reason) => `; ${reason}`).join('')}`);
  }
  for (const line of leftOut) console.log(line);
  const passed = summary.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = summary.reduce((sum, tally) => sum + tally.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
