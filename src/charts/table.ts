/** A figure's raw points, for its table and its CSV file. */
export interface FigureTable {
  columns: string[];
  rows: (string | number | null)[][];
}

export interface NamedPoints {
  label: string;
  points: readonly { x: number; y: number }[];
}

/** Long form, a row a point: series of different steps need no filling in. */
export function tableOf(series: readonly NamedPoints[], xLabel: string, yLabel: string): FigureTable {
  return {
    columns: ['Series', xLabel, yLabel],
    rows: series.flatMap(({ label, points }) => points.map(({ x, y }) => [label, x, y])),
  };
}

/** Cells that a spreadsheet would take for a formula are led by an apostrophe: labels can come from a visitor's file. */
export function toCsv({ columns, rows }: FigureTable): string {
  return `${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
