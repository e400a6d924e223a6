import { describe, expect, it } from 'vitest';
import { computeMetrics, majorityAccuracy } from './metrics';

const outcomes = (predictions: number[]) => ({
  losses: Float32Array.from(predictions, (_, i) => i),
  predictions: Uint32Array.from(predictions),
});

describe('computeMetrics', () => {
  it('has the figures of the example in scikit-learn’s documentation of f1_score', () => {
    const { accuracy, macroF1, loss } = computeMetrics(outcomes([0, 2, 1, 0, 0, 1]), Uint32Array.of(0, 1, 2, 0, 1, 2), 3);
    expect(macroF1).toBeCloseTo(0.26666666, 7);
    expect(accuracy).toBeCloseTo(1 / 3, 12);
    expect(loss).toBe(2.5);
  });

  it('tells always saying the frequent class from telling the classes apart', () => {
    const labels = Uint32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    expect(computeMetrics(outcomes(new Array(10).fill(0)), labels, 2)).toMatchObject({ accuracy: 0.9, macroF1: 18 / 19 / 2 });
    expect(computeMetrics(outcomes([...labels]), labels, 2)).toMatchObject({ accuracy: 1, macroF1: 1 });
  });

  it('leaves out a class that is neither there nor predicted, and no other', () => {
    expect(computeMetrics(outcomes([0, 1]), Uint32Array.of(0, 1), 500).macroF1).toBe(1);
    expect(computeMetrics(outcomes([0, 499]), Uint32Array.of(0, 1), 500).macroF1).toBeCloseTo(1 / 3, 12);
  });
});

describe('majorityAccuracy', () => {
  it('says the class that is most frequent in training, whatever is frequent in the test', () => {
    expect(majorityAccuracy(Uint32Array.of(2, 2, 1), Uint32Array.of(1, 1, 1, 2), 3)).toBe(0.25);
    expect(majorityAccuracy(Uint32Array.of(1, 0), Uint32Array.of(0, 1, 1, 1), 2)).toBe(0.25);
    expect(majorityAccuracy(Uint32Array.of(0), new Uint32Array(), 1)).toBeNaN();
  });
});
