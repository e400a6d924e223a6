/** What a registry's entry is called where room is short: `CALR`, where `Cyclically annealed (CALR)` is too long. */
export function shortName({ short, label }: { short?: string; label: string }): string {
  return short ?? label;
}
