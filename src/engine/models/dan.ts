import type { Model } from './model';

/** Deep averaging network (Iyyer et al., ACL 2015): the mean of the word vectors, a dense ReLU layer, softmax. */
export const dan: Model = {
  id: 'dan',
  label: 'Deep averaging network (DAN)',
  short: 'DAN',
  help: 'Averages the word vectors of a sentence, then one hidden layer decides; quick to train and hard to beat on short texts.',
  layers: ({ hidden, classes, dropout }) => [
    { kind: 'embedding-bag-mean' },
    { kind: 'dense', name: 'hidden', units: hidden, activation: 'relu', dropout },
    { kind: 'dense', name: 'output', units: classes, activation: 'none', dropout: 0 },
  ],
};
