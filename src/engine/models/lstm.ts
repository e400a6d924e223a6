import type { Model } from './model';

/** One LSTM layer; its last state decides. */
export const lstm: Model = {
  id: 'lstm',
  label: 'LSTM',
  help: 'Reads a sentence word by word with a memory of what came before; the state after the last word decides.',
  layers: ({ hidden, classes, dropout }) => [
    { kind: 'embedding-tokens' },
    { kind: 'lstm', name: 'lstm', units: hidden, bidirectional: false, pooling: 'last', dropout },
    { kind: 'dense', name: 'output', units: classes, activation: 'none', dropout: 0 },
  ],
};
