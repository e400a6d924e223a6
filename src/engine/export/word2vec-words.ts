/** White space ends a word in word2vec's files, and no reader expects control characters. */
const foreign = /[\s\p{Cc}]/gu;

/**
 * Words as word2vec's files can hold them, in order, no two the same: white space and control characters become `_`, as in word2vec's own phrases; half
 * a surrogate pair becomes U+FFFD; an empty word becomes `_`; one that then is another word gets a further `_`.
 */
export function word2vecWords(words: readonly string[]): string[] {
  const plain = words.map((word) => word.replace(/\p{Surrogate}/gu, '\ufffd').replace(foreign, '_') || '_');
  // A word that needs no change keeps its name, wherever it stands.
  const taken = new Set(plain.filter((word, i) => word === words[i]));
  return plain.map((word, i) => {
    if (word === words[i]) return word;
    let name = word;
    while (taken.has(name)) name += '_';
    taken.add(name);
    return name;
  });
}
