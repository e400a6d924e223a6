import type { Row } from './results';

const header = ['work', 'backend', 'peer', 'ours, ms', 'peer, ms', 'peer / ours', 'dispatches', 'submits', 'uploaded'];

/** Three significant digits, and no exponent. */
export function figure(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 6));
}

export function bytesFigure(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const unit = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  return `${figure(bytes / 1024 ** unit)} ${units[unit]}`;
}

export function cellsOf(row: Row): string[] {
  return [
    row.size ? `${row.work} (${row.size})` : row.work,
    row.backend,
    row.peer,
    figure(row.oursMs),
    figure(row.peerMs),
    figure(row.ratio),
    row.dispatches === undefined ? '' : figure(row.dispatches),
    row.submits === undefined ? '' : figure(row.submits),
    row.uploadedBytes === undefined ? '' : bytesFigure(row.uploadedBytes),
  ];
}

/** Columns from the fourth on are numbers. */
const isNumber = (column: number) => column > 2;

/** One table, as text for a terminal; rows of another adapter under its name. */
export function textTable(rows: readonly Row[]): string {
  const lines: string[] = [];
  const cells = rows.map(cellsOf);
  const widths = header.map((name, c) => Math.max(name.length, ...cells.map((row) => row[c].length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, c) => (isNumber(c) ? cell.padStart(widths[c]) : cell.padEnd(widths[c])))
      .join('  ')
      .trimEnd();
  for (const [adapter, own] of byAdapter(rows)) {
    lines.push(adapter, line(header), ...own.map((row) => line(cellsOf(row))), '');
  }
  return lines.join('\n');
}

/** The same in Markdown. */
export function markdownTable(rows: readonly Row[]): string {
  return [...byAdapter(rows)]
    .map(([adapter, own]) =>
      [
        `${adapter}:`,
        '',
        `| ${header.join(' | ')} |`,
        `|${header.map((_, c) => (isNumber(c) ? '---:' : '---')).join('|')}|`,
        ...own.map((row) => `| ${cellsOf(row).join(' | ')} |`),
      ].join('\n'),
    )
    .join('\n\n');
}

export function byAdapter<Entry extends { adapter: string }>(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(entry.adapter, [...(groups.get(entry.adapter) ?? []), entry]);
  return groups;
}
