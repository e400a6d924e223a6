import { z } from 'zod';
import { type CodedMatrix, type CodeMeaning, decodeMatrix } from '../compression/coded';
import type { Embedding } from '../compression/method';
import { mostColumns } from '../data/embeddings/table-rows';
import { unpackCodes } from '../export/packed-codes';
import { safetensorsFile } from '../export/safetensors-file';
import { allTensors, packing, type StoredMatrix, storedModel } from '../export/stored';
import { type Matrix, matrix } from '../matrix';
import { type LayerSpecification, weightSpecifications } from '../models/model';
import type { NetworkState } from '../training/trial';
import { Damage, readTensors } from './safetensors';

const scope = z.enum(['matrix', 'column', 'row']);
const coding = z.object({
  levels: z
    .number()
    .int()
    .min(1)
    .max(2 ** 16),
  padding: z.boolean(),
  meaning: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('even'), per: scope }),
    z.object({ kind: z.literal('placed'), per: scope }),
    z.object({
      kind: z.literal('vectors'),
      edges: z
        .array(z.number().int().min(0).max(mostColumns))
        .min(2)
        .max(mostColumns + 1),
    }),
  ]),
});
const columns = z.number().int().min(1).max(mostColumns);
const stored = z.object({ columns, coding: coding.nullable() });

/** How an embedding lies in its tensors: what their names and shapes don't say. */
export const embeddingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('table'), table: stored }),
  z.object({ kind: z.literal('factors'), a: stored, b: stored }),
]);

export type EmbeddingDescription = z.infer<typeof embeddingSchema>;
type StoredDescription = z.infer<typeof stored>;

/** A model's state as a safetensors file; where a matrix is what whole numbers stand for, the whole numbers alone. */
export function modelFile(state: NetworkState, layers: readonly LayerSpecification[]): Uint8Array {
  return safetensorsFile(allTensors(storedModel({ state, layers }))).bytes;
}

export function describeEmbedding(embedding: Embedding): EmbeddingDescription {
  if (embedding.kind === 'table') return { kind: 'table', table: describeMatrix(embedding.table, embedding.coded) };
  const { a, b, coded } = embedding;
  return { kind: 'factors', a: describeMatrix(a, coded?.a), b: describeMatrix(b, coded?.b) };
}

/**
 * The state that `modelFile` wrote, every bit as it was.
 *
 * @param rows V
 * @throws Damage where the file is none of this model
 */
export function readModel(
  file: Uint8Array,
  description: EmbeddingDescription,
  rows: number,
  layers: readonly LayerSpecification[],
): NetworkState {
  const tensors = new Tensors(file);
  const embedding = readEmbedding(tensors, description, rows);
  const width = embedding.kind === 'table' ? embedding.table.columns : embedding.b.columns;
  const weights = new Map<string, Float32Array>();
  for (const { name, rows: inputs, columns: units, bias } of weightSpecifications(layers, width).flat()) {
    const stem = name.replaceAll('/', '.');
    const values = new Float32Array((inputs + (bias === null ? 0 : 1)) * units);
    values.set(tensors.floats(`${stem}.weight`, [inputs, units]));
    if (bias !== null) values.set(tensors.floats(`${stem}.bias`, [units]), inputs * units);
    weights.set(name, values);
  }
  return { embedding, weights };
}

function describeMatrix({ columns }: Matrix, coded: CodedMatrix | undefined): StoredDescription {
  if (!coded) return { columns, coding: null };
  const { levels, padding, meaning } = coded;
  return {
    columns,
    coding: {
      levels,
      padding,
      meaning: meaning.kind === 'vectors' ? { kind: 'vectors', edges: [...meaning.edges] } : { kind: meaning.kind, per: meaning.per },
    },
  };
}

function readEmbedding(tensors: Tensors, description: EmbeddingDescription, rows: number): Embedding {
  if (description.kind === 'table') {
    const { decoded, coded } = readMatrix(tensors, 'table', rows, description.table);
    return coded ? { kind: 'table', table: decoded, coded } : { kind: 'table', table: decoded };
  }
  const a = readMatrix(tensors, 'A', rows, description.a);
  const b = readMatrix(tensors, 'B', a.decoded.columns, description.b);
  const factors = { kind: 'factors', a: a.decoded, b: b.decoded } as const;
  if (!a.coded && !b.coded) return factors;
  if (!a.coded || !b.coded) throw new Damage('of its two factors one alone is whole numbers');
  return { ...factors, coded: { a: a.coded, b: b.coded } };
}

