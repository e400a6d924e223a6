/** A table that is larger than any buffer of the device: training holds on it what the experiment needs, and no more. */
import { describe, expect, it } from 'vitest';
import type { Dataset, WordVectors } from '../data/dataset';
import { prepareData } from '../data/prepare';
import { WordTable } from '../data/word-table';
import { openTestDevices, withBuffersOf } from '../device/testing';
import { Random } from '../random';
import { spectrum } from '../svd/svd';
import { RunControl } from '../training/control';
import { runExperiment } from './run';
import { validateSpecification } from './specification';
import { smallSpecification } from './testing';

const devices = await openTestDevices();
const dimension = 24;
const rows = 20_000;
const maxBufferBytes = 2 ** 17;

function loadedTable(): WordVectors {
  const random = new Random(5);
  const vectors = new WordTable(dimension);
  const words = Array.from({ length: rows }, (_, i) => `word${i}`);
  for (let row = 0; row < rows; row++) {
    const { values, at } = vectors.next();
    for (let k = 0; k < dimension; k++) values[at + k] = 0.4 * random.normal() + (k === 0 ? (row % 2 ? 0.5 : -0.5) : 0);
    vectors.commit();
  }
  return {
    source: { id: 'sha256:1', name: 'large.txt' },
    format: 'GloVe text',
    words,
    index: new Map(words.map((word, row) => [word, row])),
    vectors,
    warnings: [],
    licence: null,
  };
}

/** Sentences of 150 of the table's words, from all over it; the label is whether most are odd. */
function sentences(): Dataset {
  const random = new Random(6);
  const labels = Uint32Array.from({ length: 300 }, () => random.integer(2));
  const tokens = Array.from(labels, (label) => Array.from({ length: 6 }, () => `word${2 * 133 * random.integer(75) + label}`));
  return {
    source: { id: 'sha256:2', name: 'set.csv' },
    format: 'CSV',
    texts: tokens.map((list, i) => `${list.join(' ')} ${i}`),
    tokens,
    tokenizer: 'whitespace',
    tasks: [{ id: 'label', label: 'label', classes: ['even', 'odd'], labels }],
    ownSplit: null,
    warnings: [],
    licence: null,
  };
}

describe.each(devices.map((device) => ({ backend: device.report.backend, device })))(
  'a device of small buffers, $backend',
  ({ device }) => {
    it('trains, factorizes and retrains on a table sixteen times as large as its largest buffer', async () => {
      const small = withBuffersOf(device, maxBufferBytes);
      const vectors = loadedTable();
      expect(vectors.vectors.sizeBytes).toBeGreaterThan(14 * maxBufferBytes);
      expect(() => small.createBuffer('whole', 'f32', rows * dimension)).toThrow();
      const { liveBuffers, liveBytes, uploadedBytes } = device.counters;

      const specification = validateSpecification({ ...smallSpecification, task: 'label', epochs: 3, methods: ['low-rank', 'codebook'] });
      const dataset = sentences();
      const { results, models } = await runExperiment({
        specification,
        device: small,
        prepare: (seed) => prepareData(vectors, dataset, 'label', specification.split, seed),
        control: new RunControl(() => performance.now()),
        emit: () => {},
        versions: {},
      });
      expect(results.results.map(({ method }) => method)).toEqual(['full', 'low-rank', 'codebook']);
      expect(results.results[0].validationAccuracy).toBeGreaterThan(0.8);
      // The 150 words of the set, padding and unknown.
      expect(results.results[0].bytes).toBe(4 * 152 * dimension);
      expect(models).toHaveLength(3);

      // The whole table goes through it in slabs.
      const whole = await spectrum(vectors.vectors, small);
      const reference = await spectrum(vectors.vectors, device);
      for (const [i, value] of whole.singularValues.entries()) expect(value / reference.singularValues[i]).toBeCloseTo(1, 5);
      expect(device.counters).toMatchObject({ liveBuffers, liveBytes });
      expect(device.counters.uploadedBytes).toBeGreaterThan(uploadedBytes);
    });
  },
);
