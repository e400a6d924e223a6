import { describe, expect, it } from 'vitest';
import { followPace, secondsLeft } from './pace';

const at = (doneBytes: number, stage = 'Reading', totalBytes: number | null = 1000) => ({ stage, doneBytes, totalBytes });

describe('the pace of a load', () => {
  it('is told once it has settled, and gives the time left', () => {
    const first = followPace(null, at(100), 1000);
    expect(first.bytesPerSecond).toBeNull();
    expect(secondsLeft(at(100), first)).toBeNull();
    expect(followPace(first, at(150), 1100).bytesPerSecond).toBeNull();
    const later = followPace(first, at(300), 2000);
    expect(later.bytesPerSecond).toBe(200);
    expect(secondsLeft(at(300), later)).toBe(3.5);
    expect(secondsLeft(at(300, 'Reading', null), later)).toBeNull();
  });

  it('begins again with a stage', () => {
    const first = followPace(null, at(100), 0);
    expect(followPace(first, at(10, 'Keeping'), 900)).toMatchObject({ stage: 'Keeping', startedBytes: 10, bytesPerSecond: null });
    expect(followPace(first, at(10), 900)).toMatchObject({ startedBytes: 10, bytesPerSecond: null });
  });
});
