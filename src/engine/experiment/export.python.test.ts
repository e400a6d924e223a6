/** The Python examples as they stand: run by `npm run test:python`, where python3 has NumPy. */
import { describe, expect, it } from 'vitest';
import { exportModel } from './export';
import { modelId } from './last-run';
import { inFolder, labLogits, runExample, trainedNetworks } from './testing/exports';
import { finishedRun } from './testing/finished-run';

describe.each(trainedNetworks)('the Python examples of $model', ({ model, methods, rates, sentences }) => {
  it.each(['safetensors', 'npy'])(
    'compute the lab’s logits from %s',
    async (format) => {
      const run = await finishedRun({ model, methods, rates, hidden: 8 });
      for (const id of run.models.map(modelId)) {
        const written = await exportModel(run, id, format);
        const example = written.examples.find(({ language }) => language === 'python');
        if (!example) throw new Error('no example');
        for (const tokens of sentences) {
          const logits = await labLogits(run, id, tokens);
          const printed = inFolder(written, (folder) => runExample(folder, example, tokens));
          expect(printed.map(([name]) => name)).toEqual(run.data.classes);
          for (const [c, [, logit]] of printed.entries()) {
            expect(Math.abs(Number(logit) - logits[c]), `${id}: ${tokens}`).toBeLessThan(1e-4);
          }
        }
      }
    },
    120_000,
  );
});

describe('the Python example of word2vec', () => {
  it('finds the neighbours that the JavaScript one finds', async () => {
    const run = await finishedRun({ methods: ['low-rank'] });
    const written = await exportModel(run, 'low-rank@0.5', 'word2vec');
    const [python, javascript] = written.examples.map((example) => inFolder(written, (folder) => runExample(folder, example, ['word7'])));
    expect(python[0]).toEqual(['word7', '1.000000']);
    expect(python.map(([word]) => word)).toEqual(javascript.map(([word]) => word));
    for (const [i, [, cosine]] of python.entries()) expect(Number(cosine)).toBeCloseTo(Number(javascript[i][1]), 5);
  });
});
