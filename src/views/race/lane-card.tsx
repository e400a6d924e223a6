import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { ArrowRight, ChevronRight, GitFork, X } from 'lucide-react';
import { memo, useState } from 'react';
import { useLocation } from 'wouter';
import { formatRate } from '../../charts/format';
import { LineSwatch } from '../../charts/swatch';
import type { Catalogue } from '../../protocol/catalogue';
import type { LaneRate } from '../../protocol/race';
import { useLabStore, write } from '../../store/store';
import { NumberField, RangeField, SelectField } from '../../ui/inputs';
import { useSession } from '../session-context';
import classes from './lane-card.module.css';
import { LanePreview } from './lane-preview';
import { letterOf, useLaneStyle } from './lane-style';
import { PEAK_PLACES, peakAt, placeOfPeak } from './rates';

export interface LaneCardProps {
  id: string;
  rate: LaneRate;
  catalogue: Catalogue;
  previewSteps: readonly number[] | null;
  previewRates: readonly number[] | null;
  /** May it be forked now? Only a lane that trains can. */
  canFork: boolean;
  /** Null where it can; else why not. */
  keeps: string | null;
  /** Steps at which the specification itself changes the lane's controls, with commas between them. */
  laterSteps: string;
  brokenAt: number | null;
}

/** One lane: its schedule, the schedule's shape, its peak; and what else can be done with it. */
export const LaneCard = memo(function LaneCard(props: LaneCardProps) {
  const { id, rate, catalogue, previewSteps, previewRates, canFork, keeps, laterSteps, brokenAt } = props;
  const session = useSession();
  const { schedule, peak } = rate;
  const { color, dash } = useLaneStyle()(id, schedule.id);
  const description = catalogue.schedules.find((candidate) => candidate.id === schedule.id);
  const letter = letterOf(id);
  const [shapeOpen, setShapeOpen] = useState(false);
  return (
    <fieldset className={classes.card}>
      <legend className={classes.legend}>Lane {letter}</legend>
      <div className={classes.head}>
        <span className={classes.name} aria-hidden="true">
          <LineSwatch color={color} dash={dash} width={26} />
          <b style={{ color }}>{letter}</b>
        </span>
        <div className={classes.schedule}>
          <SelectField
            label="Schedule"
            labelHidden
            help={description?.help ?? 'How the learning rate moves from the first step to the last.'}
            value={schedule.id}
            options={catalogue.schedules.map(({ id: value, label }) => ({ value, label }))}
            onChange={(next) => session.setLane(id, { schedule: { id: next, parameters: {} }, peak })}
          />
        </div>
      </div>
      {previewSteps && previewRates ? (
        <LanePreview steps={previewSteps} learningRates={previewRates} color={color} dash={dash} peak={peak} />
      ) : (
        <div className={classes.preview} />
      )}
      {laterSteps !== '' && <p className={classes.hint}>As it was raced: changes at step {laterSteps}.</p>}
      {brokenAt !== null && <p className={classes.broken}>Broke at step {brokenAt}: its loss was no longer finite.</p>}
      <RangeField
        label="Peak rate"
        help="The highest learning rate that this lane reaches, on a logarithmic scale up to where training breaks; while it runs, from the next step on."
        text={formatRate(peak)}
        value={placeOfPeak(peak)}
        minimum={0}
        maximum={PEAK_PLACES}
        step={1}
        onChange={(place) => session.setLane(id, { schedule, peak: peakAt(place) })}
      />
      <div className={classes.foot}>
        {description && description.parameters.length > 0 && (
          <details className={classes.shape} onToggle={(event) => setShapeOpen(event.currentTarget.open)}>
            <summary>
              <ChevronRight size={14} aria-hidden="true" />
              Shape
            </summary>
            <div className={classes.pairs}>
              {/* Six lanes' worth of fields that nobody sees would be drawn at each change of the race. */}
              {(shapeOpen ? description.parameters : []).map((parameter) => (
                <NumberField
                  key={`${schedule.id}-${parameter.name}`}
                  {...parameter}
                  value={schedule.parameters[parameter.name] ?? parameter.default}
                  onChange={(value) =>
                    session.setLane(id, {
                      schedule: { ...schedule, parameters: { ...schedule.parameters, [parameter.name]: value } },
                      peak,
                    })
                  }
                />
              ))}
            </div>
          </details>
        )}
        <div className={classes.actions}>
          <Tooltip
            label={
              canFork
                ? 'A new lane goes on from this one’s weights as they are now; change it, and see what comes of it.'
                : 'A lane is forked while the race runs or is paused, up to six lanes.'
            }
          >
            <Button
              className={classes.action}
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<GitFork size={13} />}
              data-off={!canFork || undefined}
              aria-disabled={!canFork}
              aria-label={`Fork lane ${letter}`}
              onClick={() => canFork && void session.forkLane(id)}
            >
              Fork
            </Button>
          </Tooltip>
          <ToExperiment id={id} rate={rate} catalogue={catalogue} />
          <Tooltip label={keeps ?? 'Take this lane out of the race.'}>
            <ActionIcon
              size={24}
              aria-label={`Remove lane ${letter}`}
              data-off={keeps !== null || undefined}
              aria-disabled={keeps !== null}
              onClick={() => keeps === null && session.removeLane(id)}
            >
              <X size={14} />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
    </fieldset>
  );
});

/** Over to the full experiment, by this lane's schedule at this lane's peak. */
function ToExperiment({ id, rate, catalogue }: Pick<LaneCardProps, 'id' | 'rate' | 'catalogue'>) {
  const [, navigate] = useLocation();
  const ready = useLabStore((state) => state.specification !== null);
  return (
    <Tooltip label="Set the experiment to this schedule, with this peak as the rate of every trained method, and go there.">
      <Button
        className={classes.action}
        size="compact-xs"
        variant="subtle"
        color="gray"
        rightSection={<ArrowRight size={13} />}
        disabled={!ready}
        aria-label={`Full experiment with lane ${letterOf(id)}`}
        onClick={() => {
          const trained = catalogue.methods.filter((method) => method.trained);
          write.specification({
            schedule: rate.schedule,
            learningRates: Object.fromEntries(trained.map((method) => [method.id, [rate.peak]])),
          });
          navigate('/train');
        }}
      >
        Experiment
      </Button>
    </Tooltip>
  );
}
