import { useMemo } from 'react';
import { laneStyle } from '../../../charts/palette';
import { useScheme } from '../../../charts/swatch';
import type { ScheduleDescription } from '../../../protocol/catalogue';
import type { LandscapeSpecification } from '../../../protocol/landscape';

export const laneIds = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

export type LandscapeLane = LandscapeSpecification['lanes'][number];

/** A lane as it is drawn. */
export interface DrawnLane {
  id: string;
  /** The letter in its ball. */
  letter: string;
  /** `C · Cyclically annealed (CALR)`. */
  label: string;
  /** `CALR`: what its schedule is called for short. */
  short: string;
  color: string;
  dash: string;
}

export function useDrawnLanes(lanes: readonly LandscapeLane[], schedules: readonly ScheduleDescription[] | undefined): DrawnLane[] {
  const scheme = useScheme();
  return useMemo(
    () =>
      lanes.map(({ id, schedule }) => {
        const style = laneStyle(id, schedule.id);
        const name = schedules?.find((candidate) => candidate.id === schedule.id)?.label ?? schedule.id;
        const letter = id.toUpperCase();
        const short = /\(([^)]+)\)/.exec(name)?.[1] ?? name;
        return { id, letter, label: `${letter} · ${name}`, short, color: style[scheme], dash: style.dash };
      }),
    [lanes, schedules, scheme],
  );
}
