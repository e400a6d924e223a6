import type { Catalogue } from '../protocol/catalogue';
import type { ResultRow } from '../protocol/results';

/** One method at one rate, over its seeds. */
interface Group {
  method: string;
  rows: ResultRow[];
  /** Test accuracy of `full` less this method's, seed by seed. */
  drops: number[];
}

function group(rows: readonly ResultRow[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = `${row.method}@${row.requestedRate}`;
    const full = rows.find(({ method, seed }) => method === 'full' && seed === row.seed);
    const found = groups.get(key) ?? { method: row.method, rows: [], drops: [] };
    found.rows.push(row);
    if (full && row.method !== 'full') found.drops.push(full.testAccuracy - row.testAccuracy);
    groups.set(key, found);
  }
  return [...groups.values()];
}

/** Mean, and with several seeds the sample standard deviation, in percent or points; a dash where nothing applies. */
export function spread(values: (number | null)[]): string {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return '-';
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  const shown = (100 * mean).toFixed(1).replace(/^-0\.0$/, '0.0');
  if (present.length === 1) return shown;
  const variance = present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (present.length - 1);
  return `${shown} ± ${(100 * Math.sqrt(variance)).toFixed(1)}`;
}

/** Sizes as the screen shows them: decimal units, three digits. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  const [value, unit] = bytes < 999_500 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`;
}

function distinct(values: (number | null)[]): string {
  return [...new Set(values.filter((value) => value !== null))].join(', ') || '-';
}

/** The numbers of the setting; where validation chose another one for each seed, all of them. */
function setting(rows: ResultRow[]): string {
  const numbers = [
    ['rank', rows.map(({ rank }) => rank)],
    ['groups', rows.map(({ groups }) => groups)],
    ['levels', rows.map(({ levels }) => levels)],
  ] as const;
  return (
    numbers
      .map(([name, values]) => [name, distinct(values).replaceAll(', ', ' or ')])
      .filter(([, text]) => text !== '-')
      .map(([name, text]) => (name === 'rank' ? `rank ${text}` : `${text} ${name}`))
      .join(', ') || '-'
  );
}

const header = [
  'Method',
  'Rate %',
  'Setting',
  'Embedding',
  'Network',
  'Valid. %',
  'Valid. F1 %',
  'Before %',
  'Before F1 %',
  'Test %',
  'Test F1 %',
  'Drop pt',
  'Learning rate',
  'Steps',
  'Seconds',
];

/**
 * The table of results as text, one line a method and rate; several seeds as mean ± sample standard deviation. F1 is macro-F1.
 *
 * @param rows of one experiment, in any number of seeds
 */
export function resultsTable(rows: readonly ResultRow[], { methods }: Pick<Catalogue, 'methods'>): string {
  const lines = group(rows).map(({ method, rows: seeds, drops }) => [
    methods.find(({ id }) => id === method)?.label ?? method,
    (100 * seeds[0].rate).toFixed(1),
    setting(seeds),
    formatBytes(seeds[0].bytes),
    formatBytes(seeds[0].networkBytes),
    spread(seeds.map((row) => row.validationAccuracy)),
    spread(seeds.map((row) => row.validationMacroF1)),
    spread(seeds.map((row) => row.beforeRetrainingAccuracy)),
    spread(seeds.map((row) => row.beforeRetrainingMacroF1)),
    spread(seeds.map((row) => row.testAccuracy)),
    spread(seeds.map((row) => row.macroF1)),
    spread(drops),
    distinct(seeds.map((row) => row.learningRate)),
    distinct(seeds.map((row) => row.steps)),
    (seeds.reduce((sum, row) => sum + row.seconds, 0) / seeds.length).toFixed(1),
  ]);
  return drawTable(header, lines);
}

/** Columns as wide as they need to be, the first to the left and the others to the right. */
export function drawTable(titles: readonly string[], lines: readonly string[][]): string {
  const widths = titles.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column].length)));
  const draw = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return [draw(titles), widths.map((width) => '-'.repeat(width)).join('  '), ...lines.map(draw)].join('\n');
}

/** What always saying the most frequent class scores on test; over the seeds where their splits differ. Null where nothing was finished. */
export function floorLine(rows: readonly ResultRow[]): string | null {
  if (rows.length === 0) return null;
  const bySeed = new Map(rows.map((row) => [row.seed, row.majorityAccuracy]));
  return `F1: macro-F1. The floor: always saying the most frequent class scores ${spread([...bySeed.values()])} % accuracy on test.`;
}
