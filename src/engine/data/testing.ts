/** What the tests of this folder share. */
import { expect } from 'vitest';
import type { FailureCode, Place } from '../../protocol/failure';
import { LabError } from '../errors';
import type { SourceFile } from './source-file';

/** A file of the given content, whose stream hands it out in chunks of `chunkBytes`. */
export function fileOf(content: string | Uint8Array, { name = 'file.txt', chunkBytes = 7 } = {}): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    size: bytes.length,
    stream: () => {
      let at = 0;
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (at < bytes.length) controller.enqueue(bytes.subarray(at, (at += chunkBytes)));
          else controller.close();
        },
      });
    },
  };
}

/** The LabError that a promise rejects with; fails where it doesn't. */
export async function failureOf(work: Promise<unknown>): Promise<LabError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof LabError) return error;
  throw new Error(`expected a LabError, got ${error === null ? 'success' : String(error)}`);
}

/** Expects a rejection with this code, this message, this place, and something to do about it. */
export async function expectFailure(work: Promise<unknown>, code: FailureCode, message: string | RegExp, place?: Place): Promise<void> {
  const error = await failureOf(work);
  if (typeof message === 'string') expect(error.message).toBe(message);
  else expect(error.message).toMatch(message);
  expect(error.code).toBe(code);
  expect(error.remedy).not.toBe('');
  if (place) expect(error.place).toEqual(place);
}
