import type { ExperimentSpecification } from '../../../protocol/specification';

/**
 * A real experiment that takes seconds: few methods, half the usual epochs, one learning rate a method. It names all that decides its
 * figures, but the data: a class may bring its own.
 */
export function shortExperiment(
  patch: Pick<ExperimentSpecification, 'methods' | 'rates' | 'seeds'> & Partial<ExperimentSpecification>,
): Partial<ExperimentSpecification> {
  return {
    model: 'dan',
    hidden: 100,
    dropout: 0.5,
    wordDropout: 0.3,
    optimizer: 'adam',
    batchSize: 64,
    epochs: 12,
    schedule: { id: 'calr', parameters: {} },
    ...patch,
    // The rates of the default grids that suit a budget this short.
    learningRates: { full: [3e-3], 'low-rank': [3e-3], 'pre-compressed': [1e-2], ...patch.learningRates },
  };
}
