import { describe, expect, it } from 'vitest';

describe('the engine as a library, in a browser', () => {
  it('runs the documented example as it stands', async () => {
    const { accuracies, energyOfRankFour } = await import('../../docs/library/example.mjs');
    expect(energyOfRankFour).toBeGreaterThan(0.3);
    expect(energyOfRankFour).toBeLessThan(1);
    expect(accuracies.full).toBeGreaterThan(0.9);
    expect(accuracies['low-rank']).toBeGreaterThan(0.9);
  });
});
