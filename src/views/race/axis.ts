import { roundUp } from '../../charts/domain';
import { formatCount } from '../../charts/format';
import type { LaneTrace, RaceAxis } from '../../store/race/race';

export const AXES: readonly { value: RaceAxis; label: string }[] = [
  { value: 'step', label: 'Step' },
  { value: 'epoch', label: 'Epoch' },
  { value: 'time', label: 'Time' },
];

export const AXIS_LABELS: Record<RaceAxis, string> = { step: 'step', epoch: 'epoch', time: 'seconds' };

const formatStep = (value: number) => formatCount(value);
const formatShort = (value: number) => String(Number(value.toFixed(2)));

export const AXIS_FORMATS: Record<RaceAxis, (value: number) => string> = { step: formatStep, epoch: formatShort, time: formatShort };

/** The whole race from its start: where time is drawn, as long as it will take at the pace until now. */
export function axisDomain(axis: RaceAxis, totalSteps: number, stepsPerEpoch: number, traces: readonly LaneTrace[]): [number, number] {
  if (axis === 'step') return [0, Math.max(1, totalSteps)];
  if (axis === 'epoch') return [0, Math.max(1, totalSteps / stepsPerEpoch)];
  let longest = 0;
  for (const { seconds, firstStep } of traces) {
    if (seconds.length === 0) continue;
    const until = seconds.values[seconds.length - 1];
    longest = Math.max(longest, (until / (firstStep + seconds.length)) * totalSteps);
  }
  return [0, roundUp(longest)];
}
