import { describe, expect, it } from 'vitest';
import { validateLaneRate, validateNewLane, validatePreview, validateRace, validateRangeTest } from './specification';
import { lane, smallRace } from './testing';

const rangeTest = { race: smallRace, lane: null, from: 1e-4, to: 1, steps: 100 };

describe('a race’s specification', () => {
  it('passes as it is, seeds once each', () => {
    expect(validateRace(smallRace)).toEqual(smallRace);
    expect(validateRace({ ...smallRace, seeds: [1, 2, 1] }).seeds).toEqual([1, 2]);
    expect(validateRangeTest(rangeTest)).toEqual(rangeTest);
  });

  const segment = lane('a', 'fixed', 1).segments[0];
  it.each([
    [{ lanes: [] }, '"lanes"'],
    [{ lanes: 'abcdefa'.split('').map((id) => lane(id, 'fixed', 1)) }, '"lanes"'],
    [{ lanes: [lane('a', 'fixed', 1), lane('a', 'clr', 1)] }, 'two lanes have one name'],
    [{ lanes: [lane('g', 'fixed', 1)] }, 'from a to f'],
    [{ lanes: [lane('a', 'fixed', 0)] }, '"lanes[0].segments[0].peak"'],
    [{ lanes: [lane('a', 'fixed', 11)] }, '"lanes[0].segments[0].peak"'],
    [{ lanes: [lane('a', 'wild', 1)] }, 'wild'],
    [{ lanes: [{ id: 'a', segments: [{ ...segment, schedule: { id: 'calr', parameters: { gamma: 7 } } }] }] }, 'gamma'],
    [{ lanes: [{ id: 'a', segments: [{ ...segment, fromStep: 3 }] }] }, 'begin at step 0'],
    [{ lanes: [{ id: 'a', segments: [segment, segment] }] }, 'must ascend'],
    [{ lanes: [{ id: 'a', segments: [] }] }, '"lanes[0].segments"'],
    [{ rate: 1 }, '"rate"'],
    [{ epochs: 0 }, '"epochs"'],
    [{ seeds: [] }, '"seeds"'],
    [{ model: 'bert' }, 'bert'],
    [{ optimizer: 'lion' }, 'lion'],
    [{ split: { train: 0.9, validation: 0.2, test: 0.1 } }, 'add up to 1'],
  ])('with %j is refused in one sentence that names it', (changes, named) => {
    const refused = expect.objectContaining({ code: 'bad-specification', message: expect.stringContaining(named) });
    expect(() => validateRace({ ...smallRace, ...changes })).toThrow(refused);
    expect(() => validateRangeTest({ ...rangeTest, race: { ...smallRace, ...changes } })).toThrow(
      expect.objectContaining({ code: 'bad-specification' }),
    );
  });

  it.each([
    [{ from: 0 }, '"from"'],
    [{ to: 101 }, '"to"'],
    [{ from: 1, to: 1 }, '"to"'],
    [{ steps: 19 }, '"steps"'],
    [{ steps: 1001 }, '"steps"'],
    [{ lane: 'x' }, '"lane"'],
  ])('of a range test with %j is refused in one sentence that names it', (changes, named) => {
    expect(() => validateRangeTest({ ...rangeTest, ...changes })).toThrow(
      expect.objectContaining({ code: 'bad-specification', message: expect.stringContaining(named) }),
    );
  });

  it('of whatever was sent is refused as well', () => {
    for (const sent of [null, undefined, 7, [], 'race', { lanes: {} }]) {
      expect(() => validateRace(sent)).toThrow(expect.objectContaining({ code: 'bad-specification' }));
      expect(() => validateRangeTest(sent)).toThrow(expect.objectContaining({ code: 'bad-specification' }));
      expect(() => validateLaneRate(sent)).toThrow(expect.objectContaining({ code: 'bad-specification' }));
      if (!Array.isArray(sent)) expect(() => validatePreview(sent, 10)).toThrow(expect.objectContaining({ code: 'bad-specification' }));
    }
    expect(() => validatePreview([], 0)).toThrow(expect.objectContaining({ code: 'bad-specification' }));
    expect(() => validateNewLane('b', ['a', 'b'])).toThrow('There is a lane b already.');
    expect(() => validateNewLane('b', [...'abcdef'])).toThrow('The race has 6 lanes already.');
  });
});
