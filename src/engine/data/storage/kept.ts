import { z } from 'zod';
import { LabError } from '../../errors';
import type { SourceFile } from '../bytes/source-file';

/** A source as it is written: pieces in order, and their length together. */
export interface KeptSource {
  chunks: Iterable<Uint8Array>;
  sizeBytes: number;
}

/** A kept source as it is read back: its size is always known. */
export interface KeptFile extends SourceFile {
  size: number;
}

/** What a report says of a source beside its content. */
export const keptOrigin = z.object({
  source: z.object({ id: z.string().min(1), name: z.string() }),
  format: z.string(),
  warnings: z.array(
    z.object({
      message: z.string(),
      count: z.number(),
      firstLines: z.array(z.number()),
      unit: z.enum(['row', 'record']).optional(),
    }),
  ),
  licence: z.string().nullable(),
});

export function damagedCopy(code: 'bad-embeddings' | 'bad-dataset', name: string, what: string): LabError {
  return new LabError(
    code,
    `The copy of ${name} that the browser kept is damaged: ${what}.`,
    'Forget it in the Data room, and load the file again.',
  );
}
