import { useMemo } from 'react';
import { formatPercent } from '../../charts/format';
import { styleOf } from '../../charts/palette';
import { useScheme } from '../../charts/swatch';
import type { TrainedModel } from '../../protocol/lab';
import { selectMethodLabel } from '../../store/selectors';
import { useLabStore } from '../../store/store';

export interface NamedModel {
  id: string;
  method: string;
  /** The method's name. */
  label: string;
  /** `90 %`, or empty where there is no rate. */
  rate: string;
  /** Both. */
  name: string;
  color: string;
  dash: string;
  embeddingBytes: number;
}

/** The trained models as people call them, in the order of the run. */
export function useModels(): readonly NamedModel[] {
  const models = useLabStore((state) => state.models);
  const labelOf = useLabStore(selectMethodLabel);
  const scheme = useScheme();
  return useMemo(() => models.map((model) => named(model, labelOf(model.method), scheme)), [models, labelOf, scheme]);
}

function named({ id, method, requestedRate, embeddingBytes }: TrainedModel, label: string, scheme: 'light' | 'dark'): NamedModel {
  const rate = requestedRate === null ? '' : formatPercent(requestedRate, Number.isInteger(Math.round(1e6 * requestedRate) / 1e4) ? 0 : 1);
  const style = styleOf(method);
  return { id, method, label, rate, name: rate ? `${label}, ${rate}` : label, color: style[scheme], dash: style.dash, embeddingBytes };
}

/** What the others are held against: the full model, or the first where there is none. */
export function referenceOf(models: readonly NamedModel[]): NamedModel {
  return models.find(({ id }) => id === 'full') ?? models[0];
}

/** As it stands in a sentence. */
export function referenceWords(reference: NamedModel | undefined): string {
  if (!reference) return 'the pretrained table';
  return reference.id === 'full' ? `the ${reference.label.toLowerCase()}` : reference.name;
}

export function highest(probabilities: readonly number[]): number {
  return probabilities.indexOf(Math.max(...probabilities));
}
