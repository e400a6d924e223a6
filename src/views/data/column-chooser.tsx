import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ColumnChoice, DatasetPreview } from '../../protocol/data';
import { useLabStore } from '../../store/store';
import { SelectField } from '../../ui/inputs';
import { Panel } from '../../ui/widgets';
import classes from './data-room.module.css';

const NONE = '';

interface Props {
  name: string;
  /** Three files are the three splits. */
  files: number;
  preview: DatasetPreview;
  busy: boolean;
  onChoose(columns: ColumnChoice): void;
  onCancel(): void;
}

/** The head of a file, and which of its columns hold what. */
export function ColumnChooser({ name, files, preview, busy, onChoose, onCancel }: Props) {
  const [columns, setColumns] = useState<ColumnChoice>(preview.guess);
  const tokenizers = useLabStore((state) => state.lab.catalogue?.tokenizers ?? []);
  const tokenizer = tokenizers.find(({ id }) => id === (columns.tokenizer ?? 'glove'));
  const options = preview.columns.map((column) => ({ value: column, label: column }));
  const role = (column: string) =>
    column === columns.text ? 'text' : column === columns.label ? 'label' : column === columns.split ? 'split' : undefined;
  return (
    <Panel title={name} note={`${preview.format}. Not loaded yet: which columns hold what?`}>
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
          {files === 1 && (
            <SelectField
              label="Split column"
              help="A column that says train, validation or test, where the file has one; else the lab splits by seed, each class in proportion."
              value={columns.split ?? NONE}
              options={[{ value: NONE, label: 'none, split by seed' }, ...options]}
              onChange={(split) => setColumns({ ...columns, split: split === NONE ? null : split })}
            />
          )}
          {tokenizer && (
            <SelectField
              label="Words"
              help={`How a text is cut into words. ${tokenizer.help}`}
              value={tokenizer.id}
              options={tokenizers.map(({ id, label }) => ({ value: id, label }))}
              onChange={(id) => setColumns({ ...columns, tokenizer: id })}
            />
          )}
        </div>
        {files > 1 && <p className={classes.licence}>Each of the {files} files is a split of its own.</p>}
        {columns.text === columns.label && <p className={classes.wrong}>One column can’t be both the texts and the labels.</p>}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <section className={classes.preview} tabIndex={0} aria-label={`Preview: the first ${preview.rows.length} rows`}>
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
