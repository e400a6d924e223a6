import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const positive = z.number().positive();
const count = z.number().nonnegative();

/** One figure: a work done by us and by a peer in the same run. */
export const rowSchema = z.strictObject({
  work: z.string().min(1),
  backend: z.enum(['webgpu', 'cpu']),
  /** Who does the same work. */
  peer: z.string().min(1),
  oursMs: positive,
  peerMs: positive,
  /** peerMs / oursMs: above 1 we are faster. */
  ratio: positive,
  /** What ours ran on: the GPU as its driver calls it, or the processor. */
  adapter: z.string().min(1),
  /** Runs that the peer's median is of. */
  runs: z.number().int().positive(),
  date: z.iso.date(),
  /** What was worked on, where the work's name doesn't say it. */
  size: z.string().optional(),
  /** Of ours, per training step: counted by the device. */
  dispatches: count.optional(),
  submits: count.optional(),
  uploadedBytes: count.optional(),
  /** Of ours, per training step: counted from the formulas (`src/engine/plan/cost.ts`). */
  flops: count.optional(),
  bytes: count.optional(),
  /** Largest of all singular values above 1e-5 of the largest one, against LAPACK in float64. */
  oursRelativeError: count.optional(),
  peerRelativeError: count.optional(),
  /** Largest resident memory of a process that does ours alone, above the table and what the process had before. */
  oursPeakBytes: count.optional(),
});

export const memorySchema = z.strictObject({
  work: z.string().min(1),
  stage: z.string(),
  seconds: positive,
  /** What is held against the table: the most that was resident at once beyond what was before; of a tab, its `Pss`. */
  peakBytes: positive,
  /** Of the process as a whole. */
  residentBytes: positive,
  /** The float32 table alone. */
  tableBytes: positive,
  adapter: z.string().min(1),
  date: z.iso.date(),
});

export const scaleSchema = z.strictObject({
  work: z.string().min(1),
  panel: z.string().min(1),
  label: z.string().min(1),
  backend: z.enum(['webgpu', 'cpu']),
  /** What grows. */
  axis: z.string().min(1),
  points: z.array(z.strictObject({ size: positive, ms: positive })).min(2),
  /** Exponent of the time in the size. */
  slope: z.number(),
  adapter: z.string().min(1),
  date: z.iso.date(),
});

export const resultsSchema = z.strictObject({
  date: z.iso.date(),
  machine: z.strictObject({ processor: z.string(), cores: z.number().int().positive(), memoryBytes: positive, system: z.string() }),
  versions: z.record(z.string(), z.string()),
  rows: z.array(rowSchema),
  memory: z.array(memorySchema),
  scale: z.array(scaleSchema),
  /** What was not measured, and why. */
  notes: z.array(z.strictObject({ work: z.string(), note: z.string() })),
});

export type Row = z.infer<typeof rowSchema>;
export type MemoryRow = z.infer<typeof memorySchema>;
export type ScaleSeries = z.infer<typeof scaleSchema>;
export type Results = z.infer<typeof resultsSchema>;

/** What one work came to. */
export interface Findings {
  rows: Row[];
  memory: MemoryRow[];
  scale: ScaleSeries[];
  notes: string[];
}

export const resultsFile = new URL('results.json', import.meta.url);

/** @throws where the file is missing or not what this bench writes */
export function readResults(file: string | URL = resultsFile): Results {
  return resultsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

export function writeResults(results: Results, file: string | URL = resultsFile): void {
  writeFileSync(file, `${JSON.stringify(resultsSchema.parse(results), null, 2)}\n`);
}

/**
 * The results with one work's findings in place of its last ones from the same adapters; those from another adapter stay, and say so
 * themselves.
 */
export function withFindings(results: Results, work: string, { rows, memory, scale, notes }: Findings): Results {
  const adapters = new Set([...rows, ...memory, ...scale].map(({ adapter }) => adapter));
  const kept = <Entry extends { work: string; adapter: string }>(entries: readonly Entry[]) =>
    entries.filter((entry) => entry.work !== work || !adapters.has(entry.adapter));
  return {
    ...results,
    rows: [...kept(results.rows), ...rows],
    memory: [...kept(results.memory), ...memory],
    scale: [...kept(results.scale), ...scale],
    notes: [...results.notes.filter((entry) => entry.work !== work), ...notes.map((note) => ({ work, note }))],
  };
}

/** No findings at all. */
export const empty: Pick<Results, 'rows' | 'memory' | 'scale' | 'notes'> = { rows: [], memory: [], scale: [], notes: [] };

/** The results of all other works. */
export function without(results: typeof empty, works: ReadonlySet<string>): typeof empty {
  const others = <Entry extends { work: string }>(entries: readonly Entry[]) => entries.filter(({ work }) => !works.has(work));
  return {
    rows: others(results.rows),
    memory: others(results.memory),
    scale: others(results.scale),
    notes: others(results.notes),
  };
}
