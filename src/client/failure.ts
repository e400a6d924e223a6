import type { LabFailure } from '../protocol/failure';

/** Whatever was thrown, as a failure that the screen can show. */
export function toFailure(thrown: unknown): LabFailure {
  if (isFailure(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'unexpected',
    message: message
      ? `Something went wrong that the lab did not foresee: ${message}`
      : 'Something went wrong that the lab did not foresee.',
    remedy: 'Try again; if it happens again, reload the page.',
  };
}

function isFailure(thrown: unknown): thrown is LabFailure {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const candidate = thrown as Record<string, unknown>;
  return typeof candidate.code === 'string' && typeof candidate.message === 'string' && typeof candidate.remedy === 'string';
}
