import type { CodedMatrix, CodeMeaning } from '../compression/coded';
import { codesPerWord } from '../compression/levels';
import type { Embedding } from '../compression/method';
import { listLength } from '../compression/stored';
import type { Matrix } from '../matrix';
import { weightLength, weightSpecifications } from '../models/model';
import type { ExportableModel } from './format';
import { packCodes } from './packed-codes';
import type { NamedTensor } from './safetensors-file';

/** A matrix of the embedding as it lies in the files: float32, or whole numbers and what they stand for. */
export interface StoredMatrix {
  name: 'table' | 'A' | 'B';
  /** Of the decoded matrix. */
  rows: number;
  columns: number;
  coded: CodedMatrix | null;
  tensors: NamedTensor[];
}

/** A trainable matrix above the embedding: its bias has a tensor of its own. */
export interface StoredWeights {
  weight: NamedTensor;
  bias: NamedTensor | null;
}

/** A model as tensors: the bytes that the lab counts, and no others. */
export interface StoredModel {
  /** The table; or A, then B. */
  embedding: StoredMatrix[];
  /** Of each layer, in the layers' order. */
  network: StoredWeights[][];
}

/** A model's tensors, under names that are the same in every format. */
export function storedModel({ state, layers }: Pick<ExportableModel, 'state' | 'layers'>): StoredModel {
  return {
    embedding: storedEmbedding(state.embedding),
    network: weightSpecifications(layers, vectorWidth(state.embedding)).map((matrices) =>
      matrices.map((specification) => {
        const { name, rows, columns, bias } = specification;
        const values = state.weights.get(name);
        if (values?.length !== weightLength(specification)) throw new RangeError(`the weights "${name}" are missing or have another size`);
        const stem = name.replaceAll('/', '.');
        return {
          weight: { name: `${stem}.weight`, shape: [rows, columns], data: values.subarray(0, rows * columns) },
          bias: bias === null ? null : { name: `${stem}.bias`, shape: [columns], data: values.subarray(rows * columns) },
        };
      }),
    ),
  };
}

/** All tensors of a model, the embedding's first. */
export function allTensors({ embedding, network }: StoredModel): NamedTensor[] {
  return [
    ...embedding.flatMap(({ tensors }) => tensors),
    ...network.flat().flatMap(({ weight, bias }) => (bias === null ? [weight] : [weight, bias])),
  ];
}

/** Numbers of a word vector as the network reads it. */
export function vectorWidth(embedding: Embedding): number {
  return embedding.kind === 'table' ? embedding.table.columns : embedding.b.columns;
}

/** How a matrix's codes lie in their tensor: each a number of its own, or several in a 32-bit word. */
export function packing({
  levels,
  codes,
}: {
  levels: number;
  codes: { length: number };
}): { kind: 'integers'; bits: 8 | 16 } | { kind: 'words'; perWord: number } {
  const perWord = codesPerWord(levels);
  // Where the bytes are the same, a reader is spared the unpacking.
  for (const bits of [8, 16] as const) {
    if (levels === 2 ** bits && codes.length % perWord === 0) return { kind: 'integers', bits };
  }
  return { kind: 'words', perWord };
}

function storedEmbedding(embedding: Embedding): StoredMatrix[] {
  if (embedding.kind === 'table') return [storedMatrix('table', embedding.table, embedding.coded)];
  return [storedMatrix('A', embedding.a, embedding.coded?.a), storedMatrix('B', embedding.b, embedding.coded?.b)];
}

function storedMatrix(name: StoredMatrix['name'], matrix: Matrix, coded: CodedMatrix | undefined): StoredMatrix {
  const { rows, columns, values } = matrix;
  if (!coded) return { name, rows, columns, coded: null, tensors: [{ name, shape: [rows, columns], data: values }] };
  return { name, rows, columns, coded, tensors: [codesTensor(name, coded), ...meaningTensors(name, coded)] };
}

function codesTensor(name: string, coded: CodedMatrix): NamedTensor {
  const { codes, rows, levels } = coded;
  const packed = packing(coded);
  if (packed.kind === 'integers') {
    const data = packed.bits === 8 ? Uint8Array.from(codes) : codes;
    return { name: `${name}.codes`, shape: [rows, codes.length / rows], data };
  }
  const data = packCodes(codes, levels);
  return { name: `${name}.codes`, shape: [data.length], data };
}

function meaningTensors(name: string, { meaning, rows, columns }: CodedMatrix): NamedTensor[] {
  if (meaning.kind === 'even') {
    // So that they broadcast over the codes.
    const shape = { matrix: [1], column: [columns], row: [rows, 1] }[meaning.per];
    return [
      { name: `${name}.lowest`, shape, data: meaning.lowest },
      { name: `${name}.step`, shape, data: meaning.step },
    ];
  }
  if (meaning.kind === 'placed') return [placedTensor(name, meaning)];
  const { centres } = meaning;
  const count = centres[0].rows;
  const data = new Float32Array(count * columns);
  for (const [g, { columns: width, values }] of centres.entries()) {
    for (let k = 0; k < count; k++) data.set(values.subarray(k * width, (k + 1) * width), k * columns + meaning.edges[g]);
  }
  return [{ name: `${name}.centres`, shape: [count, columns], data }];
}

/** Lists of levels, all as long as the longest: a shorter one is filled with its last level, which no code names. */
function placedTensor(name: string, { per, levels }: Extract<CodeMeaning, { kind: 'placed' }>): NamedTensor {
  const count = listLength(levels);
  const data = new Float32Array(levels.length * count);
  for (const [scope, list] of levels.entries()) {
    data.fill(list[list.length - 1], scope * count, (scope + 1) * count);
    data.set(list, scope * count);
  }
  return { name: `${name}.levels`, shape: per === 'matrix' ? [count] : [levels.length, count], data };
}
