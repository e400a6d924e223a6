import { useRef } from 'react';
import { ChartFrame } from '../../../charts/chart-frame';
import { formatCount, formatNumber, formatPercent, formatTimes } from '../../../charts/format';
import { styleOf } from '../../../charts/palette';
import { useScheme } from '../../../charts/swatch';
import type { NumberLine, NumberLineSpecification } from '../../../protocol/number-line';
import { exampleNumbers } from '../../../store/learn';
import { useLabStore, write } from '../../../store/store';
import { NumbersField, RangeField, SelectField } from '../../../ui/inputs';
import { SegmentedControl } from '../../../ui/segmented-control';
import { Panel, StatTile } from '../../../ui/widgets';
import { useSession } from '../../session-context';
import { useAnswer } from '../../use-answer';
import { Answered } from '../answered';
import shared from '../piece.module.css';
import { Comparison } from './comparison';
import { levelChoices, placeOfLevels } from './levels';
import { LineDrawing } from './line-drawing';
import classes from './number-line.module.css';

interface Quantizer {
  id: string;
  label: string;
  help: string;
}

/** Numbers asked for by default: the paper's, and a hundredth of them, which is a table's size. */
const probesOf = { own: [75, 83, 87], table: [0.75, 0.83, 0.87] };
/** A list on a screen; the engine takes a thousand. */
const mostNumbers = 200;
const mostProbes = 20;
/** Beyond, the engine refuses. */
const largest = 1e15;

/** Many numbers on few levels. */
export default function NumberLinePiece() {
  const { lab } = useSession();
  const settings = useLabStore((state) => state.learn.numberLine);
  const opened = useLabStore((state) => state.lab.status === 'ready');
  const table = useLabStore((state) => state.data.report?.embeddings.source.id ?? null);
  const { values, levels, probes } = settings;
  const needed = values === 'table' ? table : 'own';
  const answer = useAnswer(opened && needed !== null ? JSON.stringify([needed, values, levels, probes]) : null, async () => {
    const quantizers = await lab.quantizers();
    const lines = await Promise.all(quantizers.map(({ id }) => lab.numberLine({ values, quantizer: id, levels, probes })));
    // The values go with the answer: a drawing is all of one question.
    return { quantizers, lines, values };
  });
  return (
    <Answered answer={answer} waiting="Putting the values in order …">
      {({ quantizers, lines, values }) => <Lines quantizers={quantizers} lines={lines} values={values} settings={settings} />}
    </Answered>
  );
}

interface LinesProps {
  quantizers: readonly Quantizer[];
  lines: readonly NumberLine[];
  values: NumberLineSpecification['values'];
  settings: NumberLineSpecification;
}

