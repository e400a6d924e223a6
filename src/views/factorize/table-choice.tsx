import { Tooltip, VisuallyHidden } from '@mantine/core';
import { useId } from 'react';
import type { SpectrumOf } from '../../protocol/lab';
import { useLabStore } from '../../store/store';
import { SegmentedControl } from '../../ui/segmented-control';
import { useSession } from '../session-context';
import classes from './factorize-room.module.css';

/** Rows of an experiment's table that stand for no word: padding and unknown. */
const rowsOfNoWord = 2;

const help: Record<SpectrumOf, string> = {
  experiment: 'The table that a run compresses: the words of the data set, padding and unknown.',
  table: 'Every word of the loaded table, whether the data set has it or not; a large one goes through block by block.',
};

/** Whose spectrum is drawn; nothing where both tables have the same words. */
export function TableChoice() {
  const session = useSession();
  const id = useId();
  const of = useLabStore((state) => state.spectrum.of);
  const words = useLabStore((state) => state.data.report?.embeddings.words);
  const vocabulary = useLabStore((state) => state.plan?.vocabulary);
  // Where the experiment has no table, the whole one is left.
  const unplanned = useLabStore((state) => state.planFailure !== null);
  const differ = vocabulary === undefined ? unplanned : words !== vocabulary - rowsOfNoWord;
  if (words === undefined || !differ) return null;
  return (
    <Tooltip label={help[of]} position="right">
      <div className={classes.choice}>
        <SegmentedControl
          aria-label="Table to factorize"
          aria-describedby={id}
          data={[
            { value: 'experiment', label: 'This experiment’s words' },
            { value: 'table', label: 'The whole table' },
          ]}
          value={of}
          onChange={(value) => session.chooseSpectrum(value as SpectrumOf)}
        />
        <VisuallyHidden id={id}>{help[of]}</VisuallyHidden>
      </div>
    </Tooltip>
  );
}
