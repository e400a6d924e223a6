import { describe, expect, it } from 'vitest';
import { parseMerge, parseOptions, parseReport } from './options';

describe('parseOptions', () => {
  it('reads every flag of the command line', () => {
    const line =
      '--embeddings e.npy,w.txt --keep 5000 --tensor wte --data d.csv --tokenizer unicode --task sentiment --text-column t --label-column l --split-column s --model dan ' +
      '--methods full,low-rank,quantized --rates 0.5,0.9 --schedule calr --optimizer adam --epochs 7 --seeds 1,2,3 --backend webgpu --profile --out r.json --export npy,word2vec --export-dir small';
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
      export: { formats: ['npy', 'word2vec'], folder: 'small' },
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
    ['--export npy', /--export says what to write, and there is no --export-dir/],
    ['--export npy --export-dir=', /--export says what to write, and there is no --export-dir/],
    ['--export-dir small', /--export-dir says where to write, and there is no --export/],
    ['--export npy, --export-dir small', /--export npy,: there is nothing between two commas/],
    ['--sweep s.json --export npy --export-dir small', /--export is of the experiment, and means nothing beside --sweep/],
    ['--landscape --export npy --export-dir small', /--export is a flag of the experiment, and means nothing beside --landscape/],
    ['--race r.json --epochs 3', /--epochs is said by the file of --race/],
    ['--race r.json --methods full', /--methods is said by the file of --race/],
    ['--sweep s.json --seeds 1', /--seeds is said by the file of --sweep/],
    ['--sweep s.json --race r.json', /--race and --sweep/],
    ['--shard 1/2 --out o.json', /--shard .* no --sweep/],
    ['--sweep s.json --shard 1/2', /--shard .* without --out/],
    ['--sweep s.json --out o.json --shard 0/2', /--shard 0\/2: a share such as 1\/4/],
    ['--sweep s.json --out o.json --shard 3/2', /--shard 3\/2: a share/],
    ['--sweep s.json --out o.json --shard half', /--shard half: a share/],
    ['--embeddings e --keep 0', /--keep 0: all, dataset or a whole number/],
  ])('refuses %s in one sentence that names the flag', (line, message) => {
    expect(() => parseOptions(line.split(' '))).toThrow(message);
    expect(() => parseOptions(line.split(' '))).toThrow(
      expect.objectContaining({ code: 'bad-specification', remedy: expect.stringMatching(/--help|Leave one/) }),
    );
  });
});

describe('a sweep on the command line', () => {
  it('is a file, and may be a share of it', () => {
    expect(parseOptions('--sweep s.json --out o.json --shard 2/4 --data d.csv'.split(' '))).toMatchObject({
      sweep: 's.json',
      shard: { index: 1, count: 4 },
      data: 'd.csv',
    });
  });

  it('is reported from a file', () => {
    expect(parseReport(['a.json', '--out', 'a.html'])).toEqual({ file: 'a.json', out: 'a.html', allowedLoss: 0.01 });
    expect(parseReport(['a.json', '--out', 'a.html', '--allowed-loss', '0.5']).allowedLoss).toBe(0.005);
    expect(() => parseReport(['--out', 'a.html'])).toThrow(/one file of results/);
    expect(() => parseReport(['a.json'])).toThrow(/--out is missing/);
    expect(() => parseReport(['a.json', '--out', 'a.html', '--allowed-loss', 'none'])).toThrow(/points of accuracy/);
  });

  it('is merged from files', () => {
    expect(parseMerge(['a.json', 'b.json', '--out', 'c.json'])).toEqual({ files: ['a.json', 'b.json'], out: 'c.json' });
    expect(() => parseMerge(['--out', 'c.json'])).toThrow(/the files to join are missing/);
    expect(() => parseMerge(['a.json'])).toThrow(/--out is missing/);
    expect(() => parseMerge(['a.json', '--in', 'c.json'])).toThrow(/--in/);
  });
});
