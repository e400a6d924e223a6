import type { Tokenizer } from './tokenizer';

let segmenter: Intl.Segmenter | null = null;

/**
 * Words by Unicode's rules (UAX 29), with the dictionaries for Chinese, Japanese, Thai and their like, that the engine's ICU brings. The
 * root locale (`und`) is asked for by name, so that the visitor's own language changes nothing. Punctuation stays, each mark a token.
 */
export const unicode: Tokenizer = {
  id: 'unicode',
  label: 'Unicode words',
  help: 'Lower-case, cut by the rules of Unicode: for languages that write no spaces, such as Chinese, Japanese and Thai.',
  tokenize: (text) => {
    segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
    const tokens: string[] = [];
    for (const { segment } of segmenter.segment(text.normalize('NFC').toLowerCase())) {
      if (/[^\s\u0085]/u.test(segment)) tokens.push(segment);
    }
    return tokens;
  },
};
