import { logSoftmax } from '../training/metrics';

/** A sentence, and then the same without each of its tokens in turn. */
export function leaveOneOut(ids: readonly number[]): number[][] {
  return [[...ids], ...ids.map((_, left) => ids.filter((_, t) => t !== left))];
}

/**
 * What each token speaks for the class that the whole sentence was given: log p(class | sentence) - log p(class | sentence without the token), in nats.
 *
 * @param logits of `leaveOneOut`'s sentences, by class
 */
export function contributionsOf(logits: Float32Array, classes: number): { choice: number; contributions: number[] } {
  const whole = logits.subarray(0, classes);
  const choice = whole.indexOf(Math.max(...whole));
  const logProbability = (sentence: number) => logSoftmax(logits.subarray(sentence * classes, (sentence + 1) * classes))[choice];
  const withAll = logProbability(0);
  return {
    choice,
    contributions: Array.from({ length: logits.length / classes - 1 }, (_, token) => withAll - logProbability(token + 1)),
  };
}
