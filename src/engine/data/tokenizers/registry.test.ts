import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultTokenizer, describeTokenizers, findTokenizer, sharedTokenizer } from './registry';

const cut = (id: string, text: string) => findTokenizer(id).tokenize(text);

describe('the tokenizers', () => {
  it('are three, and GloVe-style is meant where none is named', () => {
    expect(describeTokenizers().map(({ id }) => id)).toEqual(['glove', 'whitespace', 'unicode']);
    expect(defaultTokenizer).toBe('glove');
    expect(() => findTokenizer('bpe')).toThrow(
      expect.objectContaining({
        code: 'bad-specification',
        message: 'There is no tokenizer "bpe".',
        remedy: expect.stringContaining('glove'),
      }),
    );
  });

  it.each([
    ['glove', "Don't stop, 5-star!", ['do', "n't", 'stop', ',', '5', '-', 'star', '!']],
    ['whitespace', " Don't\tstop,\u00a05-star!\u0085\n", ["Don't", 'stop,', '5-star!']],
    ['whitespace', ' \n', []],
    ['unicode', "Don't stop, 5-star! 1,000.50", ["don't", 'stop', ',', '5', '-', 'star', '!', '1,000.50']],
    ['unicode', 'Cafe\u0301 😀 \u0085', ['café', '😀']],
    ['unicode', '我喜欢这部电影', ['我', '喜欢', '这', '部', '电影']],
    ['unicode', 'b.com a:b 1.5 10:30', ['b', '.', 'com', 'a', ':', 'b', '1.5', '10', ':', '30']],
    ['unicode', '', []],
  ])('%s cuts %j', (id, text, tokens) => {
    expect(cut(id, text)).toEqual(tokens);
  });

  it('lose nothing but white space, on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = (value: string) => value.replace(/[\s\u0085]/g, '');
        expect(cut('whitespace', text).join('')).toBe(plain(text));
        expect(plain(cut('unicode', text).join(''))).toBe(plain(text.normalize('NFC').toLowerCase()));
      }),
    );
  });
});

describe('the pattern of a tokenizer', () => {
  const texts = fc.string({ unit: fc.constantFrom(..."aZé1 \t'’nt.,-😀\u0301\u0085"), maxLength: 30 });
  it('is what its rule says: the tokens are its matches', () => {
    const matches = (id: string, text: string): string[] => text.match(new RegExp(findTokenizer(id).pattern ?? '', 'gu')) ?? [];
    fc.assert(
      fc.property(texts, (text) => {
        const straight = matches('glove', text.normalize('NFC').toLowerCase()).map((token) =>
          token.length > 1 ? token.replace(/^(n?)’(?=\p{L})/u, "$1'") : token,
        );
        expect(straight).toEqual(cut('glove', text));
        expect(matches('whitespace', text)).toEqual(cut('whitespace', text));
      }),
    );
  });
});

describe('sharedTokenizer', () => {
  it('gives the same tokens', () => {
    for (const { id } of describeTokenizers()) {
      const shared = sharedTokenizer(id);
      for (const text of ["I don't know", 'You know', "don't"]) expect(shared(text)).toEqual(cut(id, text));
    }
  });
});
