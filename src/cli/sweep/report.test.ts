import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { styleOf } from '../../charts/palette';
import { madeSweep, noise, specificationOf } from '../../engine/analysis/testing/made-sweep';
import { methods } from '../../engine/compression/registry';
import { ProgressLine } from '../progress';
import { runReport, sweepFigures, sweepReport } from './report';

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
    const { embeddings, tasks } = results.specification;
    const html = await sweepReport(results, { allowedLoss: 0.01 }, [{ of: embeddings.name, text: 'Public Domain' }]);
    expect(html).toContain(`<dt>Licence of ${embeddings.name}</dt><dd>Public Domain</dd>`);
    expect(html).toContain(`<dt>Licence of ${tasks[0].dataset.name}</dt><dd>The lab knows none`);
  });

  it('of the bundled data names their licences, from a file of results alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-report-'));
    const [file, out] = ['results.json', 'report.html'].map((name) => join(folder, name));
    try {
      writeFileSync(file, JSON.stringify(results));
      const progress = new ProgressLine(
        () => {},
        false,
        () => 0,
      );
      await runReport({ file, out, allowedLoss: 0.01 }, { progress, print: () => {} });
      const html = readFileSync(out, 'utf8');
      for (const licence of ['Public Domain Dedication', 'CC BY 4.0']) expect(html).toContain(licence);
      expect(html).not.toContain('The lab knows none');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
