import type { ProjectionLab } from '../../protocol/projection';
import type { WordVectors } from '../data/dataset';
import type { Device } from '../device/device';
import { rankQuality } from '../svd/spectrum';
import { findNeighbours } from './neighbours';
import { wordSpace } from './word-space';

/** Singular values and retained energy of the table's most frequent words. */
export async function cloudSpectrum(vectors: WordVectors, device: Device): ReturnType<ProjectionLab['cloudSpectrum']> {
  const { words, singularValues } = await wordSpace(vectors, device);
  return { words, singularValues: [...singularValues], retainedEnergy: rankQuality(singularValues).retainedEnergy };
}

/** See `findNeighbours`. */
export async function neighbours(
  vectors: WordVectors,
  device: Device,
  word: string,
  ranks: number[],
): ReturnType<ProjectionLab['neighbours']> {
  return findNeighbours(vectors, await wordSpace(vectors, device), word, ranks);
}
