import { describe, expect, it } from 'vitest';
import { parseOptions } from './options';

describe('parseOptions', () => {
  it('reads every flag of the command line', () => {
    const line =
      '--embeddings e.npy,w.txt --keep 5000 --tensor wte --data d.csv --tokenizer unicode --task sentiment --text-column t --label-column l --split-column s --model dan ' +
      '--methods full,low-rank,quantized --rates 0.5,0.9 --schedule calr --optimizer adam --epochs 7 --seeds 1,2,3 --backend webgpu --profile --out r.json';
    expect(parseOptions(line.split(' '))).toEqual({
      help: false,
      embeddings: 'e.npy,w.txt',
      keep: { kind: 'most-frequent', words: 5000 },
      tensor: 'wte',
      tokenizer: 'unicode',
      data: 'd.csv',
      task: 'sentiment',
      textColumn: 't',
      labelColumn: 'l',
      splitColumn: 's',
      model: 'dan',
      methods: ['full', 'low-rank', 'quantized'],
      rates: [0.5, 0.9],
      schedule: 'calr',
      optimizer: 'adam',
      epochs: 7,
      seeds: [1, 2, 3],
      backend: 'webgpu',
      profile: true,
      out: 'r.json',
    });
  });

  it('needs none of them', () => {
    expect(parseOptions([])).toMatchObject({ help: false, backend: 'auto', rates: undefined, keep: { kind: 'all' } });
    expect(parseOptions(['--embeddings', 'e', '--keep', 'dataset']).keep).toEqual({ kind: 'dataset' });
  });

  it.each([
    ['--foo', /Unknown option '--foo'\.$/],
    ['stray', /Unexpected argument 'stray'\.$/],
    ['--rates', /--rates/],
    ['--rates 90', /--rates 90: a share above 0 and below 1/],
    ['--rates 0.9,,0.5', /--rates 0\.9,,0\.5: there is nothing between two commas/],
    ['--rates=', /--rates/],
    ['--epochs 1.5', /--epochs 1\.5: one whole number/],
    ['--epochs 3,4', /--epochs 3,4: one whole number/],
    ['--seeds -1', /--seeds/],
    ['--seeds 4294967296', /--seeds 4294967296: a whole number/],
    ['--backend gpu', /--backend gpu: webgpu, cpu or auto/],
    ['--label-column stars', /--label-column .* no --data/],
    ['--tokenizer unicode', /--tokenizer .* no --data/],
    ['--tensor wte', /--tensor .* no --embeddings/],
    ['--embeddings e --keep some', /--keep some: all, dataset or a whole number/],
    ['--race r.json --epochs 3', /--epochs is said by the file of --race/],
    ['--race r.json --methods full', /--methods is said by the file of --race/],
    ['--embeddings e --keep 0', /--keep 0: all, dataset or a whole number/],
  ])('refuses %s in one sentence that names the flag', (line, message) => {
    expect(() => parseOptions(line.split(' '))).toThrow(message);
    expect(() => parseOptions(line.split(' '))).toThrow(
      expect.objectContaining({ code: 'bad-specification', remedy: expect.stringMatching(/--help|Leave one/) }),
    );
  });
});
