/** A slider for peaks: a logarithmic scale between two powers of ten. */
export interface PeakScale {
  /** The slider goes from 0 to here. */
  places: number;
  /** The rate at a place, in two digits, as one writes it down. */
  peakAt(place: number): number;
  /** The place nearest to a rate. */
  placeOf(peak: number): number;
}

/** More, and two places would write the same two digits. */
const placesADecade = 20;

function peakScale(lowestPower: number, highestPower: number): PeakScale {
  const places = (highestPower - lowestPower) * placesADecade;
  return {
    places,
    peakAt: (place) => Number((10 ** (lowestPower + place / placesADecade)).toPrecision(2)),
    placeOf: (peak) => Math.min(places, Math.max(0, Math.round((Math.log10(peak) - lowestPower) * placesADecade))),
  };
}

/** From rates that hardly move a weight to rates at which training breaks. */
export const trainingPeaks = peakScale(-5, 1);

/** From rates that hardly move a ball to rates that throw it from wall to wall. */
export const walkingPeaks = peakScale(-3, 1);
