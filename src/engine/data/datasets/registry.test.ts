import { describe, expect, it } from 'vitest';
import { expectFailure, fileOf } from '../testing';
import { datasetSource, previewDatasetFiles, readDatasetFiles } from './registry';

const columns = { text: 'text', label: 'label', split: null };
const named = (name: string, content: string) => fileOf(content, { name });
const train = named('train.csv', 'text,label\na b,x\nc d,y\ne f,y\n');
const dev = named('my_DEV-00001.jsonl', '{"label": "y", "text": "a b"}\n{"label": "x", "text": "g"}');
const test = named('test.json', '[{"text": "h", "label": "x"}, {"text": "i", "label": "y"}]');

describe('three files', () => {
  it('are one data set, split by their names, in any order and format', async () => {
    const set = await readDatasetFiles([test, dev, train], columns);
    expect(set.texts).toEqual(['a b', 'c d', 'e f', 'a b', 'g', 'h', 'i']);
    expect([...(set.ownSplit ?? [])]).toEqual([0, 0, 0, 1, 1, 2, 2]);
    expect([...set.tasks[0].labels]).toEqual([0, 1, 1, 1, 0, 0, 1]);
    expect(set.source.name).toBe('train.csv, my_DEV-00001.jsonl, test.json');
    expect(set.format).toBe('CSV, JSON Lines, JSON');
    expect(set.warnings).toEqual([]);
    expect(set.source.id).toBe((await readDatasetFiles([train, dev, test], columns)).source.id);
    expect((await previewDatasetFiles([test, dev, train])).rows[0]).toEqual(['a b', 'x']);
  });

  it('may be two: validation is taken from the training rows then, and that is said', async () => {
    const { ownSplit, warnings } = await readDatasetFiles([train, test], columns);
    expect([...(ownSplit ?? [])]).toEqual([0, 0, 0, 2, 2]);
    expect(warnings[0].message).toBe('There is no file of validation; validation is taken from the training rows.');
  });

  it('are refused where names, columns or classes do not fit, each in a sentence', async () => {
    const refuses = (
      files: Parameters<typeof readDatasetFiles>[0],
      message: RegExp,
      choice: Parameters<typeof readDatasetFiles>[1] = columns,
    ) => expectFailure(readDatasetFiles(files, choice), 'bad-dataset', message);
    const other = named('a.csv', 'text,label\na,x\nb,y\n');
    await refuses([train, dev, other], /^The name "a.csv" doesn't say which split the file is\.$/);
    await refuses([train, { ...other, name: 'train2.csv' }], /"train.csv" and "train2.csv" are the same split/);
    await refuses([train, dev], /none is the split test by its name/);
    await refuses([test, dev], /none is the split train by its name/);
    await refuses([train, dev, test, other], /^4 files were given/);
    await refuses([], /^No file was given/);
    await refuses([train, { ...other, name: 'train-test.csv' }], /doesn't say which split/);
    await refuses([train, test], /can't be another split/, { ...columns, split: 'part' });
    await refuses([train, named('test.csv', 'sentence,label\na,x\n')], /test.csv \(CSV\), line 1, column 1: there is no column "text"/);
    await refuses([train, named('test.csv', 'text,label\na,x\nb,z\n')], /class "z" has no row of train/);
    await refuses([train, named('test.csv', 'text,label\n')], /test.csv \(CSV\), line 1, column 1: there is a header and no row behind it/);
    await refuses([train, named('test.csv', '')], /test.csv is empty/);
  });

  it('name the file that a warning is of', async () => {
    const long = named('test.csv', `text,label\n${'a'.repeat(100_001)},x\nb,y\n`);
    const { warnings } = await readDatasetFiles([train, long], columns);
    expect(warnings[0]).toEqual({ message: 'test.csv: A text was cut at 100,000 characters.', count: 1, firstLines: [2] });
  });
});

describe('the id of a data set', () => {
  it('is of its files, its columns and its tokenizer', async () => {
    const set = 'text,label,other\na b,x,1\nc d,y,2\n';
    const idOf = async (choice: Parameters<typeof readDatasetFiles>[1], name = 'set.csv', content = set) =>
      (await readDatasetFiles([named(name, content)], choice)).source.id;
    const id = await idOf(columns);
    expect(id).toMatch(/^sha256:[0-9a-f]{16}$/);
    expect(await idOf({ ...columns, tokenizer: 'glove' }, 'renamed.csv')).toBe(id);
    const others = [
      await idOf({ ...columns, tokenizer: 'unicode' }),
      await idOf({ ...columns, label: 'other' }),
      await idOf(columns, 'set.csv', `${set}e,x,1\n`),
    ];
    expect(new Set([id, ...others]).size).toBe(4);
    // Ids stand in links and saved experiments: this one may not change.
    expect(datasetSource('set.csv', ['sha256:0123456789abcdef'], columns).id).toBe('sha256:cc8f269fdb894831');
  });

  it('comes with a tokenizer that the tokens are of', async () => {
    const set = await readDatasetFiles([named('set.csv', "text,label\nDon't!,x\nB,y\n")], { ...columns, tokenizer: 'whitespace' });
    expect([set.tokenizer, set.tokens]).toEqual(['whitespace', [["Don't!"], ['B']]]);
    await expectFailure(readDatasetFiles([train], { ...columns, tokenizer: 'bpe' }), 'bad-specification', 'There is no tokenizer "bpe".');
  });
});
