import { type ReactNode, useMemo, useState } from 'react';
import { formatBytes, formatPercent, formatRate, formatSeconds, formatSetting, signless } from '../../charts/format';
import { MethodSwatch } from '../../charts/swatch';
import type { Estimate, Setting, SweepAnalysis, SweepPoint } from '../../protocol/analysis';
import type { SweepCell, SweepGroup, SweepResults, SweepSpecification } from '../../protocol/sweep';
import { type LabState, useLabStore } from '../../store/store';
import { cellId } from '../../store/sweep/cells';
import { type Names, pointDifferences } from '../../store/sweep/differences';
import { groupsOf } from '../../store/sweep/groups';
import { selectAnalysis } from '../../store/sweep/selectors';
import { type DataColumn, DataTable } from '../../ui/data-table';
import cells from '../../ui/data-table.module.css';
import { Field } from '../../ui/field';
import field from '../../ui/field.module.css';
import { SelectField } from '../../ui/inputs';
import { SegmentedControl } from '../../ui/segmented-control';
import { useLive } from '../live';
import { DifferencesTable } from './differences-table';
import { pointWords, rateWords, useNames } from './names';
import { ratesOf } from './series';
import classes from './sweep-room.module.css';

const dash = <span className={cells.none}>–</span>;

/** What a row of either table is of. */
interface Of {
  setting: Setting;
  method: string;
  requestedRate: number | null;
}

interface PointRow extends Of {
  point: SweepPoint;
}

interface CellRow extends Of {
  id: string;
  cell: SweepCell;
  seed: number;
}

function share(estimate: Estimate | null, show: (value: number) => string): ReactNode {
  if (!estimate) return dash;
  return (
    <>
      <b>{show(estimate.mean)}</b>
      {estimate.interval && (
        <span className={cells.spread}>
          {' '}
          {show(estimate.interval[0])} to {show(estimate.interval[1])}
        </span>
      )}
    </>
  );
}

const percent = (value: number) => (100 * value).toFixed(1);
const points = (value: number) => signless(100 * value);

/** What says the same in every row is not shown before it is asked for. */
function ofColumns<R extends Of>(names: Names, { tasks, models, schedules }: SweepSpecification): DataColumn<R>[] {
  return [
    {
      id: 'method',
      name: 'Method',
      numeric: false,
      heads: true,
      sort: ({ method }) => names.method(method),
      show: ({ method }) => (
        <span className={cells.method}>
          <MethodSwatch method={method} />
          {names.method(method)}
        </span>
      ),
    },
    {
      id: 'rate',
      name: 'Rate',
      unit: 'asked for',
      numeric: true,
      sort: ({ requestedRate }) => requestedRate ?? 0,
      show: ({ requestedRate }) => (requestedRate === null ? dash : rateWords(requestedRate)),
    },
    {
      id: 'task',
      name: 'Task',
      numeric: false,
      hidden: tasks.length < 2,
      sort: ({ setting }) => names.task(setting.task.task),
      show: ({ setting }) => names.task(setting.task.task),
    },
    {
      id: 'network',
      name: 'Network',
      numeric: false,
      hidden: models.length < 2,
      sort: ({ setting }) => names.model(setting.model),
      show: ({ setting }) => names.model(setting.model),
    },
    {
      id: 'schedule',
      name: 'Schedule',
      numeric: false,
      hidden: schedules.length < 2,
      sort: ({ setting }) => names.schedule(setting.schedule),
      show: ({ setting }) => names.schedule(setting.schedule),
    },
  ];
}

