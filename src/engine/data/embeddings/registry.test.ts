import { describe, expect, it } from 'vitest';
import { expectFailure, failureOf, fileOf } from '../testing';
import * as write from '../testing/embeddings-writers';
import { recognizeEmbeddings } from './registry';

const table = {
  words: ['the', 'of', 'New'],
  rows: [
    [0.1, -2, 3],
    [4, 5.5, 6],
    [7, 8, 9],
  ],
};
const named = (bytes: Uint8Array | string, name: string) => fileOf(bytes, { name, chunkBytes: 1000 });
const words = named(write.writeWords(table.words), 'words');
const refuses = (files: ReturnType<typeof named>[], message: string) =>
  expectFailure(recognizeEmbeddings(files), 'bad-embeddings', message);

describe('recognizeEmbeddings', () => {
  it.each([
    ['GloVe text', write.writeGloveText(table)],
    ['word2vec text', write.writeWord2vecText(table)],
    ['word2vec binary', write.writeWord2vecBinary(table)],
    ['fastText .bin', write.writeFasttext(table)],
  ])('knows %s by its content, whatever it is called', async (label, bytes) => {
    for (const name of ['table.txt', 'table.bin', 'table.npy']) {
      const { format, files, head } = await recognizeEmbeddings([named(bytes, name)]);
      expect(format.label).toBe(label);
      expect(files.vectors.name).toBe(name);
      expect(files.vocabulary).toBeNull();
      expect(head).toEqual(bytes);
      const read = await format.read(
        files,
        { keep: { kind: 'all' }, tensor: null },
        { limit: Number.POSITIVE_INFINITY, keeps: () => true },
      );
      expect(read.words).toEqual(table.words);
    }
  });

  it.each([
    ['NumPy .npy', write.writeNpy(table)],
    ['safetensors', write.writeSafetensors({ e: table })],
    ['Embedding Projector TSV', write.writeTensorsTsv(table)],
  ])('finds which of two files has the vectors: %s', async (label, bytes) => {
    const vectors = named(bytes, 'vocab.txt');
    for (const vocabulary of [
      words,
      named(write.writeVocabJson(table.words), 'table.npy'),
      named(write.writeTokenizerJson(table.words), 'x'),
      named('the 1\nof 2\nNew 3\n', 'y'),
      named('word\tcount\nthe\t1\nof\t2\nNew\t3\n', 'z'),
    ]) {
      for (const files of [
        [vectors, vocabulary],
        [vocabulary, vectors],
      ]) {
        const found = await recognizeEmbeddings(files);
        expect(found.format.label).toBe(label);
        expect(found.files).toEqual({ vectors, vocabulary });
        const read = await found.format.read(
          found.files,
          { keep: { kind: 'all' }, tensor: null },
          { limit: Number.POSITIVE_INFINITY, keeps: () => true },
        );
        expect(read.words).toEqual(table.words);
      }
    }
    expect((await recognizeEmbeddings([vectors])).files.vocabulary).toBeNull();
  });

  it('says what a file is that holds no table, and which formats are read', async () => {
    const error = await failureOf(recognizeEmbeddings([named('%PDF-1.7 \u0000', 'table.txt')]));
    expect(error.message).toBe('table.txt is a PDF document: that is no table of word vectors in a format that the lab reads.');
    expect(error.remedy).toBe(
      'Load one of these: NumPy .npy, fastText .bin, safetensors, word2vec binary, Embedding Projector TSV, word2vec text or GloVe text.',
    );
    await refuses(
      [named(new Uint8Array([0x80, 4, 0x95, 0]), 'x.pkl')],
      'x.pkl is a Python pickle, which is never run: that is no table of word vectors in a format that the lab reads.',
    );
    await refuses(
      [named(new Uint8Array([1, 0, 2]), 'a'), named(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0]), 'b')],
      'a is binary data of an unknown kind and b is a PNG image: neither is a table of word vectors in a format that the lab reads.',
    );
  });

  it('refuses two tables, files that are not needed, and more than two', async () => {
    const npy = named(write.writeNpy(table), 'a.npy');
    await refuses(
      [npy, named(write.writeFasttext(table), 'b.bin')],
      'a.npy (NumPy .npy) and b.bin (fastText .bin) are two tables of word vectors.',
    );
    await refuses(
      [npy, named(write.writeNpy(table), 'b.npy')],
      'a.npy (NumPy .npy) and b.npy (NumPy .npy) are two tables of word vectors.',
    );
    await refuses(
      [named(write.writeVocabJson(['a']), 'vocab.json'), named(write.writeWord2vecBinary(table), 'a.bin')],
      'a.bin is word2vec binary, which has its words inside; vocab.json is not needed, and is JSON.',
    );
    await refuses(
      [npy, words, words],
      'A table of word vectors is one file, or two where its words come in a file of their own; here are 3.',
    );
  });
});
