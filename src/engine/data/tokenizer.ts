/**
 * Splits text into tokens as GloVe's own corpora were split, near enough: lower-case; `n't` is a token of its own (`don't` is
 * `do`, `n't`); an apostrophe goes with the letters behind it (`'s`, `'re`); runs of letters and digits; any other character alone.
 *
 * Free of dependencies: the preparation of the bundled data uses it too, so that its words are the engine's words.
 */

const letter = '\\p{L}\\p{M}';
const character = `${letter}\\p{N}`;
// Combining marks belong to the letter before them (many scripts have no precomposed form), so a run holds them, but can't begin with one.
const run = `[\\p{L}\\p{N}][${character}]*`;
const negation = `n['’]t(?![${character}])`;
// U+0085 (next line) is white space for Unicode, though not for JavaScript's \s.
/** The regular expression whose matches are the tokens of a composed, lower-cased text; flags g and u. */
export const tokenPattern = `${negation}|[\\p{L}\\p{N}][${character}]*?(?=${negation})|['’]\\p{L}[${letter}]*|${run}|[^\\s\\u0085]`;
const pattern = new RegExp(tokenPattern, 'gu');
const curlyApostrophe = /^(n?)’(?=\p{L})/u;

/**
 * The tokens of a text, in order, lower-cased.
 *
 * Composed first (NFC), since word vectors come with precomposed letters. The curly apostrophe of a word becomes the straight one, the form
 * that vocabularies have; one that stands alone stays as it is. A character outside the basic plane (an emoji) is one token.
 */
export function tokenize(text: string): string[] {
  const tokens = text.normalize('NFC').toLowerCase().match(pattern);
  if (tokens === null) return [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i].length > 1 && tokens[i].includes('’')) tokens[i] = tokens[i].replace(curlyApostrophe, "$1'");
  }
  return tokens;
}
