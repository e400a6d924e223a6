import { escapeText } from './escape';

/** A table's cell: what is shown, and what it is sorted by where that is not the same. */
export interface Field {
  text: string;
  /** Null sorts last. */
  sort?: number | null;
}

export interface Column {
  name: string;
  numeric: boolean;
  /** Whole sentences, which may take several lines. */
  sentences?: true;
}

/**
 * A table that is sorted without a script: its fields are placed on a grid in the order of their row's rank under the column whose button is
 * pressed. Rows stay in the order given until then, and in browsers without `:has`.
 *
 * @param id unique in the page; letters and digits
 */
export function sortableTable(id: string, caption: string, columns: readonly Column[], rows: readonly (readonly Field[])[]): string {
  const ranks = columns.map((column, j) =>
    ranksOf(
      rows.map((row) => row[j]),
      column.numeric,
    ),
  );
  const heads = columns.map(
    ({ name }, j) =>
      `<th scope="col" role="columnheader"${classOf(columns[j])}>${escapeText(name)} ` +
      `<span class="sort">${button(id, j, 'up', name)}${button(id, j, 'down', name)}</span></th>`,
  );
  const body = rows.map((row, i) => {
    const fields = row.map((field, j) => `<td role="cell"${classOf(columns[j])}>${escapeText(field.text)}</td>`);
    return `<tr role="row" style="${ranks.map((rank, j) => `--r${j}:${rank[i]}${row[j].sort === null ? `;--n${j}:1` : ''}`).join(';')}">${fields.join('')}</tr>`;
  });
  const rules = columns.map(
    (_, j) =>
      `#${id}:has(#${id}-${j}-up:checked) td{order:var(--r${j})}#${id}:has(#${id}-${j}-down:checked) td{order:calc(1000000*var(--n${j},0) - var(--r${j}))}`,
  );
  return (
    `<style>#${id}{grid-template-columns:repeat(${columns.length},auto)}${rules.join('')}</style>` +
    `<div class="wide"><table id="${id}" class="sortable" role="table"><caption>${escapeText(caption)}</caption>` +
    `<thead role="rowgroup"><tr role="row">${heads.join('')}</tr></thead><tbody role="rowgroup">${body.join('')}</tbody></table></div>`
  );
}

function classOf({ numeric, sentences }: Column): string {
  return numeric ? ' class="number"' : sentences ? ' class="sentences"' : '';
}

function button(id: string, column: number, direction: 'up' | 'down', name: string): string {
  const label = escapeText(`Sort by ${name}, ${direction === 'up' ? 'ascending' : 'descending'}`);
  return `<label title="${label}"><input type="radio" name="${id}" id="${id}-${column}-${direction}" aria-label="${label}">${direction === 'up' ? '↑' : '↓'}</label>`;
}

/** Of each row, from 1; different ones for equals, so that a row's fields stay together; what is null comes last, here going up and by `--n` going down. */
function ranksOf(fields: readonly Field[], numeric: boolean): number[] {
  const value = ({ text, sort }: Field) => (sort === undefined ? (numeric ? null : text) : sort);
  const order = fields
    .map((field, i) => ({ i, value: value(field) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null) || a.i - b.i;
      return (a.value < b.value ? -1 : a.value > b.value ? 1 : 0) || a.i - b.i;
    });
  const ranks = new Array<number>(fields.length);
  for (const [rank, { i }] of order.entries()) ranks[i] = rank + 1;
  return ranks;
}
