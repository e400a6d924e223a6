import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown, markdownTable } from './markdown';

describe('escapeMarkdown', () => {
  it.each([
    ['GloVe 6B, 100 dimensions', 'GloVe 6B, 100 dimensions'],
    ['[click](https://example.org)', '\\[click\\]\\(https\\://example\\.org\\)'],
    ['<img src=x onerror=alert(1)>', '\\<img src\\=x onerror\\=alert\\(1\\)\\>'],
    ['a | b\n# c', 'a \\| b \\# c'],
    ['![x](y) `code` *a* _b_ ~~c~~', '\\!\\[x\\]\\(y\\) \\`code\\` \\*a\\* \\_b\\_ \\~\\~c\\~\\~'],
    ['1. a\u2028- b &lt; c@d', '1\\. a \\- b \\&lt; c\\@d'],
  ])('shows %j as it is', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('leaves no character that begins anything, and loses none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeMarkdown(text);
        // What stands behind a backslash is itself; of the rest nothing has a meaning.
        expect(escaped.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[!"#$&()*+.:<=>@[\\\]^_`{|}~-]|[\n\r\t]/);
        expect(escaped.replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(text.replace(/[\s\p{Cc}]+/gu, ' '));
      }),
    );
  });
});

it('a table has a line of dashes under its head', () => {
  expect(markdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
});
