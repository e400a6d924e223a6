import { expect, it } from 'vitest';
import { trainingPeaks, walkingPeaks } from './peaks';

it('go by even factors, in two digits, through places of their own', () => {
  expect([0, 60, trainingPeaks.places].map(trainingPeaks.peakAt)).toEqual([1e-5, 0.01, 10]);
  expect([0, 40, walkingPeaks.places].map(walkingPeaks.peakAt)).toEqual([1e-3, 0.1, 10]);
  for (const { places, peakAt, placeOf } of [trainingPeaks, walkingPeaks]) {
    for (let place = 0; place <= places; place++) expect(placeOf(peakAt(place))).toBe(place);
    for (let place = 1; place <= places; place++) expect(peakAt(place)).toBeGreaterThan(peakAt(place - 1));
  }
});

it('show a rate that they have no place for at the nearest one, and at their ends', () => {
  const { places, peakAt, placeOf } = trainingPeaks;
  expect(peakAt(placeOf(0.031))).toBe(0.032);
  expect([placeOf(1e-9), placeOf(99)]).toEqual([0, places]);
});
