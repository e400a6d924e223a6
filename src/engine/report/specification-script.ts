import type { SweepSpecification } from '../../protocol/sweep';
import { LabError } from '../errors';
import { escapeJson } from './escape';

const open = '<script type="application/json" id="lowrank-lab-specification">';
const close = '</script>';

/** The specification in a report, as data that no browser runs. */
export function specificationScript(specification: SweepSpecification): string {
  return `${open}${escapeJson(specification)}${close}`;
}

/**
 * What a report's text holds as its specification; not validated yet.
 *
 * @throws LabError `bad-specification` where it is no report
 */
export function readSpecification(report: string): unknown {
  const from = report.indexOf(open);
  const to = report.indexOf(close, from);
  try {
    if (from >= 0 && to >= 0) {
      return JSON.parse(report.slice(from + open.length, to));
    }
  } catch {
    // Damaged is the same as absent.
  }
  throw new LabError(
    'bad-specification',
    'This page holds no specification of a sweep.',
    'Take a report that the lab wrote, or a JSON file.',
  );
}
