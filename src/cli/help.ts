import type { Catalogue } from '../protocol/catalogue';
import { defaultLandscape, type SurfaceDescription } from '../protocol/landscape';

const widestLine = 140;

/** What `--help` prints. The choices are the engine's, so that a new method or schedule is listed by itself. */
export function helpText(
  { methods, schedules, optimizers, models, tokenizers, exportFormats, defaultSpecification }: Catalogue,
  surfaces: SurfaceDescription[],
): string {
  const families = [...new Set(methods.map(({ family }) => family))].filter((family) => methods.every(({ id }) => id !== family));
  const standsFor = families
    .map((family) => ({ family, ids: methods.filter((method) => method.family === family).map(({ id }) => id) }))
    .map(({ family, ids }) => `${' '.repeat(24)}${family} is ${ids.join(' and ')}`);
  const ids = (described: { id: string }[]) => described.map(({ id }) => id).join(', ');
  const { rates, epochs, seeds, schedule, optimizer, model } = defaultSpecification;
  return [
    'Usage: npm run lab -- [flags]',
    '',
    'Shrinks the embedding of a text classifier by every method asked for, and prints what each costs in accuracy. Without flags it runs the',
    'experiment that the page opens on. Progress goes to stderr, the table to stdout.',
    '',
    '  --embeddings FILE     word vectors: GloVe or word2vec text, fastText, word2vec binary, NumPy, safetensors or TSV, packed or not; where',
    '                        the words are in a file of their own, FILE,FILE (default: the bundled GloVe 6B, 100 dimensions)',
    '  --keep WHICH          words of the table: all (default), dataset (those of the data set), or N, the most frequent',
    '  --tensor NAME         the tensor, where a file holds several',
    '  --data FILE           labelled sentences: CSV, TSV, JSON, JSON Lines or Parquet; or FILE,FILE,FILE, named by their splits: train,',
    '                        validation and test (default: the bundled UCI sentences)',
    `  --tokenizer NAME      how the sentences of --data are cut: ${ids(tokenizers)} (default: ${tokenizers[0].id})`,
    '  --text-column NAME    column of the sentences (default: guessed from the header)',
    '  --label-column NAME   column of the classes (default: guessed)',
    '  --split-column NAME   column that holds train, validation or test (default: the lab splits by the seed)',
    '  --task NAME           which label is predicted; of the bundled set: sentiment (default) or source',
    `  --model NAME          ${ids(models)} (default: ${model})`,
    ...beside(
      '  --methods A,B         ',
      methods.map(({ id }) => id),
    ),
    ...standsFor,
    `  --rates A,B           shares of the embedding's bytes to remove, each above 0 and below 1 (default: ${rates.join(',')})`,
    `  --schedule NAME       ${ids(schedules)} (default: ${schedule.id})`,
    `  --optimizer NAME      ${ids(optimizers)} (default: ${optimizer})`,
    `  --epochs N            budget of each method (default: ${epochs})`,
    `  --seeds A,B           one run of everything for each (default: ${seeds.join(',')})`,
    '  --race FILE           races schedules as a JSON file says: {"lanes": [{"id": "a", "segments": [{"fromStep": 0, "peak": 0.01, "schedule":',
    '                        {"id": "calr", "parameters": {}}}]}]}; what it leaves out (rate, epochs, seeds, ...) is the experiment’s own',
    '  --sweep FILE          runs many experiments as a JSON file says (below), one after the other; goes on with what --out holds already',
    '  --shard I/N           the I-th of N shares of the sweep, from 1/N to N/N, alike in work: each for a machine of its own',
    '  --backend NAME        webgpu, cpu or auto: WebGPU where there is a real GPU (default: auto)',
    '  --profile             prints where the time went, by phase; on WebGPU each step is split by the GPU’s clock, which costs a little',
    '  --out FILE            writes specification, adapter, versions, results and profile as JSON',
    `  --export A,B          writes the low-rank run that does best on validation, the model of the first seed: ${ids(exportFormats)}`,
    '  --export-dir DIR      where: a folder for each format, with lines that use it, and predictions.json: what the model says of the test set',
    '  --help                prints this',
    '',
    'A sweep’s file holds any of the lists "tasks", "models", "schedules", "methods", "rates", "seeds", whose every combination is run, and',
    '"hidden", "epochs", "batchSize", "optimizer", "dropout", "wordDropout", "split", "learningRates" (by method), "embeddings"; what it leaves out',
    'is the experiment’s own. A schedule is a name, or {"id": "calr", "parameters": {"gamma": 0.5}}. A task is {"task": "source"} of the data that is',
    'loaded, or names its own files, relative to the sweep’s: {"task": "stars", "dataset": {"files": "reviews.csv", "text": "review", "label":',
    '"stars", "split": "part", "tokenizer": "glove"}}; so does "embeddings": {"files": ["e.npy", "words.txt"], "keep": 50000, "tensor": "wte"}.',
    'Finished cells are written to --out within seconds; ended by Ctrl-C or SIGTERM, the same command goes on (exit code 130 or 143).',
    '',
    'npm run lab -- merge FILE... --out FILE joins the results of shares, and names what is missing: then the exit code is 2, with the file written.',
    'It refuses parts of different sweeps or versions, and parts that contradict each other.',
    '',
    'npm run lab -- report FILE --out FILE.html [--allowed-loss POINTS] writes what a sweep says as one page that opens offline: figures, tables,',
    'the paper’s claims, a recommendation that may lose so many points of accuracy (default: 1).',
    '',
    'npm run lab -- --landscape walks balls over a rugged surface instead: prints its valleys, where each lane ends, and how many of 1,000',
    'random starts end in the deepest valley. Flags:',
    '',
    `  --surface NAME        ${ids(surfaces)} (default: ${defaultLandscape.surface})`,
    '  --dimensions N        1 or 2 (default: the first that the surface has)',
    `  --seed N              of the surface “seeded”, the noise and the random starts (default: ${defaultLandscape.seed})`,
    `  --steps N             10 to 2,000 (default: ${defaultLandscape.steps})`,
    `  --noise X             standard deviation of what is added to the gradient (default: ${defaultLandscape.noise})`,
    `  --start X[,Y]         each from -1 to 1 (default: ${defaultLandscape.start[0]})`,
    '  --lanes A,B           up to six of SCHEDULE@PEAK:NAME=NUMBER, such as fixed@0.01,calr@0.4:cycles=6 (default: those of the page)',
    '  --out FILE            writes specification, valleys, runs and shares as JSON',
    '',
    'A FILE may be an http or https address too: it is fetched from there, and from nowhere else.',
    'Ctrl-C stops the run and prints what is finished. Exit code: 0 when the run ended, 1 when something was wrong with the input.',
  ].join('\n');
}

/** Names behind a flag, in lines as wide as the others. */
function beside(flag: string, names: readonly string[]): string[] {
  const lines = [flag];
  for (const [i, name] of names.entries()) {
    const word = i + 1 < names.length ? `${name}, ` : name;
    if ((lines[lines.length - 1] + word).trimEnd().length > widestLine) lines.push(' '.repeat(flag.length));
    lines[lines.length - 1] += word;
  }
  return lines.map((line) => line.trimEnd());
}