function pointColumns(names: Names, specification: SweepSpecification): DataColumn<PointRow>[] {
  return [
    ...ofColumns<PointRow>(names, specification),
    {
      id: 'accuracy',
      name: 'Test accuracy',
      unit: '%, 95 % interval',
      numeric: true,
      sort: ({ point }) => point.accuracy.mean,
      show: ({ point }) => share(point.accuracy, percent),
    },
    {
      id: 'drop',
      name: 'Drop',
      unit: 'points, 95 % interval',
      numeric: true,
      sort: ({ point }) => point.drop?.mean ?? null,
      show: ({ point }) => share(point.drop, points),
    },
    {
      id: 'before',
      name: 'Before retraining',
      unit: '%',
      numeric: true,
      hidden: true,
      sort: ({ point }) => point.beforeRetraining?.mean ?? null,
      show: ({ point }) => share(point.beforeRetraining, percent),
    },
    {
      id: 'macroF1',
      name: 'Macro-F1',
      unit: '%',
      numeric: true,
      hidden: true,
      sort: ({ point }) => point.macroF1.mean,
      show: ({ point }) => share(point.macroF1, percent),
    },
    {
      id: 'bytes',
      name: 'Embedding',
      numeric: true,
      sort: ({ point }) => point.bytes,
      show: ({ point }) => formatBytes(point.bytes),
    },
    {
      id: 'networkBytes',
      name: 'Network',
      unit: 'bytes',
      numeric: true,
      hidden: true,
      sort: ({ point }) => point.networkBytes,
      show: ({ point }) => formatBytes(point.networkBytes),
    },
    {
      id: 'reached',
      name: 'Reached',
      unit: 'rate',
      numeric: true,
      sort: ({ point }) => point.rate,
      show: ({ point }) => formatPercent(point.rate),
    },
    {
      id: 'front',
      name: 'Front',
      numeric: false,
      sort: ({ point }) => (point.onFront ? 'a' : 'b'),
      show: ({ point }) => (point.onFront ? 'on it' : dash),
    },
    { id: 'seeds', name: 'Seeds', numeric: true, sort: ({ point }) => point.accuracy.seeds, show: ({ point }) => point.accuracy.seeds },
  ];
}

function cellColumns(names: Names, { adapters, specification }: SweepResults): DataColumn<CellRow>[] {
  const number = (
    id: string,
    name: string,
    unit: string | undefined,
    value: (cell: SweepCell) => number | null,
    show: (value: number) => ReactNode,
    hidden = false,
  ): DataColumn<CellRow> => ({
    ...{ id, name, unit, numeric: true, hidden },
    sort: ({ cell }) => value(cell),
    show: ({ cell }) => {
      const found = value(cell);
      return found === null ? dash : show(found);
    },
  });
  return [
    ...ofColumns<CellRow>(names, specification),
    { id: 'seed', name: 'Seed', numeric: true, sort: ({ seed }) => seed, show: ({ seed }) => seed },
    number('accuracy', 'Test accuracy', '%', ({ row }) => row.testAccuracy, percent),
    number('macroF1', 'Macro-F1', '%', ({ row }) => row.macroF1, percent, true),
    number('validation', 'Validation', '%', ({ row }) => row.validationAccuracy, percent),
    number('before', 'Before retraining', '%', ({ row }) => row.beforeRetrainingAccuracy, percent, true),
    number('bytes', 'Embedding', undefined, ({ row }) => row.bytes, formatBytes),
    number(
      'reached',
      'Reached',
      'rate',
      ({ row }) => row.rate,
      (value) => formatPercent(value),
    ),
    {
      id: 'setting',
      name: 'Setting',
      numeric: true,
      sort: ({ cell: { row } }) => row.rank ?? row.groups ?? row.levels,
      show: ({ cell: { row } }) => formatSetting([row]) || dash,
    },
    number('learningRate', 'Learning rate', undefined, ({ row }) => row.learningRate, formatRate),
    number('steps', 'Steps', undefined, ({ row }) => row.steps, String, true),
    number('seconds', 'Time', undefined, ({ row }) => row.seconds, formatSeconds),
    {
      id: 'adapter',
      name: 'Measured on',
      numeric: false,
      hidden: true,
      sort: ({ cell }) => adapters[cell.adapter]?.name ?? null,
      show: ({ cell }) => adapters[cell.adapter]?.name ?? dash,
    },
  ];
}

type Kind = 'points' | 'cells';

const selectResults = ({ sweep }: LabState) => sweep.run.results;

/** All points (over the seeds), or all cells (a seed each): sorted, filtered, hidden; two points set against each other. */
export function SweepTables() {
  const analysis = useLive(selectAnalysis);
  const results = useLive(selectResults);
  return analysis && results ? <Tables analysis={analysis} results={results} /> : null;
}

