import { describe, expect, it } from 'vitest';
import { axisDomain } from './axis';
import { PEAK_PLACES, peakAt, placeOfPeak } from './rates';
import { pointsEach } from './series';

describe('the peak’s slider', () => {
  it('goes from 0.00001 to 10 by even factors, in two digits', () => {
    expect([peakAt(0), peakAt(60), peakAt(PEAK_PLACES)]).toEqual([1e-5, 0.01, 10]);
    for (let place = 0; place <= PEAK_PLACES; place++) expect(placeOfPeak(peakAt(place))).toBe(place);
    for (let place = 1; place <= PEAK_PLACES; place++) expect(peakAt(place)).toBeGreaterThan(peakAt(place - 1));
  });

  it('shows a rate that it has no place for at the nearest one, and at its ends', () => {
    expect(peakAt(placeOfPeak(0.031))).toBe(0.032);
    expect(placeOfPeak(1e-9)).toBe(0);
    expect(placeOfPeak(99)).toBe(PEAK_PLACES);
  });
});

describe('the charts of a race', () => {
  it('draw 300 points a line at most, and no more in all for six lanes than for three', () => {
    expect([1, 2, 3, 4, 6].map(pointsEach)).toEqual([300, 300, 300, 225, 150]);
  });

  it('show the whole race from its start, and of time as much as it will take', () => {
    const seconds = { values: [1, 2, 3, 4], length: 4 };
    const trace = { firstStep: 6, seconds } as never;
    expect(axisDomain('step', 100, 10, [])).toEqual([0, 100]);
    expect(axisDomain('epoch', 100, 10, [])).toEqual([0, 10]);
    // 4 s for the first 10 of 100 steps.
    expect(axisDomain('time', 100, 10, [trace])).toEqual([0, 50]);
  });
});
