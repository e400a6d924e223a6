import type { Point } from './decimate';

/** In pixels, downwards. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface ClearLabel {
  id: string;
  text: string;
  /** The middle of the words. */
  x: number;
  y: number;
  /** What they are about. */
  at: Point;
}

/** Of the chart's letters, on average; enough to know what a text covers. */
const LETTER_PX = 6.3;
const HEIGHT_PX = 15;
/** From the middle of a mark to the middle of its words, at the least. */
const NEAREST_PX = 20;
const STEP_PX = 5;
/** Words that lie on each other can't be read at all: worse than so many pieces of lines behind them. */
const WORDS_WEIGH = 100;

/**
 * Where words about a point stand: above or below it, as near as they can without a line, a mark or other words behind them; where every place has something
 * behind it, where there is least. Below, where both are as near.
 *
 * @param lines what shall not be behind them, as points to be joined, in pixels
 * @param area what the words must stay within
 * @param before where they stood in the same plot: there they stay as long as nothing comes behind them, so that they don't hop while lines grow
 */
export function placeClearLabels(
  labels: readonly { id: string; text: string; at: Point }[],
  lines: readonly (readonly Point[])[],
  area: Box,
  before: readonly ClearLabel[] = [],
): ClearLabel[] {
  const taken: Box[] = labels.map(({ at }) => around(at, HEIGHT_PX, HEIGHT_PX));
  return labels.map(({ id, text, at }) => {
    const width = text.length * LETTER_PX;
    const x = Math.max(area.left + width / 2, Math.min(area.right - width / 2, at.x));
    let best = { y: at.y + NEAREST_PX, behind: Number.POSITIVE_INFINITY };
    const stood = before.filter((one) => one.id === id).map(({ y }) => y);
    for (const y of [...stood, ...placesAround(at.y, area)]) {
      const box = around({ x, y }, width, HEIGHT_PX);
      const behind =
        lines.reduce((sum, line) => sum + crossings(line, box), 0) + taken.filter((other) => overlap(box, other)).length * WORDS_WEIGH;
      if (behind < best.behind) best = { y, behind };
      if (behind === 0) break;
    }
    taken.push(around({ x, y: best.y }, width, HEIGHT_PX));
    return { id, text, at, x, y: best.y };
  });
}

/** Heights that words can have, the nearest first. */
function placesAround(y: number, { top, bottom }: Box): number[] {
  const places: number[] = [];
  for (let away = NEAREST_PX; away <= bottom - top; away += STEP_PX) {
    for (const place of [y + away, y - away]) {
      if (place >= top + HEIGHT_PX / 2 && place <= bottom - HEIGHT_PX / 2) places.push(place);
    }
  }
  return places;
}

function around({ x, y }: Point, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** How many pieces of a line run through a box; a line of one point is that point. */
function crossings(line: readonly Point[], box: Box): number {
  if (line.length === 1) return runsThrough(line[0], line[0], box) ? 1 : 0;
  let count = 0;
  for (let i = 1; i < line.length; i++) if (runsThrough(line[i - 1], line[i], box)) count++;
  return count;
}

/** Liang and Barsky's clipping of a segment: some of it is left. */
function runsThrough(a: Point, b: Point, { left, right, top, bottom }: Box): boolean {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  let from = 0;
  let to = 1;
  for (const [change, room] of [
    [-dx, a.x - left],
    [dx, right - a.x],
    [-dy, a.y - top],
    [dy, bottom - a.y],
  ]) {
    if (change === 0) {
      if (room < 0) return false;
      continue;
    }
    const at = room / change;
    if (change < 0) from = Math.max(from, at);
    else to = Math.min(to, at);
  }
  return from <= to;
}
