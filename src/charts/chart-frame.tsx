import { ActionIcon, Menu, VisuallyHidden } from '@mantine/core';
import { ChartSpline, Ellipsis, FileImage, FileSpreadsheet, FileType, Table2 } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import classes from './chart-frame.module.css';
import { savePng, toSvg } from './image';
import type { Marker } from './palette';
import { fileNameOf, saveFile } from './save';
import { LineSwatch, MarkerSwatch } from './swatch';
import { type FigureTable, toCsv } from './table';

export interface LegendEntry {
  id: string;
  label: string;
  color: string;
  dash: string;
  /** Where the series is drawn as points. */
  marker?: Marker;
  /** Of the line, where it is not the usual one. */
  width?: number;
  opacity?: number;
}

export interface ChartFrameProps {
  title: string;
  /** One line under the title: what is drawn, and what was done to it. */
  note?: ReactNode;
  /** What a person who can't see the drawing should know of it. */
  summary: string;
  legend?: readonly LegendEntry[];
  /** Raw points, not decimated; called when they are asked for. */
  table: () => FigureTable;
  /** Beside the title: a switch of what is drawn. */
  aside?: ReactNode;
  /** Drawn instead of the figure while there is nothing to draw. */
  empty?: ReactNode;
  children: ReactNode;
}

const MOST_ROWS = 500;

/** What every figure has: a title, a summary in words, its numbers as a table, and itself as a file. */
export function ChartFrame({ title, note, summary, legend = [], table, aside, empty, children }: ChartFrameProps) {
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const name = fileNameOf(title);
  const drawing = () => {
    const svg = body.current?.querySelector('svg.recharts-surface, svg[data-figure]');
    return svg instanceof SVGSVGElement ? toSvg(svg, { title, legend }) : null;
  };
  return (
    <figure className={classes.frame} aria-labelledby={`${id}-title`} aria-describedby={`${id}-summary`}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h3 className={classes.title} id={`${id}-title`}>
            {title}
          </h3>
          {note && <p className={classes.note}>{note}</p>}
        </div>
        {aside}
        {!empty && (
          <Menu position="bottom-end" width={190} shadow="md">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size={28} aria-label={`${title}: table and downloads`}>
                <Ellipsis size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={asTable ? <ChartSpline size={15} /> : <Table2 size={15} />} onClick={() => setAsTable(!asTable)}>
                {asTable ? 'Show as chart' : 'Show as table'}
              </Menu.Item>
              <Menu.Item
                leftSection={<FileSpreadsheet size={15} />}
                onClick={() => saveFile(`${name}.csv`, toCsv(table()), 'text/csv;charset=utf-8')}
              >
                Download CSV
              </Menu.Item>
              <Menu.Item
                leftSection={<FileType size={15} />}
                disabled={asTable}
                onClick={() => {
                  const svg = drawing();
                  if (svg) saveFile(`${name}.svg`, svg, 'image/svg+xml');
                }}
              >
                Download SVG
              </Menu.Item>
              <Menu.Item
                leftSection={<FileImage size={15} />}
                disabled={asTable}
                onClick={() => {
                  const svg = drawing();
                  if (svg) void savePng(`${name}.png`, svg);
                }}
              >
                Download PNG
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      <VisuallyHidden id={`${id}-summary`}>{summary}</VisuallyHidden>
      {empty ? (
        <div className={classes.empty}>{empty}</div>
      ) : asTable ? (
        <PointsTable title={title} table={table()} />
      ) : (
        <div ref={body}>{children}</div>
      )}
      {legend.length > 0 && !asTable && !empty && (
        <ul className={classes.legend}>
          {legend.map((entry) => (
            <li key={entry.id}>
              {entry.marker ? (
                <MarkerSwatch color={entry.color} marker={entry.marker} />
              ) : (
                <LineSwatch color={entry.color} dash={entry.dash} thickness={entry.width} opacity={entry.opacity} />
              )}
              {entry.label}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

function PointsTable({ title, table: { columns, rows } }: { title: string; table: FigureTable }) {
  const shown = rows.slice(0, MOST_ROWS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={`${title}, as a table`}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: points have no other name than their place
            <tr key={i}>
              {row.map((value, k) => (
                <td key={columns[k]}>{typeof value === 'number' ? Number(value.toPrecision(6)) : value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown.length && (
        <p className={classes.note}>
          The first {MOST_ROWS} of {rows.length} points; the CSV file has all of them.
        </p>
      )}
    </section>
  );
}
