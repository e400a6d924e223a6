/** Reads what the test runners wrote: how many of their tests passed, and how many did not. */
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, reasons: string[] }} Tally */

/**
 * A tally as a step of `npm test` counts: a skipped test shows nothing, so it failed; so did a runner that ran nothing, or that ended
 * badly though each of its tests passed (an unhandled rejection, a file that could not be loaded).
 *
 * @param {{ passed: number, failed: number, skipped: number, exitCode: number }} counts
 * @returns {Tally}
 */
export function settle({ passed, failed, skipped, exitCode }) {
  const reasons = [];
  if (skipped > 0) reasons.push(`${skipped} skipped: a skipped test counts as failed`);
  let lost = failed + skipped;
  if (passed + lost === 0) {
    reasons.push('no test ran');
    lost = 1;
  } else if (exitCode !== 0 && lost === 0) {
    reasons.push('the runner ended with an error outside its tests');
    lost = 1;
  }
  return { passed, failed: lost, reasons };
}

/** @param {string} file */
function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * Vitest's JSON report. A file that could not be loaded has no test in it, and counts as one failed.
 *
 * @param {string} file
 * @param {number} exitCode of the runner
 */
export function vitestTally(file, exitCode) {
  const report = readJson(file);
  if (!report) return settle({ passed: 0, failed: 0, skipped: 0, exitCode });
  /** @type {{ status: string, assertionResults: { status: string }[] }[]} */
  const files = report.testResults;
  const statuses = files.flatMap(({ status, assertionResults }) =>
    assertionResults.length === 0 ? [status] : assertionResults.map((result) => result.status),
  );
  const passed = statuses.filter((status) => status === 'passed').length;
  const failed = statuses.filter((status) => status === 'failed').length;
  return settle({ passed, failed, skipped: statuses.length - passed - failed, exitCode });
}

/**
 * Playwright's JSON report. A flaky test failed once, and so failed.
 *
 * @param {string} file
 * @param {number} exitCode of the runner
 */
export function playwrightTally(file, exitCode) {
  const report = readJson(file);
  if (!report) return settle({ passed: 0, failed: 0, skipped: 0, exitCode });
  const { expected, unexpected, flaky, skipped } = report.stats;
  return settle({ passed: expected, failed: unexpected + flaky, skipped, exitCode });
}
