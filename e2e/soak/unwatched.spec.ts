import { expect, test } from '@playwright/test';
import type { Sample } from '../../scripts/lib/trend';
import { backend, fewestSamples, in30Minutes, inWords, minutes, warmUpMinutes } from './growth';
import { Unwatched } from './unwatched';

/** In half an hour, by the lower end of the 95 % interval: the process has what its allocators hold besides what is alive. */
const mostMB = 10;

test(`the memory of the page’s process is flat over ${minutes} minutes of use that no tool looks at`, async () => {
  test.setTimeout((minutes + 10) * 60_000);
  const samples: Sample[] = [];
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 60_000;
  const visited = await Unwatched.open(backend);
  try {
    while (elapsed() < minutes) {
      await visited.round();
      samples.push({ minutes: elapsed(), value: visited.processMB() });
      console.log(samples.slice(-1).map(({ minutes: at, value }) => `${at.toFixed(1)} min: process ${value.toFixed(1)} MB, unwatched`)[0]);
    }
  } finally {
    await visited.close();
  }
  const settled = samples.filter((sample) => sample.minutes > warmUpMinutes);
  expect(settled.length, 'samples after the warm-up: let it run for longer').toBeGreaterThanOrEqual(fewestSamples);
  const growth = in30Minutes(settled);
  console.log(`process: ${inWords(growth)} MB more in 30 minutes; may be ${mostMB.toFixed(1)}`);
  expect(growth.from, 'MB more in 30 minutes').toBeLessThanOrEqual(mostMB);
});
