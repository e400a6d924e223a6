import { useMemo } from 'react';
import type { LandscapeSpecification } from '../../../protocol/landscape';
import { type LaneStyle, useLaneStyle } from '../../lanes/lane-style';

export type LandscapeLane = LandscapeSpecification['lanes'][number];

/** A lane as it is drawn. */
export interface DrawnLane extends LaneStyle {
  id: string;
}

export function useDrawnLanes(lanes: readonly LandscapeLane[]): DrawnLane[] {
  const styleOf = useLaneStyle();
  return useMemo(() => lanes.map(({ id, schedule }) => ({ id, ...styleOf(id, schedule.id) })), [lanes, styleOf]);
}
