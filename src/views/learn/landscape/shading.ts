import { contours } from 'd3-contour';
import type { Scheme } from '../../../charts/palette';

/** Lightness (CIE L*) of the deepest and of the highest place: equal steps look equal, and a hue stays a lane's. */
const lightness: Record<Scheme, readonly [number, number]> = { light: [54, 98], dark: [4, 40] };
const relief: Record<Scheme, number> = { light: 9, dark: 7 };

export interface HeightGrid {
  gridSize: number;
  heights: readonly number[];
}

/** Lowest height, and the one that a sixth of the surface is above: the steep edges would take all the greys. */
export function shadedRange({ heights }: HeightGrid): [number, number] {
  const sorted = Float64Array.from(heights).sort();
  return [sorted[0], sorted[Math.floor((5 / 6) * (sorted.length - 1))]];
}

/** sRGB value, 0 to 255, of a grey with this L*. */
export function greyOf(lightnessStar: number): number {
  const star = Math.max(0, Math.min(100, lightnessStar));
  const luminance = star > 8 ? ((star + 16) / 116) ** 3 : star / 903.3;
  const encoded = luminance <= 0.0031308 ? 12.92 * luminance : 1.055 * luminance ** (1 / 2.4) - 0.055;
  return Math.round(255 * encoded);
}

/** greyOf by tenths: a power for each pixel is most of the time. */
const greyTable = Uint8Array.from({ length: 1001 }, (_, tenth) => greyOf(tenth / 10));

/** Greys of the relief lit from the upper left, a row of pixels for each row of the grid, the largest y first. */
export function reliefGreys(grid: HeightGrid, scheme: Scheme): Uint8ClampedArray {
  const { gridSize: size, heights } = grid;
  const [low, high] = shadedRange(grid);
  const [dark, bright] = lightness[scheme];
  const greys = new Uint8ClampedArray(size * size);
  const at = (row: number, column: number) =>
    heights[Math.max(0, Math.min(size - 1, row)) * size + Math.max(0, Math.min(size - 1, column))];
  const steepness = (size - 1) / (4 * (high - low || 1));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const share = Math.max(0, Math.min(1, (at(row, column) - low) / (high - low || 1)));
      const slopeX = (at(row, column + 1) - at(row, column - 1)) * steepness;
      const slopeY = (at(row + 1, column) - at(row - 1, column)) * steepness;
      const facing = (slopeX - slopeY) / Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY);
      greys[(size - 1 - row) * size + column] =
        greyTable[Math.round(10 * Math.max(0, Math.min(100, dark + (bright - dark) * share + relief[scheme] * facing)))];
    }
  }
  return greys;
}

/** The relief as an image's address; null where there is no canvas. */
export function reliefImage(grid: HeightGrid, scheme: Scheme): string | null {
  const { gridSize: size } = grid;
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) return null;
  const image = context.createImageData(size, size);
  const greys = reliefGreys(grid, scheme);
  for (let i = 0; i < greys.length; i++) {
    image.data[4 * i] = greys[i];
    image.data[4 * i + 1] = greys[i];
    image.data[4 * i + 2] = greys[i];
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}

const levels = 12;

/**
 * Lines of equal height, evenly spaced over the shaded range, as paths over a square of `side` pixels with y upwards. Each is computed when it is
 * asked for, so that the caller can rest in between. Every second grid point is enough for lines on a screen, and takes a quarter of the time.
 */
export function* contourPaths(grid: HeightGrid, side: number): Generator<string> {
  const [low, high] = shadedRange(grid);
  const stride = grid.gridSize % 2 === 1 ? 2 : 1;
  const size = Math.ceil(grid.gridSize / stride);
  const values = Array.from({ length: size * size }, (_, i) => {
    const row = Math.floor(i / size);
    return grid.heights[row * stride * grid.gridSize + (i - row * size) * stride];
  });
  const lines = contours().size([size, size]);
  // A grid point lies in the middle of its cell, half a cell from the origin.
  const x = (value: number) => (((value - 0.5) / (size - 1)) * side).toFixed(1);
  const y = (value: number) => (side - ((value - 0.5) / (size - 1)) * side).toFixed(1);
  for (let level = 0; level < levels; level++) {
    const { coordinates } = lines.contour(values, low + ((level + 0.5) / levels) * (high - low));
    yield coordinates.flatMap((rings) => rings.map((ring) => `M${ring.map(([a, b]) => `${x(a)} ${y(b)}`).join('L')}Z`)).join('');
  }
}
