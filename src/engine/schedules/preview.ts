/** Points of a schedule's preview. */
const previewPoints = 600;

/** At most 600 steps of a training phase, from its first to its last, evenly apart up to rounding. */
export function previewSteps(totalSteps: number): number[] {
  const points = Math.min(previewPoints, totalSteps);
  return Array.from({ length: points }, (_, i) => Math.round((i * (totalSteps - 1)) / Math.max(1, points - 1)));
}
