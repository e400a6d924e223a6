import type { Matrix } from '../matrix';
import type { CodedMatrix, CodeMeaning } from './coded';
import { payloadBytes } from './levels';
import type { Embedding } from './method';
import { wordBytes } from './rate';

export interface Stored {
  bytes: number;
  parameters: number;
}

/**
 * What a finished embedding takes, counted on itself: packed codes with the scales, zero points, levels and centres that they stand for, or float32 numbers. A
 * method's `storage` says as much ahead, and counts room for every level that was asked for; where some fall together, fewer are held.
 */
export function storedSize(embedding: Embedding): Stored {
  const parts = embedding.kind === 'table' ? [embedding.coded ?? embedding.table] : factorsOf(embedding);
  return parts
    .map((part) => ('codes' in part ? codedSize(part) : matrixSize(part)))
    .reduce((sum, { bytes, parameters }) => ({ bytes: sum.bytes + bytes, parameters: sum.parameters + parameters }));
}

function factorsOf({ a, b, coded }: Extract<Embedding, { kind: 'factors' }>): (Matrix | CodedMatrix)[] {
  return coded ? [coded.a, coded.b] : [a, b];
}

function matrixSize({ values: { length } }: Matrix): Stored {
  return { bytes: wordBytes * length, parameters: length };
}

function codedSize({ rows, codes, levels, meaning }: CodedMatrix): Stored {
  const numbers = meaningNumbers(meaning);
  return {
    bytes: payloadBytes({ rows, columns: codes.length / rows }, levels) + wordBytes * numbers,
    parameters: codes.length + numbers,
  };
}

/** Numbers that every scope's list of levels takes: all lists are stored as long as the longest, in one array. */
export function listLength(levels: readonly Float32Array[]): number {
  return levels.reduce((longest, { length }) => Math.max(longest, length), 0);
}

/** float32 numbers beside the codes. */
function meaningNumbers(meaning: CodeMeaning): number {
  if (meaning.kind === 'even') return meaning.lowest.length + meaning.step.length;
  if (meaning.kind === 'placed') return meaning.levels.length * listLength(meaning.levels);
  return meaning.centres.reduce((sum, { values }) => sum + values.length, 0);
}
