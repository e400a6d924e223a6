import type { Tokenizer } from './tokenizer';

let segmenter: Intl.Segmenter | null = null;
/** Full stops and colons between letters: Node's ICU (78) joins the letters over them, Chromium's (156) doesn't. Cut, as the latter does. */
const joint = /(?<=\D)([.:])(?=\D)/u;

/**
 * Words by Unicode's rules (UAX 29), with the dictionaries for Chinese, Japanese, Thai and their like, that the engine's ICU brings. The
 * root locale (`und`) is asked for by name, so that the visitor's own language changes nothing. Punctuation stays, each mark a token.
 *
 * Browser and Node were compared on each mark up to U+3000 between letters and digits, and on sentences in Chinese, Japanese, Thai and Lao: they agree but for the dictionary
 * of Khmer, of which Chromium's is finer.
 */
export const unicode: Tokenizer = {
  id: 'unicode',
  label: 'Unicode words',
  help: 'Lower-case, cut by the rules of Unicode: for languages that write no spaces, such as Chinese, Japanese and Thai. Khmer is cut by the dictionary of each browser, so its figures hold in one browser alone.',
  rule:
    'Compose the text (Unicode NFC) and lower-case it; cut it at the word boundaries of Unicode (UAX 29, root locale: Intl.Segmenter("und", { granularity: "word" }) of ECMAScript); leave out pieces ' +
    'of white space alone. A full stop or colon between two characters of a piece that are no digits is a token of its own.',
  pattern: null,
  tokenize: (text) => {
    segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
    const tokens: string[] = [];
    for (const { segment } of segmenter.segment(text.normalize('NFC').toLowerCase())) {
      if (/[^\s\u0085]/u.test(segment)) tokens.push(...segment.split(joint));
    }
    return tokens;
  },
};
