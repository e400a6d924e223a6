import type { WordCloud } from '../../protocol/projection';
import type { WordVectors } from '../data/dataset';
import type { Device } from '../device/device';
import { LabError } from '../errors';
import { type Matrix, matrix } from '../matrix';
import { Random } from '../random';
import { truncatedSvd } from '../svd/svd';
import { topics } from './topics';

/** Fewer words make no cloud: the table is of another language, or of very few words. */
const fewestWords = 12;
/** Fixed: the same table gives the same picture. */
const rotationSeed = 3;

/**
 * The topics' words as points of three dimensions: the rank-3 truncated SVD of their vectors, U_3 S_3, turned by a fixed rotation so that
 * the best plane doesn't lie straight before the eye. The vectors are centred first, their mean taken from each: that makes it a
 * picture of how the words differ (principal components). The lab's own factorization of a table isn't centred.
 *
 * A rotation changes no length, so the plane that keeps most is the turned first two directions (Eckart, Young, 1936), and what it keeps of
 * the three is (s_1^2 + s_2^2) / (s_1^2 + s_2^2 + s_3^2).
 *
 * @throws LabError `no-data` where the table has fewer than 12 of the words
 */
export async function wordCloud(vectors: WordVectors, device: Device): Promise<WordCloud> {
  const known = topics.map(({ id, label, words }) => ({ id, label, words: words.filter((word) => vectors.index.has(word)) }));
  const words = known.flatMap(({ id, words }) => words.map((word) => ({ word, topic: id })));
  if (words.length < fewestWords) {
    throw new LabError(
      'no-data',
      `Of the cloud's words, “${vectors.source.name}” has ${words.length}: too few to draw.`,
      'Load vectors of English words in lower case, such as the bundled ones.',
    );
  }
  const table = centred(vectors, words);
  const rank = Math.min(3, table.columns);
  const { a, singularValues, retainedEnergy } = await truncatedSvd(table, device, { rank, split: 'left', accuracy: 'rank' });
  const rotation = randomRotation(new Random(rotationSeed));
  const points: number[] = [];
  for (let i = 0; i < words.length; i++) {
    for (let k = 0; k < 3; k++) {
      let sum = 0;
      for (let j = 0; j < rank; j++) sum += a.values[i * rank + j] * rotation[j][k];
      points.push(sum);
    }
  }
  const squares = Array.from({ length: 3 }, (_, j) => (j < rank ? singularValues[j] ** 2 : 0));
  const total = squares[0] + squares[1] + squares[2];
  return {
    topics: known.filter(({ words }) => words.length > 0).map(({ id, label }) => ({ id, label })),
    words,
    points,
    plane: [rotation[0], rotation[1]],
    kept: total === 0 ? 1 : (squares[0] + squares[1]) / total,
    keptOfAll: retainedEnergy,
    dimension: table.columns,
  };
}

/** The words' vectors, less their mean. */
function centred({ index, vectors }: WordVectors, words: readonly { word: string }[]): Matrix {
  const { columns } = vectors;
  const mean = new Float64Array(columns);
  const rows = words.map(({ word }) => vectors.row(index.get(word)!));
  for (const row of rows) for (let j = 0; j < columns; j++) mean[j] += row[j] / rows.length;
  const table = matrix(rows.length, columns);
  for (const [i, row] of rows.entries()) for (let j = 0; j < columns; j++) table.values[i * columns + j] = row[j] - mean[j];
  return table;
}

/** Three orthonormal rows of determinant 1, uniform among the rotations: a unit quaternion of four normal numbers (Shoemake, 1992). */
export function randomRotation(random: Random): [number[], number[], number[]] {
  const drawn = Array.from({ length: 4 }, () => random.normal());
  const length = Math.hypot(...drawn);
  const [w, x, y, z] = drawn.map((value) => value / length);
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
    [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
    [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
  ];
}
