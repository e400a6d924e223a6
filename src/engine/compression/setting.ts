import type { Matrix } from '../matrix';
import type { Embedding, MethodSetting } from './method';

/** A method's number, where its setting has it. */
export function numberOf(setting: MethodSetting, kind: keyof MethodSetting): number {
  const value = setting[kind];
  if (value === undefined) throw new RangeError(`this setting has no ${kind}`);
  return value;
}

/** The table of an embedding that was not factorized. */
export function tableOf(embedding: Embedding): Matrix {
  if (embedding.kind !== 'table') throw new RangeError('factors, where a table is transformed');
  return embedding.table;
}

/** A and B of an embedding that was factorized. */
export function factorsOf(embedding: Embedding): { a: Matrix; b: Matrix } {
  if (embedding.kind !== 'factors') throw new RangeError('a table, where factors are transformed');
  return embedding;
}
