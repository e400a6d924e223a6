import { Check } from 'lucide-react';
import { memo, useState } from 'react';
import { formatBytes, formatCount, formatPercent, formatSetting, formatSmaller, formatTimes } from '../../charts/format';
import { MethodSwatch, useStyles } from '../../charts/swatch';
import { type MethodProgress, selectFloor, selectMethodLabel, selectMethodProgress } from '../../store/selectors';
import { type LabState, useLabStore, write } from '../../store/store';
import { SegmentedControl } from '../../ui/segmented-control';
import { Panel } from '../../ui/widgets';
import { useLive } from '../live';
import classes from './methods-table.module.css';

type Measure = 'kept' | 'times';

const MEASURES = [
  { value: 'kept', label: 'Share kept' },
  { value: 'times', label: 'Times smaller' },
] as const;

const selectRatesCount = (state: LabState) => (state.run.specification ?? state.specification)?.rates.length ?? 1;

/** What each method keeps of the embedding: outlined from the start, as planned; filled once the method has ended. */
export const MethodsTable = memo(function MethodsTable() {
  const methods = useLive(selectMethodProgress);
  const labelOf = useLabStore(selectMethodLabel);
  const severalRates = useLabStore(selectRatesCount) > 1;
  const floor = useLabStore(selectFloor);
  const [measure, setMeasure] = useState<Measure>('kept');
  const longest = measure === 'kept' ? 1 : Math.max(1, ...methods.map((entry) => timesSmaller(entry) ?? 1));
  return (
    <Panel
      title="Methods, side by side"
      note="Size of the embedding against the full table in 32-bit floats. Outlined: planned. Filled: measured."
      aside={
        <SegmentedControl aria-label="Bars show" data={[...MEASURES]} value={measure} onChange={(value) => setMeasure(value as Measure)} />
      }
    >
      <div className={classes.scroll}>
        <table className={classes.table} aria-label="Methods">
          <thead>
            <tr>
              <th scope="col">Method</th>
              <th scope="col" className={classes.right}>
                Validation
                <span className={classes.unit}>accuracy</span>
              </th>
              <th scope="col" className={`${classes.right} ${classes.wide}`}>
                Macro-F1
              </th>
              <th scope="col">{measure === 'kept' ? 'Share of the embedding kept' : 'Times smaller'}</th>
              <th scope="col" className={classes.wide}>
                Embedding
              </th>
              <th scope="col" className={classes.wide}>
                Whole network
              </th>
            </tr>
          </thead>
          <tbody>
            {methods.map((entry) => (
              <Row
                key={entry.key}
                entry={entry}
                label={labelOf(entry.planned.method)}
                measure={measure}
                longest={longest}
                withRate={severalRates}
              />
            ))}
          </tbody>
        </table>
      </div>
      {floor !== null && methods.length > 0 && (
        <p className={classes.floor}>
          Always saying the most frequent class scores {formatPercent(floor)} accuracy: the floor. Macro-F1 is the mean over the classes,
          each counted alike, so that a rare one counts as much as a frequent one.
        </p>
      )}
      {methods.length === 0 && <p className={classes.pending}>Waiting for the data…</p>}
    </Panel>
  );
});

interface RowProps {
  entry: MethodProgress;
  label: string;
  measure: Measure;
  longest: number;
  withRate: boolean;
}

const Row = memo(function Row({ entry, label, measure, longest, withRate }: RowProps) {
  const { planned, status } = entry;
  const kept = entry.rate === null ? null : 1 - entry.rate;
  const times = timesSmaller(entry);
  const length = kept === null || times === null ? 0 : measure === 'kept' ? kept : times / longest;
  const { color } = useStyles()(planned.method);
  const setting = formatSetting([entry.setting]);
  return (
    <tr
      data-status={status}
      onPointerEnter={() => write.view({ highlighted: planned.method })}
      onPointerLeave={() => write.view({ highlighted: null })}
    >
      <th scope="row">
        <span className={classes.method}>
          <MethodSwatch method={planned.method} />
          <span>
            {label}
            <span className={classes.detail}>
              {withRate && planned.requestedRate !== null && `at ${formatPercent(planned.requestedRate, 0)}`}
              {withRate && planned.requestedRate !== null && setting && ', '}
              {setting}
            </span>
          </span>
        </span>
      </th>
      <td className={classes.right}>
        {entry.validationAccuracy === null ? <span className={classes.none}>–</span> : <b>{formatPercent(entry.validationAccuracy)}</b>}
        {entry.validationMacroF1 !== null && (
          <span className={`${classes.detail} ${classes.narrow}`}>F1 {formatPercent(entry.validationMacroF1)}</span>
        )}
        <span className={classes.detail}>{statusWords(entry)}</span>
      </td>
      <td className={`${classes.right} ${classes.wide}`}>
        {entry.validationMacroF1 === null ? <span className={classes.none}>–</span> : formatPercent(entry.validationMacroF1)}
      </td>
      <td className={classes.barCell}>
        {(planned.unreachable ?? entry.failure) ? (
          <span className={classes.detail}>{planned.unreachable ?? entry.failure}</span>
        ) : (
          kept !== null &&
          times !== null && (
            <>
              <span className={classes.bar} aria-hidden="true">
                <span
                  data-status={status}
                  style={{
                    // Reference values of many levels may outweigh a small table: the words say so.
                    width: `${Math.max(0.4, Math.min(100, 100 * length))}%`,
                    borderColor: color,
                    background: status === 'done' ? color : undefined,
                  }}
                />
              </span>
              <span className={classes.barWords}>
                <b>{measure === 'kept' ? formatPercent(kept) : formatTimes(times)}</b>
                <span className={classes.detail}>
                  {measure === 'kept' ? (planned.method === 'full' ? 'all of it' : formatSmaller(times)) : `${formatPercent(kept)} kept`}
                  <span className={classes.narrow}>{entry.embeddingBytes !== null && `, ${formatBytes(entry.embeddingBytes)}`}</span>
                </span>
              </span>
            </>
          )
        )}
      </td>
      <td className={classes.wide}>
        <Size bytes={entry.embeddingBytes} parameters={planned.size?.embeddingParameters} />
      </td>
      <td className={classes.wide}>
        <Size bytes={entry.networkBytes} parameters={planned.size?.networkParameters} />
      </td>
    </tr>
  );
});

function Size({ bytes, parameters }: { bytes: number | null; parameters: number | undefined }) {
  if (bytes === null || parameters === undefined) return <span className={classes.none}>–</span>;
  return (
    <>
      {formatBytes(bytes)}
      <span className={classes.detail}>{formatCount(parameters)} parameters</span>
    </>
  );
}

function timesSmaller({ rate }: MethodProgress): number | null {
  return rate === null ? null : 1 / Math.max(1e-9, 1 - rate);
}

function statusWords({ status, trialsBegun, trialsPlanned, planned }: MethodProgress) {
  if (planned.unreachable) return 'out of reach';
  if (status === 'done')
    return (
      <>
        <Check size={12} strokeWidth={2.5} aria-hidden="true" /> done
      </>
    );
  if (status === 'failed') return 'no result';
  if (status === 'running') return trialsPlanned > 0 ? `trial ${Math.max(1, trialsBegun)} of ${trialsPlanned}` : 'in work';
  return 'waiting';
}
