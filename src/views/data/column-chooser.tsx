import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ColumnChoice, DatasetPreview } from '../../protocol/data';
import { SelectField } from '../../ui/inputs';
import { Panel } from '../../ui/widgets';
import classes from './data-room.module.css';

const NONE = '';

interface Props {
  name: string;
  preview: DatasetPreview;
  busy: boolean;
  onChoose(columns: ColumnChoice): void;
  onCancel(): void;
}

/** The head of a file, and which of its columns hold what. */
export function ColumnChooser({ name, preview, busy, onChoose, onCancel }: Props) {
  const [columns, setColumns] = useState<ColumnChoice>(preview.guess);
  const options = preview.columns.map((column) => ({ value: column, label: column }));
  const role = (column: string) =>
    column === columns.text ? 'text' : column === columns.label ? 'label' : column === columns.split ? 'split' : undefined;
  return (
    <Panel title={name} note={`${preview.format}; the first ${preview.rows.length} rows. Which columns hold what?`}>
      <div className={classes.stack}>
        <div className={classes.choices}>
          <SelectField
            label="Text column"
            help="The column with the sentences."
            value={columns.text}
            options={options}
            onChange={(text) => setColumns({ ...columns, text })}
          />
          <SelectField
            label="Label column"
            help="The column with the class of each sentence."
            value={columns.label}
            options={options}
            onChange={(label) => setColumns({ ...columns, label })}
          />
          <SelectField
            label="Split column"
            help="A column that says train, validation or test, where the file has one; else the lab splits by seed."
            value={columns.split ?? NONE}
            options={[{ value: NONE, label: 'none, split by seed' }, ...options]}
            onChange={(split) => setColumns({ ...columns, split: split === NONE ? null : split })}
          />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <section className={classes.preview} tabIndex={0} aria-label="Preview of the file">
          <table>
            <thead>
              <tr>
                {preview.columns.map((column) => (
                  <th key={column} scope="col" data-role={role(column)}>
                    {column}
                    {role(column) && <span className={classes.role}>{role(column)}</span>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.rows.map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file are their places
                <tr key={i}>
                  {preview.columns.map((column, k) => (
                    <td key={column} data-role={role(column)}>
                      {row[k]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <div className={classes.buttons}>
          <Button disabled={busy || columns.text === columns.label} onClick={() => onChoose(columns)}>
            Use these columns
          </Button>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      </div>
    </Panel>
  );
}
