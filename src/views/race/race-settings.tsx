import { formatPercent } from '../../charts/format';
import type { RaceSpecification } from '../../protocol/race';
import { laneAt, rateOf } from '../../store/race/race';
import { sensiblePeak } from '../../store/race/specification';
import { isActive } from '../../store/run';
import { useLabStore, write } from '../../store/store';
import { NumberField, NumbersField, RangeField, SelectField } from '../../ui/inputs';
import { checkSeeds } from '../room/seeds';
import { Fields, Fold, Hint, Pairs } from '../room/settings';
import classes from './race-room.module.css';

/** What all lanes have in common: what is trained on what, how long, with which seeds. */
export function RaceSettings() {
  const specification = useLabStore((state) => state.race.specification);
  const active = useLabStore((state) => isActive(state.race.run.status));
  if (!specification) return null;
  return (
    <Fold title="What all lanes share" className={classes.settings}>
      <Fields name="What all lanes share" disabled={active}>
        <SharedFields specification={specification} />
      </Fields>
      {active && <Hint>Set for this race; free again at its end.</Hint>}
    </Fold>
  );
}

function SharedFields({ specification }: { specification: RaceSpecification }) {
  const catalogue = useLabStore((state) => state.lab.catalogue);
  const tasks = useLabStore((state) => state.data.report?.dataset.tasks) ?? [];
  const optimizers = catalogue?.optimizers ?? [];
  const { epochs, seeds, optimizer, batchSize, rate, task } = specification;
  return (
    <>
      <Pairs>
        <NumberField
          label="Epochs"
          help="How often each lane sees every training sentence: the length of the race."
          integer
          value={epochs}
          minimum={1}
          maximum={200}
          step={1}
          onChange={(value) => write.raceSpecification({ epochs: value })}
        />
        <NumbersField
          label="Seeds"
          help="The first is raced in sight, the others after it: the spread over them says how much of a lead is chance."
          value={seeds}
          check={checkSeeds}
          onChange={(value) => write.raceSpecification({ seeds: value })}
        />
        <SelectField
          label="Optimizer"
          help={optimizers.find(({ id }) => id === optimizer)?.help ?? 'How a gradient becomes a step.'}
          value={optimizer}
          options={optimizers.map(({ id, label }) => ({ value: id, label }))}
          // A peak belongs to its optimizer: SGD's would break Adam.
          onChange={(next) => {
            const peak = catalogue ? sensiblePeak(catalogue, next) : rateOf(specification.lanes[0]).peak;
            write.raceSpecification({
              optimizer: next,
              lanes: specification.lanes.map((lane) => laneAt(lane.id, { ...rateOf(lane), peak })),
            });
          }}
        />
        <NumberField
          label="Batch size"
          help="How many sentences a training step looks at; all lanes look at the same ones."
          integer
          value={batchSize}
          minimum={1}
          maximum={1024}
          step={1}
          onChange={(value) => write.raceSpecification({ batchSize: value })}
        />
      </Pairs>
      {tasks.length > 1 && (
        <SelectField
          label="Task"
          help="Which label of the sentences the lanes learn to tell."
          value={task}
          options={tasks.map(({ id, label }) => ({ value: id, label }))}
          onChange={(value) => write.raceSpecification({ task: value })}
        />
      )}
      <RangeField
        label="Compression rate"
        help="The share of the embedding’s bytes that the two factors do without; every lane trains the same two."
        text={formatPercent(rate)}
        value={rate}
        minimum={0.05}
        maximum={0.99}
        step={0.005}
        onChange={(value) => write.raceSpecification({ rate: Number(value.toFixed(4)) })}
      />
    </>
  );
}
