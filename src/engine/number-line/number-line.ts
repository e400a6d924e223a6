import { z } from 'zod';
import type { NumberLine, NumberLineLab, NumberLineSpecification } from '../../protocol/number-line';
import { codesPerWord } from '../compression/levels';
import { findQuantizer, quantizers } from '../compression/quantizers/registry';
import type { WordVectors } from '../data/dataset';
import { LabError } from '../errors';
import { type LineValues, lineValues, tableValues } from './values';

/** Beyond this, float32 can't hold a number, or the square of its distance to another. */
const largestNumber = 1e15;
const number = z.number().min(-largestNumber).max(largestNumber);

const schema = z.object({
  values: z.union([z.literal('table'), z.array(number).min(1).max(1000)]),
  quantizer: z.string().max(100),
  levels: z.number().int().min(2).max(256),
  probes: z.array(number).max(20),
}) satisfies z.ZodType<NumberLineSpecification>;

/** What is wrong with a field, in words; zod's own are about types. */
const remedies: Readonly<Record<string, string>> = {
  values: 'Give 1 to 1,000 numbers, none beyond a million billion, or take the table.',
  levels: 'Give a whole number of levels from 2 to 256.',
  probes: 'Ask for at most 20 numbers, none beyond a million billion.',
};

/**
 * Values put onto few levels by the same code that quantizes a table in an experiment: where the levels are, where some numbers go, and
 * what is lost.
 *
 * @param table The loaded table; asked for only where its values are wanted.
 * @throws LabError `bad-specification`, naming the field
 */
export function drawNumberLine(specification: NumberLineSpecification, table: () => WordVectors): NumberLine {
  const parsed = schema.safeParse(specification);
  if (!parsed.success) {
    const field = String(parsed.error.issues[0].path[0] ?? 'specification');
    throw new LabError(
      'bad-specification',
      `The number line's “${field}” can't be used.`,
      remedies[field] ?? 'Take the controls of the page.',
    );
  }
  const { values: chosen, quantizer, levels, probes } = parsed.data;
  const line = chosen === 'table' ? tableValues(table()) : lineValues(Float32Array.from(chosen), false);
  const fitted = findQuantizer(quantizer).fit(line.values, levels, line.sorted);
  const through = (some: Float32Array) => fitted.decode(fitted.encode(some));
  const rootMeanSquareError = rootMeanSquareDifference(line.values, through(line.values));
  return {
    ...line.summary,
    levels: [...fitted.levels],
    rootMeanSquareError,
    relativeError: rootMeanSquareError === 0 ? 0 : rootMeanSquareError / deviationOf(line),
    bits: Math.log2(levels),
    storedBits: 32 / codesPerWord(levels),
    probes: [...through(Float32Array.from(probes))].map((becomes, i) => ({ value: probes[i], becomes })),
  };
}

/** The ways to choose levels, as the screen lists them. */
export function describeQuantizers(): Awaited<ReturnType<NumberLineLab['quantizers']>> {
  return quantizers.map(({ id, label, help }) => ({ id, label, help }));
}

function rootMeanSquareDifference(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum / a.length);
}

/** Standard deviation, around the mean: the root of the mean squared error of a single level. */
function deviationOf({ values, sorted: { sum } }: LineValues): number {
  const mean = sum[sum.length - 1] / (sum.length - 1);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return Math.sqrt(squares / values.length);
}
