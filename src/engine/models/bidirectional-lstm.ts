import type { Model } from './model';

/** LSTMs over both directions; the largest value of each unit over time decides (Conneau et al., EMNLP 2017). */
export const bidirectionalLstm: Model = {
  id: 'bidirectional-lstm',
  label: 'LSTM, both directions',
  help: 'Reads a sentence from its beginning and from its end; of each unit the largest value along the way decides.',
  layers: ({ hidden, classes, dropout }) => [
    { kind: 'embedding-tokens' },
    { kind: 'lstm', name: 'lstm', units: hidden, bidirectional: true, pooling: 'max', dropout },
    { kind: 'dense', name: 'output', units: classes, activation: 'none', dropout: 0 },
  ],
};
