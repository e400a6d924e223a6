import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from './tokenizer';

describe('tokenize', () => {
  it.each([
    ["don't", ['do', "n't"]],
    ["can't", ['ca', "n't"]],
    ["Won't ISN'T", ['wo', "n't", 'is', "n't"]],
    ["it's", ['it', "'s"]],
    ["They're we've I'm", ['they', "'re", 'we', "'ve", 'i', "'m"]],
    ["shouldn't've", ['should', "n't", "'ve"]],
    ["n't", ["n't"]],
    ["hadn't, couldn't.", ['had', "n't", ',', 'could', "n't", '.']],
    ['don’t it’s', ['do', "n't", 'it', "'s"]],
    ['“fine” ’', ['“', 'fine', '”', '’']],
    ["dogs' toys", ['dogs', "'", 'toys']],
    ["the '90s", ['the', "'", '90s']],
    ['5-star', ['5', '-', 'star']],
    ['$1,000.50', ['$', '1', ',', '000', '.', '50']],
    ['Great!!!', ['great', '!', '!', '!']],
    ['so good 😀👍', ['so', 'good', '😀', '👍']],
    ['http://a.com/x_1?y=2', ['http', ':', '/', '/', 'a', '.', 'com', '/', 'x', '_', '1', '?', 'y', '=', '2']],
    ['Café crème brûlée', ['café', 'crème', 'brûlée']],
    ['cafe\u0301', ['café']],
    ['ÉCOLE Straße', ['école', 'straße']],
    ['हिन्दी भाषा', ['हिन्दी', 'भाषा']],
    ['Привет, мир', ['привет', ',', 'мир']],
    ['a\u0085b\u00a0c\td\r\ne', ['a', 'b', 'c', 'd', 'e']],
    ['', []],
    [' \n\t ', []],
  ])('%j', (text, tokens) => {
    expect(tokenize(text)).toEqual(tokens);
  });

  it('leaves a lone surrogate alone', () => {
    expect(tokenize('a\ud83d b')).toEqual(['a', '\ud83d', 'b']);
  });

  it('loses nothing but white space, on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = (value: string) => value.replace(/[\s\u0085]/g, '').replaceAll('’', "'");
        expect(plain(tokenize(text).join(''))).toBe(plain(text.normalize('NFC').toLowerCase()));
      }),
    );
  });

  it('is linear in the length of a run', () => {
    const started = performance.now();
    expect(tokenize('n'.repeat(100_000))).toHaveLength(1);
    expect(tokenize("n'".repeat(50_000)).length).toBeGreaterThan(1000);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
