/** The numbers of levels that the slider has: every one while there are few, then the powers of two and what is half way between. */
export const levelChoices: readonly number[] = [2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 24, 32, 48, 64, 96, 128, 192, 256];

/** The slider's place for a number of levels: the nearest, which a lesson need not have met exactly. */
export function placeOfLevels(levels: number): number {
  let best = 0;
  for (const [place, choice] of levelChoices.entries()) {
    if (Math.abs(choice - levels) < Math.abs(levelChoices[best] - levels)) best = place;
  }
  return best;
}

/** The nearest level of each value: where every one of the quantizers sends it. */
export function nearestLevel(value: number, levels: readonly number[]): number {
  return levels.reduce((best, level) => (Math.abs(level - value) < Math.abs(best - value) ? level : best), levels[0]);
}
