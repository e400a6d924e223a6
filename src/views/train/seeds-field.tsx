import { useLabStore, write } from '../../store/store';
import { NumbersField } from '../../ui/inputs';
import { checkSeeds } from '../room/seeds';

const none: readonly number[] = [];

/** Which seeds the next run has. */
export function SeedsField() {
  const seeds = useLabStore((state) => state.specification?.seeds ?? none);
  return (
    <NumbersField
      label="Seeds"
      help="A seed fixes split, first weights, batch order and dropout; several, as in 1, 2, 3, show how much is chance."
      value={seeds}
      check={checkSeeds}
      onChange={(next) => write.specification({ seeds: next })}
    />
  );
}
