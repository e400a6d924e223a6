/** What the page calls what a sweep has ids for: the registries' labels, in sentences of the engine's own. */
import type { ScheduleSpecification } from '../../protocol/specification';
import { findMethod } from '../compression/registry';
import { findModel } from '../models/registry';
import { findSchedule } from '../schedules/registry';
import { shortName } from '../short-name';

/** `Low-rank, retrained`. */
export function methodLabel(id: string): string {
  return findMethod(id).label;
}

/** In quotation marks: a label may have a comma of its own. */
export function methodName(id: string): string {
  return `“${methodLabel(id)}”`;
}

export function modelName(id: string): string {
  return shortName(findModel(id));
}

/** `CALR`, or `CALR (gamma 0.5)` where it is not the default one. */
export function scheduleName({ id, parameters }: ScheduleSpecification): string {
  const given = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  const name = shortName(findSchedule(id));
  return given.length > 0 ? `${name} (${given.join(', ')})` : name;
}