function readMatrix(
  tensors: Tensors,
  name: StoredMatrix['name'],
  rows: number,
  { columns, coding }: StoredDescription,
): { decoded: Matrix; coded: CodedMatrix | null } {
  if (!coding) return { decoded: matrix(rows, columns, tensors.floats(name, [rows, columns])), coded: null };
  const { levels, padding } = coding;
  const meaning = readMeaning(tensors, name, rows, columns, coding);
  const perRow = meaning.kind === 'vectors' ? meaning.centres.length : columns;
  const codes = readCodes(tensors, name, rows, perRow, levels);
  const known = meaning.kind === 'even' ? levels : meaning.kind === 'placed' ? meaning.levels[0].length : meaning.centres[0].rows;
  if (codes.some((code) => code >= known)) throw new Damage(`“${name}” has codes that stand for nothing`);
  const coded: CodedMatrix = { rows, columns, levels, codes, meaning, padding };
  return { decoded: decodeMatrix(coded), coded };
}

function readCodes(tensors: Tensors, name: string, rows: number, perRow: number, levels: number): Uint16Array {
  const count = rows * perRow;
  const packed = packing({ levels, codes: { length: count } });
  const path = `${name}.codes`;
  if (packed.kind === 'integers') {
    return packed.bits === 8
      ? Uint16Array.from(tensors.numbers(path, [rows, perRow], Uint8Array))
      : tensors.numbers(path, [rows, perRow], Uint16Array);
  }
  return unpackCodes(tensors.numbers(path, [Math.ceil(count / packed.perWord)], Uint32Array), levels, count);
}

function readMeaning(
  tensors: Tensors,
  name: string,
  rows: number,
  columns: number,
  { levels, meaning }: z.infer<typeof coding>,
): CodeMeaning {
  if (meaning.kind === 'vectors') {
    const { edges } = meaning;
    if (edges[0] !== 0 || edges.at(-1) !== columns || edges.some((edge, g) => g > 0 && edge <= edges[g - 1])) {
      throw new Damage(`the groups of “${name}” do not cover its columns`);
    }
    const path = `${name}.centres`;
    const count = tensors.size(path, 0, levels);
    const all = tensors.floats(path, [count, columns]);
    const centres = edges.slice(1).map((end, g) => {
      const width = end - edges[g];
      const group = matrix(count, width);
      for (let k = 0; k < count; k++) group.values.set(all.subarray(k * columns + edges[g], k * columns + end), k * width);
      return group;
    });
    return { kind: 'vectors', edges, centres };
  }
  const { per } = meaning;
  const scopes = { matrix: 1, column: columns, row: rows }[per];
  if (meaning.kind === 'even') {
    const shape = per === 'row' ? [rows, 1] : [scopes];
    return { kind: 'even', per, lowest: tensors.floats(`${name}.lowest`, shape), step: tensors.floats(`${name}.step`, shape) };
  }
  // Lists are as long as the longest, or, in files of older builds, as was asked for.
  const count = tensors.size(`${name}.levels`, per === 'matrix' ? 0 : 1, levels);
  const all = tensors.floats(`${name}.levels`, per === 'matrix' ? [count] : [scopes, count]);
  return { kind: 'placed', per, levels: Array.from({ length: scopes }, (_, s) => all.subarray(s * count, (s + 1) * count)) };
}

/** The tensors of a file, each asked for with the shape that it has to have. */
class Tensors {
  private readonly all;

  constructor(file: Uint8Array) {
    this.all = readTensors(file);
  }

  floats(name: string, shape: readonly number[]): Float32Array {
    return this.numbers(name, shape, Float32Array);
  }

  numbers<T extends Float32Array | Uint32Array | Uint16Array | Uint8Array>(
    name: string,
    shape: readonly number[],
    type: abstract new (...args: never[]) => T,
  ): T {
    const found = this.all.get(name);
    if (found?.data instanceof type && found.shape.join() === shape.join()) return found.data as T;
    throw new Damage(`it has no tensor “${name}” of shape ${shape.join(' x ')}`);
  }

  /** Rows of a tensor whose file alone knows how many there are. */
  /** Along an axis; the rest of the shape is asked for with the numbers. */
  size(name: string, axis: number, most: number): number {
    const size = this.all.get(name)?.shape[axis] ?? 0;
    if (size < 1 || size > most) throw new Damage(`it has no tensor “${name}” of 1 to ${most} ${axis === 0 ? 'rows' : 'columns'}`);
    return size;
  }
}
