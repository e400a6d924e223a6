import { LabError } from '../../errors';
import { adam } from './adam';
import { momentum } from './momentum';
import type { Optimizer } from './optimizer';
import { sgd } from './sgd';

/** The optimizers that a specification may name. */
export const optimizers: readonly Optimizer[] = [adam, momentum, sgd];

/** @throws LabError `bad-specification` where there is none of that id. */
export function findOptimizer(id: string): Optimizer {
  const found = optimizers.find((optimizer) => optimizer.id === id);
  if (!found) {
    const known = optimizers.map((optimizer) => optimizer.id).join(', ');
    throw new LabError('bad-specification', `There is no optimizer "${id}".`, `Take one of: ${known}.`);
  }
  return found;
}