function Tables({ analysis, results }: { analysis: SweepAnalysis; results: SweepResults }) {
  const [kind, setKind] = useState<Kind>('points');
  const [text, setText] = useState('');
  const [rate, setRate] = useState('all');
  const [model, setModel] = useState('all');
  const [selected, setSelected] = useState<readonly string[]>([]);
  const hidden = useLabStore((state) => state.sweep.view.hiddenMethods);
  const names = useNames();
  const rates = useMemo(() => ratesOf(analysis.points), [analysis]);
  const pointRows = useMemo(() => analysis.points.map((point) => rowOf(point, analysis)), [analysis]);
  const cellRows = useMemo(() => rowsOf(results), [results]);
  const ofPoints = useMemo(() => pointColumns(names, results.specification), [names, results.specification]);
  const ofCells = useMemo(() => cellColumns(names, results), [names, results]);
  const isWanted = (row: Of) =>
    !hidden.includes(row.method) &&
    (rate === 'all' || String(row.requestedRate) === rate) &&
    (model === 'all' || row.setting.model === model) &&
    matches(row, text, names);
  const pair = selected.flatMap((key) => analysis.points.filter((point) => point.key === key));
  const tools = (
    <>
      <SegmentedControl
        aria-label="Rows of the table"
        data={[
          { value: 'points', label: 'Means' },
          { value: 'cells', label: 'Cells' },
        ]}
        value={kind}
        onChange={(value) => setKind(value as Kind)}
      />
      <div className={classes.search}>
        <Field label="Find" help="Rows whose method, task, network, schedule or rate holds these words.">
          {({ id, describedBy }) => (
            <input
              id={id}
              className={field.input}
              type="search"
              autoComplete="off"
              value={text}
              aria-describedby={describedBy}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <div className={classes.pick}>
        <SelectField
          label="Rate"
          help="Only rows that were asked for this rate."
          value={rate}
          options={[{ value: 'all', label: 'All rates' }, ...rates.map((value) => ({ value: String(value), label: rateWords(value) }))]}
          onChange={setRate}
        />
      </div>
      {results.specification.models.length > 1 && (
        <div className={classes.pick}>
          <SelectField
            label="Network"
            help="Only rows of this network."
            value={model}
            options={[
              { value: 'all', label: 'All networks' },
              ...results.specification.models.map((id) => ({ value: id, label: names.model(id) })),
            ]}
            onChange={setModel}
          />
        </div>
      )}
    </>
  );
  return (
    <section className={classes.tables} aria-label="Tables">
      {kind === 'points' ? (
        <DataTable
          label="Means over the seeds"
          columns={ofPoints}
          rows={pointRows.filter(isWanted)}
          keyOf={({ point }) => point.key}
          tools={tools}
          empty="No row fits what is chosen here and above."
          selection={{
            keys: selected,
            nameOf: ({ point }) => `Set against another: ${pointWords(point, names)}`,
            toggle: (key) => setSelected(selected.includes(key) ? selected.filter((one) => one !== key) : [...selected, key].slice(-2)),
          }}
          caption="Means over the seeds, with 95 % intervals. Drop: points lost against the full table of the same seed; a minus is a gain. Tick two rows to see what differs between them."
        />
      ) : (
        <DataTable
          label="Cells"
          columns={ofCells}
          rows={cellRows.filter(isWanted)}
          keyOf={({ id }) => id}
          tools={tools}
          empty="No row fits what is chosen here and above."
          caption="A method at a rate with one seed each. The learning rate was chosen on validation; the test split was read once."
        />
      )}
      {kind === 'points' && pair.length === 2 && (
        <div className={classes.pair}>
          <DifferencesTable
            names={[pointWords(pair[0], names), pointWords(pair[1], names)]}
            differences={pointDifferences([pair[0], pair[1]], analysis.settings, results.specification, names)}
          />
        </div>
      )}
    </section>
  );
}

function rowOf(point: SweepPoint, { settings }: SweepAnalysis): PointRow {
  return { point, setting: settings[point.setting], method: point.method, requestedRate: point.requestedRate };
}

function rowsOf(results: SweepResults): CellRow[] {
  const groups: ReadonlyMap<string, SweepGroup> = groupsOf(results.specification);
  return results.cells.flatMap((cell): CellRow[] => {
    const group = groups.get(cell.group);
    if (!group) return [];
    return [{ id: cellId(cell), cell, setting: group, seed: group.seed, method: cell.row.method, requestedRate: cell.row.requestedRate }];
  });
}

function matches({ setting, method, requestedRate }: Of, text: string, names: Names): boolean {
  const said = [
    ...[names.method(method), method, names.task(setting.task.task), names.model(setting.model), setting.model],
    ...[names.schedule(setting.schedule), setting.schedule.id, rateWords(requestedRate)],
  ]
    .join(' ')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}
