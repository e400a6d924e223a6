import { tokenize, tokenPattern } from '../tokenizer';
import type { Tokenizer } from './tokenizer';

export const glove: Tokenizer = {
  id: 'glove',
  label: 'GloVe-style',
  help: "Lower-case; punctuation stands alone; don't becomes do and n't: as the texts behind GloVe were cut.",
  rule:
    'Compose the text (Unicode NFC) and lower-case it; the tokens are the matches of the pattern, in order. In a token of several characters, a curly apostrophe (U+2019) before a letter, at the ' +
    'beginning or behind an n at the beginning, becomes a straight one.',
  pattern: tokenPattern,
  tokenize,
};
