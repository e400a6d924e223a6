import { parseArgs } from 'node:util';

export interface BenchOptions {
  quick: boolean;
  /** A work's name or how some begin; null for all. */
  only: string | null;
  /** Another file than bench/results.json, of another machine: the documents stay as they are. */
  out: string | null;
  /** Measures nothing: makes the documents anew from bench/results.json. */
  documents: boolean;
  help: boolean;
}

export const usage = `npm run bench -- [flags]

  --quick      the essential rows, with few repeats, in under a minute
  --only NAME  the works of this name, or whose names begin with it; they take the place of their last rows in bench/results.json
  --documents  measures nothing: makes the documents anew from bench/results.json
  --out FILE   writes there, all anew, and leaves bench/results.json and the documents alone: for another machine
`;

/** @throws TypeError for a flag that there is not */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      only: { type: 'string' },
      out: { type: 'string' },
      documents: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  return {
    quick: values.quick ?? false,
    only: values.only ?? null,
    out: values.out ?? null,
    documents: values.documents ?? false,
    help: values.help ?? false,
  };
}
