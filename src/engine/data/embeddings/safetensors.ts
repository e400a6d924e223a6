import type { EmbeddingsPreview } from '../../../protocol/data';
import { ContentIdentity } from '../bytes/identity';
import { Pace } from '../bytes/pace';
import { likelySize } from '../bytes/source-file';
import { type ByteReader, withReader } from './byte-reader';
import { FloatDecoder, floatBytes } from './float-bytes';
import type { EmbeddingsFormat } from './format';
import { expectMatrix, readMatrix } from './matrix-rows';
import { chosenTensor, isSafetensors, readSafetensorsHeader, safetensorsLabel } from './safetensors-header';
import { TableRows } from './table-rows';
import { neededVocabulary, previewVocabulary, readVocabulary, sizesOf } from './vocabulary-file';

const remedy = 'Replace the numbers that are not finite, and save the table again.';

/** Hugging Face's safetensors: one of its two-dimensional tensors of F16, BF16 or F32. Its words come in a file of their own. */
export const safetensors: EmbeddingsFormat = {
  id: 'safetensors',
  label: safetensorsLabel,

  recognizes: isSafetensors,

  async preview(files, _head, options = {}): Promise<EmbeddingsPreview> {
    const { vectors } = files;
    const pace = new Pace(`Looking into ${vectors.name}`, likelySize(vectors), options);
    const tables = await withReader(vectors, { pace }, (reader) => readSafetensorsHeader(reader, vectors));
    const several = tables.length > 1;
    return {
      format: safetensorsLabel,
      words: { count: tables[0].rows, exact: true },
      dimension: tables[0].columns,
      // Which table the words belong to is known only when it has been chosen.
      ...(several ? { sample: [], needsVocabulary: files.vocabulary === null } : await previewVocabulary(files, tables[0].rows, options)),
      tensors: several ? tables.map(({ name, rows, columns, type }) => ({ name, rows, columns, type })) : [],
      notes: several ? [] : [`The table is the tensor ${tables[0].name}, of type ${tables[0].type}; it is kept as 32-bit floats.`],
    };
  },

  async read(files, choice, selection, options = {}) {
    const { vectors } = files;
    const vocabulary = neededVocabulary(files, safetensorsLabel);
    const sizes = sizesOf(files);
    const pace = new Pace(`Reading ${vectors.name}`, sizes.likely, options);
    const identity = new ContentIdentity(sizes.all);
    const tables = await withReader(vectors, { pace }, (reader) => readSafetensorsHeader(reader, vectors));
    const tensor = chosenTensor(tables, choice.tensor, vectors);
    const shape = { rows: tensor.rows, columns: tensor.columns, columnMajor: false };
    await expectMatrix(vectors, safetensorsLabel, tensor.start, shape, floatBytes[tensor.floats], pace);
    const rows = new TableRows(vectors.name, safetensorsLabel, tensor.columns, selection, remedy);
    const words = await readVocabulary(vocabulary, { name: vectors.name, rows: tensor.rows }, rows.warnings, { pace, identity });
    return withReader(vectors, { pace, identity, before: sizes.likelyVocabulary }, async (reader) => {
      await skipTo(reader, tensor.start);
      await readMatrix(reader, vectors, shape, new FloatDecoder(tensor.floats, true), words, rows);
      await reader.drain();
      pace.report(sizes.likelyVocabulary + reader.position);
      // The other tables of the same file are other sources.
      if (tables.length > 1) identity.update(new TextEncoder().encode(`tensor ${tensor.name}`));
      return rows.finish(identity.reference(vectors.name));
    });
  },
};

async function skipTo(reader: ByteReader, position: number): Promise<void> {
  while (reader.position < position && (await reader.fill(1))) {
    reader.at += Math.min(reader.available, position - reader.position);
  }
}
