/**
 * The bundled data as they lie in `public/bundled/`: written by `scripts/prepare-data.ts`, read by `bundled.ts`.
 *
 * - `manifest.json`: a `BundledManifest`; the only fixed name. The other files' names hold a piece of their hash, so that no cache can mix
 *   two preparations.
 * - the vectors: magic `LRLV`; uint32 length of the header in bytes; the header, a `VectorsHeader` as JSON in UTF-8, padded by spaces to a
 *   multiple of 4 bytes; then float32, row by row. All numbers little-endian.
 * - the sentences: a `SentencesFile` as JSON in UTF-8.
 */
import { z } from 'zod';

/** Raised when the layout changes. */
export const bundledFormat = 1;
export const vectorsMagic = 'LRLV';
/** Bytes before the header: magic and length. */
export const vectorsPreludeBytes = 8;

const file = z.object({
  path: z.string().regex(/^[\w.-]+$/),
  sizeBytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const origin = z.object({
  /** npm package and version that it was taken from. */
  package: z.string(),
  /** Where the data themselves come from. */
  attribution: z.string(),
  licence: z.string(),
});

export const bundledManifest = z.object({
  format: z.literal(bundledFormat),
  /** Hash of what the preparation depends on beside the packages' contents: versions and its own code. */
  recipe: z.string(),
  vectors: file.extend(origin.shape).extend({ words: z.number().int(), dimension: z.number().int() }),
  sentences: file.extend(origin.shape).extend({ sentences: z.number().int() }),
});
export type BundledManifest = z.infer<typeof bundledManifest>;

export const vectorsHeader = z.object({
  /** In the package's order, which is by frequency. */
  words: z.array(z.string()).nonempty(),
  dimension: z.number().int().positive(),
  /** So many words from the first on are the package's most frequent ones, without a gap. */
  frequentWords: z.number().int().nonnegative(),
});
export type VectorsHeader = z.infer<typeof vectorsHeader>;

export const sentimentClasses = ['negative', 'positive'] as const;
export const sentenceSources = ['amazon', 'imdb', 'yelp'] as const;

export const sentencesFile = z.object({
  sentences: z
    .array(z.object({ text: z.string().min(1), sentiment: z.enum(sentimentClasses), source: z.enum(sentenceSources) }))
    .nonempty(),
});
export type SentencesFile = z.infer<typeof sentencesFile>;
