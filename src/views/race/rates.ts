/** The peak's slider: a logarithmic scale from rates that hardly move a weight to rates at which training breaks. */

const LOWEST_POWER = -5;
const HIGHEST_POWER = 1;
const STEPS_A_DECADE = 20;

export const PEAK_PLACES = (HIGHEST_POWER - LOWEST_POWER) * STEPS_A_DECADE;

/** The rate at a place of the slider, in two digits, as one writes it down. */
export function peakAt(place: number): number {
  return Number((10 ** (LOWEST_POWER + place / STEPS_A_DECADE)).toPrecision(2));
}

/** The place on the slider nearest to a rate. */
export function placeOfPeak(peak: number): number {
  const place = Math.round((Math.log10(peak) - LOWEST_POWER) * STEPS_A_DECADE);
  return Math.min(PEAK_PLACES, Math.max(0, place));
}
