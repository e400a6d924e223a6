import { groupKey, scheduleKey } from '../../engine/sweep/keys';
import { unrollSweep } from '../../engine/sweep/unroll';
import type { Catalogue } from '../../protocol/catalogue';
import type { SweepGroup, SweepResults } from '../../protocol/sweep';
import { floorLine, resultsTable } from '../table';

/** A table for each task, network and schedule, over its seeds, with why something is missing from it. Settings without results are left out. */
export function sweepTables(results: SweepResults, catalogue: Pick<Catalogue, 'methods'>): string {
  const { specification } = results;
  // One seed stands for the others.
  return unrollSweep({ ...specification, seeds: specification.seeds.slice(0, 1) })
    .flatMap((setting) => {
      const groups = new Set(specification.seeds.map((seed) => groupKey({ ...setting, seed })));
      const rows = results.cells.filter(({ group }) => groups.has(group)).map(({ row }) => row);
      const gaps = results.gaps.filter(({ group }) => groups.has(group));
      if (rows.length === 0 && gaps.length === 0) return [];
      const label = (id: string) => catalogue.methods.find((method) => method.id === id)?.label ?? id;
      // A rate that is out of reach is so in every seed.
      const reasons = new Set(
        gaps.map(
          ({ method, requestedRate, reason }) =>
            `${label(method)}${requestedRate === null ? '' : ` at ${100 * requestedRate} %`}: ${reason}`,
        ),
      );
      return [[settingName(setting), ...(rows.length > 0 ? [resultsTable(rows, catalogue), floorLine(rows)] : []), ...reasons].join('\n')];
    })
    .join('\n\n');
}

function settingName({ task, model, schedule }: SweepGroup): string {
  return `${task.dataset.name || task.dataset.id}: ${task.task}, ${model}, ${scheduleKey(schedule)}`;
}
