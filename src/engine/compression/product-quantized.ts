import { type Matrix, matrix } from '../matrix';
import { Random, streamSeed, streams } from '../random';
import { type CodedMatrix, decodeMatrix } from './coded';
import { assign, centreOperations, fitCentres } from './kmeans';
import { codesPerWord, payloadBytes } from './levels';
import type { CompressionMethod, MethodSetting, TableShape, Transform, TransformPhase } from './method';
import { allowedNumbers, unreachable, wordBytes } from './rate';
import { numberOf, tableOf } from './setting';

/** Reference vectors of a group, as many as the rate bears: 8, 6 and 4 bits a code. */
const codebookSizes = [256, 64, 16];

/** Numbers of all codebooks: K vectors of every group, whose widths add up to d. */
const codebookNumbers = (shape: TableShape, levels: number) => Math.min(levels, shape.rows - 1) * shape.columns;

/** First dimension of each group, and d: widths differ by one at most. */
export function groupEdges(d: number, groups: number): number[] {
  return Array.from({ length: groups + 1 }, (_, g) => Math.floor((g * d) / groups));
}

function candidates(shape: TableShape, rate: number): readonly MethodSetting[] | { unreachable: string } {
  const allowed = Math.floor(allowedNumbers(shape, rate));
  const settings = codebookSizes
    .map((levels) => ({ groups: Math.min(shape.columns, Math.floor((allowed * codesPerWord(levels)) / shape.rows)), levels }))
    .filter(({ groups }) => groups >= 1);
  if (settings.length === 0) {
    const smallest = payloadBytes({ rows: shape.rows, columns: 1 }, codebookSizes[codebookSizes.length - 1]) / wordBytes;
    return unreachable('One code of 4 bits a word, the least there is,', 1 - smallest / (shape.rows * shape.columns), rate);
  }
  // The richest codebook that does not outweigh the codes which it explains.
  return [settings.find(({ levels }) => codebookNumbers(shape, levels) <= allowed) ?? settings[settings.length - 1]];
}

const quantize: Transform = async (embedding, setting, { seed }) => {
  const table = tableOf(embedding);
  const random = new Random(streamSeed(seed, streams.productQuantization));
  const edges = groupEdges(table.columns, numberOf(setting, 'groups'));
  const levels = numberOf(setting, 'levels');
  const groups = edges.length - 1;
  const codes = new Uint16Array(table.rows * groups);
  const centres: Matrix[] = [];
  for (let g = 0; g < groups; g++) {
    const words = columnsOf(table, edges[g], edges[g + 1]);
    const fitted = fitCentres(words, levels, random);
    const nearest = assign(words, fitted).codes;
    for (let i = 0; i < words.rows; i++) codes[(i + 1) * groups + g] = nearest[i];
    centres.push(fitted);
  }
  const { rows, columns } = table;
  const coded: CodedMatrix = { rows, columns, levels, codes, meaning: { kind: 'vectors', edges, centres }, padding: true };
  return { embedding: { kind: 'table', table: decodeMatrix(coded), coded } };
};

const operations: TransformPhase['operations'] = ({ rows, columns }, setting) => {
  const groups = numberOf(setting, 'groups');
  return groups * centreOperations({ rows: rows - 1, columns: columns / groups }, numberOf(setting, 'levels'));
};

/** Some columns of every row but the first: padding is never looked up. */
function columnsOf({ rows, columns, values }: Matrix, from: number, to: number): Matrix {
  const part = matrix(rows - 1, to - from);
  for (let i = 1; i < rows; i++) part.values.set(values.subarray(i * columns + from, i * columns + to), (i - 1) * part.columns);
  return part;
}

/** Each row cut into groups of dimensions, each group replaced by the nearest of its codebook's vectors (Jégou, Douze, Schmid, PAMI 2011). */
export const productQuantized: CompressionMethod = {
  id: 'product-quantized',
  label: 'Product-quantized',
  help: 'Each word vector of the trained table is cut into pieces, and each piece replaced by the nearest of a few reference pieces.',
  family: 'product-quantized',
  standing: 'rival',
  byDefault: false,
  setting: { kind: 'groups', candidates },
  phases: [
    { kind: 'reuse-full', epochs: 'all' },
    { kind: 'transform', timedAs: 'quantize', apply: quantize, operations },
  ],
  storage: (shape, setting) => {
    const levels = numberOf(setting, 'levels');
    const groups = numberOf(setting, 'groups');
    const numbers = codebookNumbers(shape, levels);
    return {
      bytes: payloadBytes({ rows: shape.rows, columns: groups }, levels) + wordBytes * numbers,
      parameters: shape.rows * groups + numbers,
    };
  },
  outputDimension: ({ columns }) => columns,
  learningRates: {},
};
