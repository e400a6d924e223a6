import { describe, expect, it } from 'vitest';
import { styleOf } from '../../charts/palette';
import { madeSweep, noise, specificationOf } from '../../engine/analysis/testing/made-sweep';
import { methods } from '../../engine/compression/registry';
import { sweepFigures, sweepReport } from './report';

describe('a report without a browser', () => {
  const results = madeSweep(specificationOf({ methods: methods.map(({ id }) => id), seeds: [1, 2, 3] }), ({ method, seed }) => ({
    test: 0.8 + noise(seed, method, 0.01),
  }));

  it('draws every method in the page’s colour, in both themes', async () => {
    const [accuracy] = await sweepFigures(results, { allowedLoss: 0.01 });
    for (const { id } of methods) {
      expect(accuracy.svg).toContain(`{color:${styleOf(id).light}}`);
      expect(accuracy.svg).toContain(`{color:${styleOf(id).dark}}`);
    }
  });

  it('names the licences that it is given', async () => {
    const html = await sweepReport(results, { allowedLoss: 0.01 }, [{ of: 'GloVe', text: 'Public Domain' }]);
    expect(html).toContain('<dt>Licence of GloVe</dt><dd>Public Domain</dd>');
    expect(await sweepReport(results, { allowedLoss: 0.01 }, [])).toContain('the lab knows none');
  });
});
