import type { SavedSource } from '../../../protocol/data';
import { LabError } from '../../errors';

/** Megabytes, decimal as file systems count; a small source is not 0. */
const megabytes = (bytes: number) => `${(Math.max(0, bytes) / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`;

/** The failure of a source that is larger than what the browser has left. */
export function quotaExceeded({ source, sizeBytes }: SavedSource, freeBytes: number | null): LabError {
  const left = freeBytes === null ? 'the browser has less left' : `the browser has ${megabytes(freeBytes)} left`;
  return new LabError(
    'out-of-memory',
    `${source.name} takes ${megabytes(sizeBytes)}, and ${left} for this page.`,
    'Forget something that is kept in the Data room, or keep fewer words.',
  );
}
