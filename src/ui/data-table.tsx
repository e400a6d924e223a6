import { Checkbox, Menu } from '@mantine/core';
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import classes from './data-table.module.css';

export interface DataColumn<R> {
  id: string;
  name: string;
  unit?: string;
  numeric: boolean;
  /** Names the row; the first column. */
  heads?: boolean;
  /** Not shown before it is asked for. */
  hidden?: boolean;
  /** Null sorts last, whichever way. */
  sort(row: R): number | string | null;
  show(row: R): ReactNode;
}

export interface DataTableProps<R> {
  label: string;
  columns: readonly DataColumn<R>[];
  rows: readonly R[];
  keyOf(row: R): string;
  /** For tests: of the row. */
  testIdOf?(row: R): string;
  caption?: ReactNode;
  /** Above the table: filters. With them comes the choice of columns. */
  tools?: ReactNode;
  /** Rows that are drawn at first, and with each click on more. */
  page?: number;
  /** Said where no row is left. */
  empty?: string;
  /** Rows that can be ticked. */
  selection?: { keys: readonly string[]; nameOf(row: R): string; toggle(key: string): void };
}

/** What is drawn at once: a table of thousands of rows would hold the page up, and hide what is below it. */
const PAGE = 30;

/** Rows that sort by any column; columns can be taken off; the first one stays in sight. */
export function DataTable<R>(props: DataTableProps<R>) {
  const { label, columns, rows, keyOf, testIdOf, caption, tools, page = PAGE, empty, selection } = props;
  const [order, setOrder] = useState<{ id: string; descending: boolean } | null>(null);
  const [toggled, setToggled] = useState<readonly string[]>([]);
  const [most, setMost] = useState(page);
  const shown = columns.filter((column) => column.heads || toggled.includes(column.id) === (column.hidden ?? false));
  const sorted = useMemo(() => {
    const column = order && columns.find((candidate) => candidate.id === order.id);
    return column ? [...rows].sort((a, b) => compare(column.sort(a), column.sort(b), order.descending)) : rows;
  }, [rows, columns, order]);
  return (
    <div className={classes.frame}>
      {tools && (
        <div className={classes.tools}>
          {tools}
          <ColumnsMenu
            label={label}
            columns={columns}
            shown={shown}
            toggle={(id) => setToggled(toggled.includes(id) ? toggled.filter((one) => one !== id) : [...toggled, id])}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={`${label}, scrolls sideways`}>
        <table className={classes.table} aria-label={label}>
          <thead>
            <tr>
              {shown.map((column) => {
                const active = order?.id === column.id;
                return (
                  <th
                    key={column.id}
                    scope="col"
                    data-numeric={column.numeric || undefined}
                    aria-sort={active ? (order.descending ? 'descending' : 'ascending') : undefined}
                  >
                    <button
                      type="button"
                      onClick={() => setOrder({ id: column.id, descending: active ? !order.descending : column.numeric })}
                    >
                      <span>
                        {column.name}
                        {column.unit && <span className={classes.unit}>{column.unit}</span>}
                      </span>
                      {active && (order.descending ? <ArrowDown size={12} aria-hidden="true" /> : <ArrowUp size={12} aria-hidden="true" />)}
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, most).map((row) => {
              const key = keyOf(row);
              return (
                <tr key={key} data-testid={testIdOf?.(row)} data-selected={selection?.keys.includes(key) || undefined}>
                  {shown.map((column) =>
                    column.heads ? (
                      <th key={column.id} scope="row">
                        {selection ? (
                          <label className={classes.select}>
                            <input
                              type="checkbox"
                              aria-label={selection.nameOf(row)}
                              checked={selection.keys.includes(key)}
                              onChange={() => selection.toggle(key)}
                            />
                            {column.show(row)}
                          </label>
                        ) : (
                          column.show(row)
                        )}
                      </th>
                    ) : (
                      <td key={column.id} data-numeric={column.numeric || undefined}>
                        {column.show(row)}
                      </td>
                    ),
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {rows.length === 0 && empty && <p className={classes.empty}>{empty}</p>}
      {rows.length > most && (
        <button type="button" className={classes.more} onClick={() => setMost(most + page)}>
          {most} of {rows.length} rows are shown; show {Math.min(page, rows.length - most)} more
        </button>
      )}
      {caption && <p className={classes.caption}>{caption}</p>}
    </div>
  );
}

interface ColumnsMenuProps<R> {
  label: string;
  columns: readonly DataColumn<R>[];
  shown: readonly DataColumn<R>[];
  toggle(id: string): void;
}

function ColumnsMenu<R>({ label, columns, shown, toggle }: ColumnsMenuProps<R>) {
  return (
    <Menu position="bottom-end" closeOnItemClick={false} shadow="md" width={210}>
      <Menu.Target>
        <button type="button" className={classes.columns} aria-label={`${label}: which columns are shown`}>
          <Columns3 size={15} aria-hidden="true" />
          Columns
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns
          .filter(({ heads }) => !heads)
          .map((column) => {
            const on = shown.includes(column);
            return (
              <Menu.Item key={column.id} role="menuitemcheckbox" aria-checked={on} onClick={() => toggle(column.id)}>
                <span className={classes.columnName}>
                  <Checkbox.Indicator checked={on} size="xs" />
                  {column.name}
                </span>
              </Menu.Item>
            );
          })}
      </Menu.Dropdown>
    </Menu>
  );
}

export function compare(a: number | string | null, b: number | string | null, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'string' || typeof b === 'string' ? String(a).localeCompare(String(b)) : a - b;
  return descending ? -order : order;
}
