import { LabError } from '../errors';
import { followDown } from './descent';
import { findSurface } from './registry';
import type { Field } from './surface';

/** Points along an axis on which the surface is sampled. */
const gridSizes = { 1: 401, 2: 161 } as const;
/** Descents that end nearer than this ended in the same valley. */
const sameValley = 1e-3;
/** Of a descent that finds where a valley lies, and of one that only asks which it is. */
const exactStep = 1e-8;
const nearStep = 1e-5;

export interface Valley {
  position: number[];
  height: number;
}

/** A surface with what is known of all of it. */
export interface Survey {
  field: Field;
  gridSize: number;
  /** Row by row, y then x. */
  heights: Float64Array;
  /** Deepest first. */
  valleys: Valley[];
}

/**
 * Samples a surface and finds its local minima: from every grid point that is lower than its (two or eight) neighbours, the gradient is
 * followed down, and what ends in the same place is one valley. The grid's spacing (0.005 and 0.0125) is a tenth of the narrowest valley.
 */
export function surveyField(field: Field): Survey {
  const { dimensions } = field;
  const size = gridSizes[dimensions];
  const rows = dimensions === 1 ? 1 : size;
  const at = (index: number) => -1 + (2 * index) / (size - 1);
  const heights = new Float64Array(rows * size);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < size; column++) heights[row * size + column] = field.height(at(column), dimensions === 1 ? 0 : at(row));
  }
  const lowest = (row: number, column: number) => {
    const height = heights[row * size + column];
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(size - 1, column + 1); c++) {
        if (heights[r * size + c] < height) return false;
      }
    }
    return true;
  };
  const valleys: Valley[] = [];
  const position = new Float64Array(2);
  const scratch = new Float64Array(2);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < size; column++) {
      if (!lowest(row, column)) continue;
      position[0] = at(column);
      position[1] = dimensions === 1 ? 0 : at(row);
      followDown(field, position, scratch, exactStep);
      const [x, y] = position;
      if (valleys.some(({ position: [otherX, otherY = 0] }) => Math.hypot(x - otherX, y - otherY) < sameValley)) continue;
      valleys.push({ position: dimensions === 1 ? [x] : [x, y], height: field.height(x, y) });
    }
  }
  valleys.sort((a, b) => a.height - b.height);
  return { field, gridSize: size, heights, valleys };
}

let last: { key: string; survey: Survey } | null = null;

/**
 * The survey of a named surface. The last one is kept: while the start is dragged, the same surface is asked for again and again.
 *
 * @throws LabError `bad-specification` for an unknown surface, or one that has no such number of dimensions.
 */
export function survey(id: string, dimensions: 1 | 2, seed: number): Survey {
  const surface = findSurface(id);
  if (!surface.dimensions.includes(dimensions)) {
    throw new LabError(
      'bad-specification',
      `The surface “${id}” is not there in ${dimensions} dimension${dimensions === 1 ? '' : 's'}.`,
      `Take ${surface.dimensions.join(' or ')} dimensions, or another surface.`,
    );
  }
  const key = JSON.stringify([id, dimensions, seed]);
  if (last?.key !== key) last = { key, survey: surveyField(surface.create(dimensions, seed)) };
  return last.survey;
}

/** Index of the valley that the gradient leads to from here. `position` is overwritten by where that is. */
export function valleyBelow({ field, valleys }: Survey, position: Float64Array, scratch: Float64Array): number {
  followDown(field, position, scratch, nearStep);
  const [x, y] = position;
  let nearest = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (const [index, { position: place }] of valleys.entries()) {
    const distance = Math.hypot(x - place[0], place.length === 1 ? 0 : y - place[1]);
    if (distance < shortest) {
      shortest = distance;
      nearest = index;
    }
  }
  return nearest;
}
