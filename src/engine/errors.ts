import type { FailureCode, LabFailure, Place } from '../protocol/failure';

/** The one error that the engine throws on purpose: what is wrong and where (`message`), and what to do next (`remedy`). */
export class LabError extends Error {
  override readonly name = 'LabError';

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly remedy: string,
    readonly place?: Place,
  ) {
    super(message);
  }
}

/** Any thrown value as the plain failure that crosses the worker's boundary. */
export function toFailure(error: unknown): LabFailure {
  if (error instanceof LabError) {
    return { code: error.code, message: error.message, remedy: error.remedy, place: error.place };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'unexpected',
    message: `Something went wrong inside the lab: ${message}`,
    remedy: 'Reload the page; if it happens again, report it with the specification.',
  };
}
