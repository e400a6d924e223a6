import type { Model } from './model';

/** Convolutions over three, four and five words, the maximum over time, softmax (Kim, EMNLP 2014). */
export const cnn: Model = {
  id: 'cnn',
  label: 'Convolutional network (CNN)',
  short: 'CNN',
  help: 'Looks for phrases of three, four and five words, wherever in the sentence they stand.',
  layers: ({ hidden, classes, dropout }) => [
    { kind: 'embedding-tokens' },
    { kind: 'conv-max', name: 'filters', spans: [3, 4, 5], filters: hidden, dropout },
    { kind: 'dense', name: 'output', units: classes, activation: 'none', dropout: 0 },
  ],
};
