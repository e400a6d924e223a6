import type { Outcomes } from '../plan/network';

export interface Metrics {
  /** Mean cross-entropy, nats. */
  loss: number;
  accuracy: number;
  /** Unweighted mean of the classes' F1 scores; a class that is neither there nor predicted is left out. */
  macroF1: number;
}

/**
 * Accuracy on `labels` of always saying the class that is most frequent among `training` (of equally frequent ones the first): the floor
 * beneath which nothing was learned. NaN for an empty set.
 */
export function majorityAccuracy(training: Uint32Array, labels: Uint32Array, classes: number): number {
  const counts = new Uint32Array(classes);
  for (const label of training) counts[label]++;
  const majority = counts.reduce((most, count, c) => (count > counts[most] ? c : most), 0);
  return labels.reduce((hits, label) => hits + (label === majority ? 1 : 0), 0) / labels.length;
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

/** Logarithms of the class probabilities of logits. */
export function logSoftmax(logits: Float32Array): number[] {
  const largest = Math.max(...logits);
  const rest = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  return Array.from(logits, (logit) => logit - largest - rest);
}

/** Class probabilities of logits. */
export function softmax(logits: Float32Array): number[] {
  return logSoftmax(logits).map(Math.exp);
}
