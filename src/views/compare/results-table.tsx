import { type ReactNode, useMemo } from 'react';
import { formatBytes, formatPercent, formatRate, formatSetting, formatTimes, signless } from '../../charts/format';
import { MethodSwatch } from '../../charts/swatch';
import { selectMethodLabel } from '../../store/selectors';
import type { MeanSpread, ResultGroup } from '../../store/statistics';
import { useLabStore } from '../../store/store';
import { type DataColumn, DataTable } from '../../ui/data-table';
import classes from '../../ui/data-table.module.css';

const dash = <span className={classes.none}>–</span>;

function share(value: MeanSpread | null): ReactNode {
  if (!value) return dash;
  return (
    <>
      {(100 * value.mean).toFixed(1)}
      {value.spread !== null && <span className={classes.spread}> ± {(100 * value.spread).toFixed(1)}</span>}
    </>
  );
}

/** An accuracy, and small beneath it the macro-F1 of the same predictions. */
function withMacroF1(accuracy: MeanSpread | null, macroF1: MeanSpread | null): ReactNode {
  if (!macroF1) return share(accuracy);
  return (
    <>
      {share(accuracy)} <span className={classes.macroF1}>F1 {share(macroF1)}</span>
    </>
  );
}

function columnsFor(labelOf: (method: string) => string): DataColumn<ResultGroup>[] {
  return [
    {
      id: 'method',
      name: 'Method',
      numeric: false,
      heads: true,
      sort: (group) => labelOf(group.method),
      show: (group) => (
        <span className={classes.method}>
          <MethodSwatch method={group.method} />
          {labelOf(group.method)}
        </span>
      ),
    },
    {
      id: 'test',
      name: 'Test accuracy',
      unit: '%',
      numeric: true,
      sort: (group) => group.test.mean,
      show: (group) => <b>{share(group.test)}</b>,
    },
    {
      id: 'macroF1',
      name: 'Macro-F1',
      unit: '%',
      numeric: true,
      sort: (group) => group.macroF1.mean,
      show: (group) => share(group.macroF1),
    },
    {
      id: 'drop',
      name: 'Drop',
      unit: 'points',
      numeric: true,
      sort: (group) => group.drop?.mean ?? null,
      show: (group) =>
        group.drop ? (
          <>
            {signless(100 * group.drop.mean)}
            {group.drop.spread !== null && <span className={classes.spread}> ± {(100 * group.drop.spread).toFixed(1)}</span>}
          </>
        ) : (
          dash
        ),
    },
    {
      id: 'before',
      name: 'Before retraining',
      unit: '%',
      numeric: true,
      sort: (group) => group.before?.mean ?? null,
      show: (group) => withMacroF1(group.before, group.beforeMacroF1),
    },
    {
      id: 'times',
      name: 'Smaller',
      unit: 'times',
      numeric: true,
      sort: (group) => group.timesSmaller,
      show: (group) => formatTimes(group.timesSmaller),
    },
    { id: 'bytes', name: 'Embedding', numeric: true, sort: (group) => group.bytes, show: (group) => formatBytes(group.bytes) },
    {
      id: 'networkBytes',
      name: 'Network',
      numeric: true,
      sort: (group) => group.networkBytes,
      show: (group) => formatBytes(group.networkBytes),
    },
    {
      id: 'rate',
      name: 'Rate',
      unit: 'asked, reached',
      numeric: true,
      sort: (group) => group.rate,
      show: (group) => (group.requestedRate === null ? dash : `${formatPercent(group.requestedRate)}, ${formatPercent(group.rate)}`),
    },
    {
      id: 'setting',
      name: 'Setting',
      numeric: true,
      sort: ({ rows: [{ rank, groups, levels }] }) => rank ?? groups ?? levels,
      show: ({ rows }) => formatSetting(rows) || dash,
    },
    {
      id: 'validation',
      name: 'Validation',
      unit: '%',
      numeric: true,
      sort: (group) => group.validation.mean,
      show: (group) => withMacroF1(group.validation, group.validationMacroF1),
    },
    {
      id: 'learningRate',
      name: 'Learning rate',
      numeric: true,
      sort: (group) => group.learningRates[0] ?? null,
      show: (group) => (group.learningRates.length > 0 ? group.learningRates.map(formatRate).join(', ') : dash),
    },
    { id: 'seed', name: 'Seed', numeric: true, sort: (group) => group.seeds[0], show: (group) => group.seeds.join(', ') },
  ];
}

/** One line a method and rate; with several seeds the mean and the standard deviation over them. */
export function ResultsTable({ groups, withSpread }: { groups: readonly ResultGroup[]; withSpread: boolean }) {
  const labelOf = useLabStore(selectMethodLabel);
  const columns = useMemo(() => columnsFor(labelOf), [labelOf]);
  return (
    <DataTable
      label="Results"
      columns={columns}
      rows={groups}
      keyOf={keyOf}
      testIdOf={testIdOf}
      caption={
        <>
          Drop: points of test accuracy lost against the full table of the same seed; a minus is a gain.
          {withSpread && ' ±: standard deviation over the seeds.'} Before retraining: right after the factorization, on the test split. F1:
          macro-F1, the mean over the classes, each counted alike.
        </>
      }
    />
  );
}

const keyOf = ({ key }: ResultGroup) => key;
const testIdOf = ({ key }: ResultGroup) => `result-${key}`;
