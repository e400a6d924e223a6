import { describe, expect, it } from 'vitest';
import { type Box, placeClearLabels } from './clear-labels';

const area: Box = { left: 0, right: 400, top: 0, bottom: 200 };
const flat = (y: number) => [
  { x: 0, y },
  { x: 400, y },
];
const label = (id: string, x: number, y: number) => ({ id, text: 'right after the SVD', at: { x, y } });

describe('words about a point', () => {
  it('stand below it where nothing is there', () => {
    expect(placeClearLabels([label('a', 200, 50)], [flat(50)], area)).toEqual([
      { id: 'a', text: 'right after the SVD', at: { x: 200, y: 50 }, x: 200, y: 70 },
    ]);
  });

  it('go above, or further away, where a line would be behind them', () => {
    const [above] = placeClearLabels([label('a', 200, 100)], [flat(118)], area);
    expect(above.y).toBe(80);
    const [further] = placeClearLabels([label('a', 200, 100)], [flat(118), flat(82)], area);
    expect(Math.abs(further.y - 100)).toBeGreaterThan(20);
    for (const y of [118, 82]) expect(Math.abs(further.y - y)).toBeGreaterThanOrEqual(7.5);
  });

  it('see a steep line, and one of a single point', () => {
    const steep = [
      { x: 200, y: 100 },
      { x: 210, y: 200 },
    ];
    expect(placeClearLabels([label('a', 200, 100)], [steep], area)[0].y).toBe(80);
    expect(placeClearLabels([label('a', 200, 100)], [[{ x: 230, y: 121 }]], area)[0].y).toBe(80);
  });

  it('keep apart from each other and from all marks, and within the plot', () => {
    const placed = placeClearLabels([label('a', 395, 190), label('b', 390, 185), label('c', 385, 160)], [], area);
    const boxes = placed.map(({ text, x, y }) => ({
      left: x - text.length * 3.15,
      right: x + text.length * 3.15,
      top: y - 7.5,
      bottom: y + 7.5,
    }));
    for (const [i, box] of boxes.entries()) {
      expect(box.right).toBeLessThanOrEqual(400);
      expect(box.bottom).toBeLessThanOrEqual(200);
      for (const other of boxes.slice(0, i)) expect(box.bottom <= other.top || other.bottom <= box.top).toBe(true);
      for (const { at } of placed) expect(at.y < box.top || at.y > box.bottom || at.x < box.left).toBe(true);
    }
  });

  it('stay where they stood as long as nothing comes behind them', () => {
    const before = placeClearLabels([label('a', 200, 100)], [flat(118)], area);
    expect(before[0].y).toBe(80);
    expect(placeClearLabels([label('a', 200, 100)], [], area, before)[0].y).toBe(80);
    expect(placeClearLabels([label('a', 200, 100)], [flat(82)], area, before)[0].y).toBe(120);
  });

  it('stand where least is behind them, where there is something everywhere', () => {
    const lines = Array.from({ length: 41 }, (_, i) => flat(i * 5));
    const rich = [...lines, ...Array.from({ length: 20 }, (_, i) => flat(110 + i * 5))];
    expect(placeClearLabels([label('a', 200, 100)], rich, area)[0].y).toBeLessThan(100);
  });
});
