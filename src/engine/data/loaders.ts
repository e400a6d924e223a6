/** A person's own files and addresses, recognized by what is in them. */
import type { ColumnChoice, DatasetPreview, EmbeddingsChoice, EmbeddingsPreview, SourceInput } from '../../protocol/data';
import { type FetchAddress, openInputs, withEstimatedTotal } from './bytes/open';
import type { ReadOptions } from './bytes/source-file';
import type { Dataset, WordVectors } from './dataset';
import { previewDatasetFiles, readDatasetFiles } from './datasets/registry';
import { recognizeEmbeddings } from './embeddings/registry';
import { selectionOf } from './embeddings/selection';

/** Formats of word vectors: what the files say of themselves. Throws what the formats throw. */
export async function previewEmbeddings(
  inputs: readonly SourceInput[],
  fetchAddress: FetchAddress,
  options?: ReadOptions,
): Promise<EmbeddingsPreview> {
  const { format, files, head } = await recognizeEmbeddings(await openInputs(inputs, fetchAddress, 'bad-embeddings', options));
  return format.preview(files, head, options);
}

/** Reads a table of word vectors; `dataset` is whose words are kept where the choice says so. */
export async function readEmbeddings(
  inputs: readonly SourceInput[],
  choice: EmbeddingsChoice,
  dataset: Dataset,
  fetchAddress: FetchAddress,
  options: ReadOptions = {},
): Promise<WordVectors> {
  const { format, files } = await recognizeEmbeddings(await openInputs(inputs, fetchAddress, 'bad-embeddings', options));
  const given = files.vocabulary ? [files.vectors, files.vocabulary] : [files.vectors];
  const table = await format.read(files, choice, selectionOf(choice.keep, dataset), withEstimatedTotal(options, given));
  return { ...table, source: { ...table.source, id: identified(table.source.id, choice, dataset) } };
}

/** The head of a data set and a guess of its columns. */
export async function previewDataset(
  inputs: readonly SourceInput[],
  fetchAddress: FetchAddress,
  options?: ReadOptions,
): Promise<DatasetPreview> {
  return previewDatasetFiles(await openInputs(inputs, fetchAddress, 'bad-dataset', options), options);
}

/** Reads a data set: one file, or one a split. */
export async function readDataset(
  inputs: readonly SourceInput[],
  columns: ColumnChoice,
  fetchAddress: FetchAddress,
  options: ReadOptions = {},
): Promise<Dataset> {
  const files = await openInputs(inputs, fetchAddress, 'bad-dataset', options);
  return readDatasetFiles(files, columns, withEstimatedTotal(options, files));
}

/** A part of a table is another table: what was chosen of it belongs to its id, so that a specification means the same words again. */
function identified(id: string, { keep, tensor }: EmbeddingsChoice, dataset: Dataset): string {
  const part = keep.kind === 'most-frequent' ? `+first:${keep.words}` : keep.kind === 'dataset' ? `+words-of:${dataset.source.id}` : '';
  return `${id}${tensor === null ? '' : `+tensor:${tensor.slice(0, 100)}`}${part}`;
}
