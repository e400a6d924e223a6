import type { Outcomes } from '../plan/network';

export interface Metrics {
  /** Mean cross-entropy, nats. */
  loss: number;
  accuracy: number;
  /** Unweighted mean of the classes' F1 scores; a class that is neither there nor predicted is left out. */
  macroF1: number;
}

/** What a set's outcomes come to, against its labels; an empty set has NaN throughout. */
export function computeMetrics({ losses, predictions }: Outcomes, labels: Uint32Array, classes: number): Metrics {
  const truePositives = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  const actual = new Float64Array(classes);
  let loss = 0;
  let correct = 0;
  for (let i = 0; i < labels.length; i++) {
    loss += losses[i];
    predicted[predictions[i]]++;
    actual[labels[i]]++;
    if (predictions[i] === labels[i]) {
      truePositives[labels[i]]++;
      correct++;
    }
  }
  const scores: number[] = [];
  for (let c = 0; c < classes; c++) {
    if (predicted[c] + actual[c] > 0) {
      scores.push((2 * truePositives[c]) / (predicted[c] + actual[c]));
    }
  }
  return {
    loss: loss / labels.length,
    accuracy: correct / labels.length,
    macroF1: scores.reduce((sum, score) => sum + score, 0) / scores.length,
  };
}