function Lines({ quantizers, lines, values, settings }: LinesProps) {
  const scheme = useScheme();
  const tableName = useLabStore((state) => state.data.report?.embeddings.source.name ?? 'the loaded table');
  const own = useRef(settings.values === 'table' ? [...exampleNumbers] : settings.values);
  if (settings.values !== 'table') own.current = settings.values;
  const entries = quantizers.map(({ id, label }, i) => {
    const method = methodOf(id);
    return { id, label, method, color: styleOf(method)[scheme], line: lines[i] };
  });
  const chosen = entries.find(({ id }) => id === settings.quantizer) ?? entries[0];
  const { line } = chosen;
  const set = (patch: Partial<NumberLineSpecification>) => write.learn('numberLine', patch);
  const ofTable = settings.values === 'table';
  const smaller = 32 / line.storedBits;

  return (
    <>
      <div className={shared.grid}>
        <div className={shared.stack}>
          <ChartFrame
            title={values === 'table' ? `The values of ${tableName}` : 'Numbers, and the few that are stored'}
            note={
              <>
                {formatCount(line.count)} {line.sampled ? 'values, an even sample,' : 'values'} above; the {line.levels.length} that are
                stored below, by {chosen.label.toLowerCase()}.
              </>
            }
            summary={line.probes.map(({ value, becomes }) => `${formatNumber(value)} becomes ${formatNumber(becomes)}`).join(', ')}
            table={() => ({
              columns: ['kind', 'value', 'becomes'],
              rows: [
                ...line.levels.map((level) => ['level', level, level]),
                ...line.probes.map(({ value, becomes }) => ['number', value, becomes]),
              ],
            })}
          >
            <LineDrawing line={line} numbers={values === 'table' ? null : values} color={chosen.color} />
            <Fates line={line} />
          </ChartFrame>
          <Panel
            title={`The same ${settings.levels} levels, chosen in three ways`}
            note="Error: the root of the mean squared difference. Relative: over the values' standard deviation."
          >
            <Comparison entries={entries} chosen={chosen.id} onChoose={(quantizer) => set({ quantizer })} />
          </Panel>
        </div>
        <div className={shared.side}>
          <Panel>
            <div className={shared.controls}>
              <SegmentedControl
                fullWidth
                aria-label="Which values"
                value={ofTable ? 'table' : 'own'}
                data={[
                  { value: 'own', label: 'Numbers of my own' },
                  { value: 'table', label: 'The loaded table' },
                ]}
                onChange={(which) =>
                  which === 'table' ? set({ values: 'table', probes: probesOf.table }) : set({ values: own.current, probes: probesOf.own })
                }
              />
              {settings.values !== 'table' && (
                <NumbersField
                  label="Numbers"
                  help="The numbers to be stored, with commas between them."
                  value={settings.values}
                  check={(numbers) => listProblem(numbers, mostNumbers)}
                  onChange={(numbers) => set({ values: numbers })}
                />
              )}
              <NumbersField
                label="Whose way is shown"
                help="Numbers to follow down to their level, with commas between them."
                value={settings.probes}
                check={(numbers) => listProblem(numbers, mostProbes)}
                onChange={(probes) => set({ probes })}
              />
              <SelectField
                label="Levels chosen"
                help={quantizers.find(({ id }) => id === chosen.id)?.help ?? ''}
                value={chosen.id}
                options={quantizers.map(({ id, label }) => ({ value: id, label }))}
                onChange={(quantizer) => set({ quantizer })}
              />
              <RangeField
                label="Levels"
                help="How many different values may be stored. A code of b bits tells 2 to the power of b of them apart."
                value={placeOfLevels(settings.levels)}
                minimum={0}
                maximum={levelChoices.length - 1}
                step={1}
                text={`${settings.levels} levels, ${bitsText(Math.log2(settings.levels))}`}
                onChange={(place) => set({ levels: levelChoices[place] })}
              />
            </div>
          </Panel>
          <Panel>
            <div className={classes.figures}>
              <StatTile
                label="Error"
                value={formatNumber(line.rootMeanSquareError)}
                note={`root mean square; ${formatPercent(line.relativeError)} of the standard deviation`}
              />
              <StatTile
                label="Size"
                value={formatPercent(line.storedBits / 32)}
                note={`of float32: ${formatNumber(line.storedBits)} bits a value packed into 32-bit words, ${formatTimes(smaller)} smaller`}
              />
            </div>
          </Panel>
        </div>
      </div>
      <div className={shared.prose}>
        <h2>What to see here</h2>
        <ul>
          <li>
            Of the first list, a codebook of four stores 75, 83 and 87 all as 80: a number is replaced by a short code that points at a
            reference value, and several numbers share one.
          </li>
          <li>
            Even levels from the smallest to the largest value spend most of their codes where hardly any values are. Least squares gives up
            the far ends; a codebook puts each level where it serves best.
          </li>
          <li>
            A code a value is the most that this can save: one bit is 1/32, a rate of 96.9 %. Low rank has no such floor, because it stores
            fewer numbers, not shorter ones.
          </li>
        </ul>
      </div>
    </>
  );
}

/** Where the numbers that were asked for went, in words that a class can read. */
function Fates({ line: { probes } }: { line: NumberLine }) {
  if (probes.length === 0) return null;
  return (
    <ul className={classes.fates} aria-label="Where the numbers go">
      {probes.map(({ value, becomes }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a number may be asked for twice
        <li key={i}>
          {signed(value)} → <b>{signed(becomes)}</b>
        </li>
      ))}
    </ul>
  );
}

function signed(value: number): string {
  return formatNumber(value).replace('-', '−');
}

function bitsText(bits: number): string {
  return `${Number(bits.toFixed(2))} ${bits === 1 ? 'bit' : 'bits'}`;
}

/** The experiment's method that chooses its levels this way, for its colour. */
function methodOf(quantizer: string): string {
  return quantizer === 'codebook' ? quantizer : `quantized-${quantizer}`;
}

function listProblem(numbers: readonly number[], most: number): string | null {
  if (numbers.length > most) return `At most ${most} numbers.`;
  return numbers.some((value) => Math.abs(value) > largest) ? 'Numbers up to a million billion.' : null;
}
