import { tokenize } from '../tokenizer';
import type { Tokenizer } from './tokenizer';

export const glove: Tokenizer = {
  id: 'glove',
  label: 'GloVe-style',
  help: "Lower-case; punctuation stands alone; don't becomes do and n't: as the texts behind GloVe were cut.",
  tokenize,
};
