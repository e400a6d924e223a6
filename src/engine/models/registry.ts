import { LabError } from '../errors';
import { bidirectionalLstm } from './bidirectional-lstm';
import { cnn } from './cnn';
import { dan } from './dan';
import { lstm } from './lstm';
import type { Model } from './model';

/** The networks that a specification may name. */
export const models: readonly Model[] = [dan, lstm, bidirectionalLstm, cnn];

/** @throws LabError `bad-specification` where there is none of that id. */
export function findModel(id: string): Model {
  const found = models.find((model) => model.id === id);
  if (!found) {
    throw new LabError('bad-specification', `There is no network "${id}".`, `Take one of: ${models.map((model) => model.id).join(', ')}.`);
  }
  return found;
}
