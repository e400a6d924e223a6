import { memo } from 'react';
import { formatPercent } from '../../charts/format';
import { MethodSwatch } from '../../charts/swatch';
import { isActive } from '../../store/run';
import { type MethodProgress, selectMethodLabel, selectMethodProgress, selectShowsRun } from '../../store/selectors';
import { type LabState, useLabStore } from '../../store/store';
import { Panel } from '../../ui/widgets';
import { useLive } from '../live';
import classes from './before-after.module.css';

const percent = (value: number | null | undefined) => (value === null || value === undefined ? '–' : formatPercent(value));

/** Why there is nothing to show, or not yet. */
function selectReason(state: LabState): string {
  const showsRun = selectShowsRun(state);
  const { status } = state.run;
  const plan = showsRun ? state.run.plan : state.plan;
  if (plan?.retrainingEpochs === 0) {
    return 'With one or two epochs there is nothing to hold against each other: training the table takes them all, and none is left to retrain its factors. Take three or more.';
  }
  if (!showsRun) return 'Known as soon as a table has been factorized. Run the experiment.';
  if (isActive(status)) return 'Known as soon as a table has been factorized.';
  return status === 'complete'
    ? 'No method that is shown factorized a trained table and trained the factors on.'
    : 'The run ended before a table had been factorized.';
}

/** The dramatic figure: what the factorization takes, and what joint retraining gives back. */
export const BeforeAfter = memo(function BeforeAfter() {
  const methods = useLive(selectMethodProgress);
  const labelOf = useLabStore(selectMethodLabel);
  const full = methods.find((entry) => entry.planned.method === 'full');
  const reason = useLive(selectReason);
  const factorized = methods.filter((entry) => entry.before !== null);
  return (
    <Panel
      title="Before and after retraining"
      note="Accuracy on validation, with macro-F1 beneath: the table in full, cut down by the SVD, and trained on as two factors."
    >
      {factorized.length === 0 ? (
        <p className={classes.empty}>{reason}</p>
      ) : (
        factorized.map((entry) => <Steps key={entry.key} entry={entry} full={full} label={labelOf(entry.planned.method)} />)
      )}
    </Panel>
  );
});

function Steps({ entry, full, label }: { entry: MethodProgress; full: MethodProgress | undefined; label: string }) {
  const { before, validationAccuracy: after, planned } = entry;
  return (
    <div className={classes.steps}>
      <p className={classes.method}>
        <MethodSwatch method={planned.method} />
        {label}
        {planned.rank !== null && <span>, rank {planned.rank}</span>}
      </p>
      <dl className={classes.figures}>
        <div>
          <dt>in full</dt>
          <dd>{percent(full?.validationAccuracy)}</dd>
          <MacroF1 value={full?.validationMacroF1} />
        </div>
        <div data-strong>
          <dt>right after the SVD</dt>
          <dd>{percent(before)}</dd>
          <MacroF1 value={entry.beforeMacroF1} />
        </div>
        <div>
          <dt>after retraining</dt>
          <dd>{percent(after)}</dd>
          <MacroF1 value={entry.validationMacroF1} />
        </div>
      </dl>
      <p className={classes.sentence}>
        right after the SVD: {percent(before)}
        {after !== null && `, after retraining ${percent(after)}`}
      </p>
    </div>
  );
}

function MacroF1({ value }: { value: number | null | undefined }) {
  return <dd className={classes.macroF1}>F1 {percent(value)}</dd>;
}
