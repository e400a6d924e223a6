import { Button } from '@mantine/core';
import { Info } from 'lucide-react';
import { useState } from 'react';
import { formatCount } from '../../charts/format';
import type { EmbeddingsChoice, EmbeddingsPreview, Keep } from '../../protocol/data';
import type { SourceReference } from '../../protocol/specification';
import { DropZone } from '../../ui/drop-zone';
import { SelectField } from '../../ui/inputs';
import { Facts, Panel } from '../../ui/widgets';
import classes from './data-room.module.css';
import { guessKeep, guessTensor, shapeOf } from './keep';
import { KeepChoice } from './keep-choice';
import { SampleWords } from './sample-words';

interface Props {
  name: string;
  preview: EmbeddingsPreview;
  dataset: { source: SourceReference; types: number };
  busy: boolean;
  onVocabulary(file: File): void;
  onLoad(choice: EmbeddingsChoice): void;
  onCancel(): void;
}

/** What a file of word vectors says of itself, and what is taken of it. */
export function EmbeddingsChooser({ name, preview, dataset, busy, onVocabulary, onLoad, onCancel }: Props) {
  const [tensor, setTensor] = useState(() => guessTensor(preview));
  const { words, dimension } = shapeOf(preview, tensor);
  const [chosen, setKeep] = useState<Keep | null>(null);
  const keep = chosen ?? guessKeep(words?.count ?? null, dimension);
  return (
    <Panel title={name} note={`${preview.format}. Not loaded yet: choose what to take of it.`}>
      <div className={classes.stack}>
        <Facts
          entries={[
            [words && !words.exact ? 'Words, about' : 'Words', words ? formatCount(words.count) : 'told by reading'],
            ['Dimension', formatCount(dimension)],
          ]}
        />
        {preview.tensors.length > 1 && tensor !== null && (
          <SelectField
            label="Tensor"
            help="The file holds several tables; the one of the words has a row for each word of the vocabulary."
            value={tensor}
            options={preview.tensors.map(({ name: value, rows, columns, type }) => ({
              value,
              label: `${value}: ${formatCount(rows)} × ${formatCount(columns)}, ${type}`,
            }))}
            onChange={setTensor}
          />
        )}
        <SampleWords words={preview.sample} />
        {preview.notes.map((note) => (
          <p key={note} className={classes.note}>
            <Info size={15} aria-hidden="true" />
            {note}
          </p>
        ))}
        {preview.needsVocabulary ? (
          <DropZone label="Add the vocabulary file" multiple={false} disabled={busy} onFiles={([file]) => onVocabulary(file)}>
            {preview.format} holds numbers only. The words are in a file of their own: a word a line, or a tokenizer.json or vocab.json.
          </DropZone>
        ) : (
          <KeepChoice key={tensor} words={words} dimension={dimension} dataset={dataset} keep={keep} onChange={setKeep} />
        )}
        <div className={classes.buttons}>
          <Button disabled={busy || preview.needsVocabulary} onClick={() => onLoad({ keep, tensor })}>
            Load
          </Button>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      </div>
    </Panel>
  );
}
