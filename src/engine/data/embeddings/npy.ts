import type { EmbeddingsPreview } from '../../../protocol/data';
import { ContentIdentity } from '../bytes/identity';
import { Pace } from '../bytes/pace';
import { counted } from '../problems';
import { withReader } from './byte-reader';
import type { EmbeddingsFormat } from './format';
import { expectMatrix, readMatrix } from './matrix-rows';
import { isNpy, npyHeadBytes, npyHeader, npyLabel } from './npy-header';
import { TableRows } from './table-rows';
import { neededVocabulary, previewVocabulary, readVocabulary, sizesOf } from './vocabulary-file';

const remedy = 'Replace the numbers that are not finite (numpy.nan_to_num), and save the table again.';

/** NumPy's .npy: one matrix of half, single or double floats, row by row or column by column. Its words come in a file of their own. */
export const npy: EmbeddingsFormat = {
  id: 'npy',
  label: npyLabel,

  recognizes: isNpy,

  async preview(files, head, options = {}): Promise<EmbeddingsPreview> {
    const { shape, descr } = npyHeader(head.subarray(0, npyHeadBytes), files.vectors.name);
    return {
      format: npyLabel,
      words: { count: shape.rows, exact: true },
      dimension: shape.columns,
      ...(await previewVocabulary(files, shape.rows, options)),
      tensors: [],
      notes: [`The numbers are of type ${descr}${shape.columnMajor ? ', column by column' : ''}; they are kept as 32-bit floats.`],
    };
  },

  async read(files, _choice, selection, options = {}) {
    const { vectors } = files;
    const vocabulary = neededVocabulary(files, npyLabel);
    const sizes = sizesOf(files);
    const pace = new Pace(`Reading ${vectors.name}`, sizes.likely, options);
    const identity = new ContentIdentity(sizes.all);
    const { shape } = await withReader(vectors, { pace }, async (reader) => {
      await reader.fill(npyHeadBytes);
      const header = npyHeader(reader.bytes.subarray(0, npyHeadBytes), vectors.name);
      await expectMatrix(vectors, npyLabel, header.start, header.shape, header.decoder.bytes, pace);
      return header;
    });
    const rows = new TableRows(vectors.name, npyLabel, shape.columns, selection, remedy);
    const words = await readVocabulary(vocabulary, { name: vectors.name, rows: shape.rows }, rows.warnings, { pace, identity });
    return withReader(vectors, { pace, identity, before: sizes.likelyVocabulary }, async (reader) => {
      await reader.fill(npyHeadBytes);
      const { start, decoder } = npyHeader(reader.bytes.subarray(0, npyHeadBytes), vectors.name);
      reader.at = start;
      await readMatrix(reader, vectors, shape, decoder, words, rows);
      const rest = await reader.drain();
      if (rest > 0) rows.warnings.add(`${counted(rest, 'byte')} behind the table were passed over.`, null);
      pace.report(sizes.likelyVocabulary + reader.position);
      return rows.finish(identity.reference(vectors.name));
    });
  },
};
