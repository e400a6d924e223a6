/** A person's own files, by what is in them. A further file format is a reader of its own and a line here. */
import type { ColumnChoice, DatasetPreview } from '../../protocol/data';
import type { ReadOptions, SourceFile } from './bytes/source-file';
import type { Dataset, WordVectors } from './dataset';
import { previewDelimited, readDelimited } from './datasets/delimited';
import { readGloveText } from './embeddings/glove-text';

/** Reads a table of word vectors: GloVe text or word2vec text. Throws what `readGloveText` throws. */
export function readEmbeddingsFile(file: SourceFile, options?: ReadOptions): Promise<WordVectors> {
  return readGloveText(file, options);
}

/** The head of a data set and a guess of its columns: CSV or TSV. Throws what `previewDelimited` throws. */
export function previewDatasetFile(file: SourceFile, options?: ReadOptions): Promise<DatasetPreview> {
  return previewDelimited(file, options);
}

/** Reads a data set: CSV or TSV. Throws what `readDelimited` throws. */
export function readDatasetFile(file: SourceFile, columns: ColumnChoice, options?: ReadOptions): Promise<Dataset> {
  return readDelimited(file, columns, options);
}
