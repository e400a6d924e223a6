/** What the documents say of speed: made of bench/results.json alone, by the bench itself, so that no figure is written by hand. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withGenerated } from './markers';
import type { Results, Row } from './results';
import { dispatchSeconds, laptops, rooflineMs } from './roofline';
import { scaleFigure } from './scale-figure';
import { bytesFigure, figure, markdownTable } from './table';

const documentUrl = (path: string) => new URL(`../${path}`, import.meta.url);

function machineLine({ machine, date, versions }: Results): string {
  const memory = `${Math.round(machine.memoryBytes / 2 ** 30)} GiB`;
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `Measured ${date}: ${machine.processor}, ${machine.cores} cores, ${memory}, ${machine.system}. ${named.join(', ')}.`;
}

function notesList({ notes }: Results): string {
  const works = new Map<string, string[]>();
  for (const { work, note } of notes) works.set(note, [...(works.get(note) ?? []), work]);
  return [...works].map(([note, of]) => `- ${note} (${of.join(', ')})`).join('\n');
}

/** One row a work and backend: what is counted is the same for every peer. */
function firstOfEach(rows: readonly Row[]): Row[] {
  const seen = new Set<string>();
  return rows.filter(({ work, backend }) => {
    const key = `${work} ${backend}`;
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}

function countsTable({ rows }: Results): string {
  const counted = firstOfEach(rows.filter(({ backend, flops }) => backend === 'webgpu' && flops !== undefined));
  const lines = counted.map(({ work, dispatches = 0, submits = 0, uploadedBytes = 0, flops = 0, bytes = 0 }) => {
    const estimates = laptops.map((gpu) => figure(rooflineMs({ flops, bytes, dispatches }, gpu)));
    const cells = [
      work,
      figure(dispatches),
      figure(submits),
      bytesFigure(uploadedBytes),
      figure(flops / 1e6),
      bytesFigure(bytes),
      ...estimates,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const laptopNames = laptops.map(({ name }) => `${name} laptop GPU, ms`);
  return [
    `| work | dispatches | submits | uploaded | Mflop | memory moved | ${laptopNames.join(' | ')} |`,
    `|---|${'---:|'.repeat(5 + laptops.length)}`,
    ...lines,
  ].join('\n');
}

function accuracyTable({ rows }: Results): string {
  const lines = rows.flatMap(({ work, backend, peer, oursRelativeError, peerRelativeError, oursPeakBytes }) =>
    oursRelativeError === undefined
      ? []
      : [
          `| ${work} | ${backend} | ${oursRelativeError.toExponential(1)} | ${peer} | ${peerRelativeError?.toExponential(1) ?? 'gives none'} | ${
            oursPeakBytes === undefined ? '' : bytesFigure(oursPeakBytes)
          } |`,
        ],
  );
  return ['| work | backend | ours | peer | its error | memory of ours |', '|---|---|---:|---|---:|---:|', ...lines].join('\n');
}

function memoryTable({ memory }: Results): string {
  const lines = memory.map(
    ({ stage, seconds, peakBytes, residentBytes, tableBytes, adapter, date }) =>
      `| ${stage} | ${figure(seconds)} | ${bytesFigure(peakBytes)} | ${figure(peakBytes / tableBytes)} | ${bytesFigure(residentBytes)} | ${adapter}, ${date} |`,
  );
  return ['| what | s | peak | of the table | whole process | on |', '|---|---:|---:|---:|---:|---|', ...lines].join('\n');
}

function slopesTable({ scale }: Results): string {
  const lines = scale.map(({ panel, label, axis, points, slope, adapter }) => {
    const values = points.map(({ size, ms }) => `${size}: ${figure(ms)}`).join(', ');
    return `| ${panel} | ${label} | ${axis} | ${values} | ${slope.toFixed(2)} | ${adapter} |`;
  });
  return ['| | | against | ms | slope | on |', '|---|---|---|---|---:|---|', ...lines].join('\n');
}

/** The generated parts of docs/performance.md, by name. */
export function performanceParts(results: Results): Record<string, string> {
  const figures = laptops.map(
    ({ name, flopsPerSecond, bytesPerSecond }) => `${name}: ${flopsPerSecond / 1e12} Tflop/s, ${bytesPerSecond / 1e9} GB/s`,
  );
  return {
    machine: machineLine(results),
    table: `${markdownTable(results.rows)}\n\n${notesList(results)}`,
    counts: `${countsTable(results)}\n\nAssumed: ${figures.join('; ')}; ${1e6 * dispatchSeconds} microseconds a dispatch.`,
    accuracy: accuracyTable(results),
    memory: memoryTable(results),
    scale: slopesTable(results),
  };
}

/** Ratios that the README names, of the rows that there are. */
const claims: readonly { work: string; what: string }[] = [
  { work: 'dan-step-full-10k', what: 'training step, full table of 10,000 x 300' },
  { work: 'dan-step-low-rank-10k', what: 'training step, factors of rank 30' },
  { work: 'svd-10k', what: 'factorization of 10,000 x 300' },
  { work: 'parse-glove-text', what: 'reading GloVe text' },
];

/** The generated part of the README. */
export function readmePart(results: Results): string {
  const lines = claims.flatMap(({ work, what }) =>
    results.rows
      .filter((row) => row.work === work)
      .map(
        ({ backend, peer, oursMs, ratio, adapter }) =>
          `| ${what} | ${backend} | ${figure(oursMs)} | ${peer} | ${figure(ratio)} | ${adapter} |`,
      ),
  );
  return ['| work | backend | ours, ms | beside | peer / ours | on |', '|---|---|---:|---|---:|---|', ...lines].join('\n');
}

function rewrite(path: string, parts: Record<string, string>): void {
  const url = documentUrl(path);
  const text = Object.entries(parts).reduce(
    (document, [name, content]) => withGenerated(document, name, content),
    readFileSync(url, 'utf8'),
  );
  writeFileSync(url, text);
}

/** Makes the generated parts and the figure anew. */
export function writeDocuments(results: Results): void {
  rewrite('docs/performance.md', performanceParts(results));
  rewrite('README.md', { ratios: readmePart(results) });
  writeFileSync(documentUrl('docs/scale.svg'), scaleFigure(results.scale));
}
