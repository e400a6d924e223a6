const MOST_SEEDS = 32;

/** What is wrong with a list of seeds, or null. */
export function checkSeeds(values: readonly number[]): string | null {
  if (values.some((value) => !Number.isInteger(value) || value < 0 || value > 2 ** 31)) return 'Seeds are whole numbers from 0.';
  if (new Set(values).size < values.length) return 'Each seed once.';
  return values.length > MOST_SEEDS ? `At most ${MOST_SEEDS} seeds.` : null;
}
