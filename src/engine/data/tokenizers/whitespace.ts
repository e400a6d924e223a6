import type { Tokenizer } from './tokenizer';

// U+0085 (next line) is white space for Unicode, though not for JavaScript's \s.
const space = /[\s\u0085]+/u;

/** Capital letters stay: who has cut a text already has decided on them too, and some tables (GloVe 840B) tell them apart. */
export const whitespace: Tokenizer = {
  id: 'whitespace',
  label: 'White space',
  help: 'Cuts at white space and changes nothing else: for texts that are cut into tokens already, and for tables with capital letters.',
  rule: 'The tokens are the matches of the pattern, in order: runs of anything but white space.',
  pattern: '[^\\s\\u0085]+',
  tokenize: (text) => text.split(space).filter((token) => token !== ''),
};
