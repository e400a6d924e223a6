import { Tooltip } from '@mantine/core';
import { useMemo, useState } from 'react';
import { formatNumber, signless } from '../../charts/format';
import type { Comparison, SweepAnalysis } from '../../protocol/analysis';
import { useLabStore } from '../../store/store';
import { selectAnalysis, selectSetting } from '../../store/sweep/selectors';
import { SelectField } from '../../ui/inputs';
import { Panel } from '../../ui/widgets';
import { useLive } from '../live';
import { Hint } from '../room/settings';
import { rateWords } from './names';
import { ratesOf, rivalSettings } from './series';
import classes from './sweep-room.module.css';

const FIRST = 12;
/** As the engine's sentences go: at most five of a hundred sweeps of nothing but chance would show any difference. */
const CLEAR = 0.05;

/** Who beats whom, in plain sentences; the figures behind each one on hover and focus. */
export function Comparisons() {
  const analysis = useLive(selectAnalysis);
  if (!analysis || analysis.methods.length + analysis.schedules.length === 0) return null;
  return <Listed analysis={analysis} />;
}

type Kind = 'methods' | 'schedules';

function Listed({ analysis }: { analysis: SweepAnalysis }) {
  const setting = useLabStore(selectSetting);
  const shownSetting = useLabStore((state) => state.sweep.view.setting);
  const hidden = useLabStore((state) => state.sweep.view.hiddenMethods);
  const [asked, setKind] = useState<Kind>('methods');
  const [rate, setRate] = useState('all');
  const [clearOnly, setClearOnly] = useState(false);
  const [most, setMost] = useState(FIRST);
  const kind = analysis[asked].length > 0 ? asked : asked === 'methods' ? 'schedules' : 'methods';
  const points = useMemo(() => new Map(analysis.points.map((point) => [point.key, point])), [analysis]);
  const rates = useMemo(() => ratesOf(analysis.points), [analysis]);
  const settings = new Set(
    kind === 'methods'
      ? [Math.min(shownSetting, analysis.settings.length - 1)]
      : setting
        ? rivalSettings(analysis, setting).map(({ index }) => index)
        : [],
  );
  const shown = analysis[kind].filter((comparison) => {
    const [first, second] = [points.get(comparison.first), points.get(comparison.second)];
    if (!first || !second) return false;
    const wanted = rate === 'all' || (rate === 'full' ? first.requestedRate === null : String(first.requestedRate) === rate);
    const isShown = settings.has(first.setting) && settings.has(second.setting);
    const isVisible = !hidden.includes(first.method) && !hidden.includes(second.method);
    return wanted && isShown && isVisible && (!clearOnly || isClear(comparison));
  });
  return (
    <Panel
      title="In pairs"
      note="Same seed against same seed, and item against item by McNemar’s test; both corrected by Holm for all comparisons of the sweep, and the sentences go by the seeds. Point at a sentence, or move to it by Tab, for its figures."
    >
      <div className={classes.facets}>
        {analysis.methods.length > 0 && analysis.schedules.length > 0 && (
          <div className={classes.pick}>
            <SelectField
              label="Of"
              help="Methods at the same rate, or schedules of the same method at the same rate."
              value={kind}
              options={[
                { value: 'methods', label: 'Methods' },
                { value: 'schedules', label: 'Schedules' },
              ]}
              onChange={(value) => setKind(value as Kind)}
            />
          </div>
        )}
        <div className={classes.pick}>
          <SelectField
            label="Rate"
            help="At which rate the two are compared."
            value={rate}
            options={[
              { value: 'all', label: 'All rates' },
              ...(kind === 'schedules' ? [{ value: 'full', label: 'Full table' }] : []),
              ...rates.map((value) => ({ value: String(value), label: rateWords(value) })),
            ]}
            onChange={setRate}
          />
        </div>
        <label className={classes.tick}>
          <input type="checkbox" checked={clearOnly} onChange={() => setClearOnly(!clearOnly)} />
          Only differences that the seeds show
        </label>
      </div>
      {shown.length === 0 ? (
        <Hint>No comparison is left of what is chosen here and above.</Hint>
      ) : (
        <ul className={classes.sentences}>
          {shown.slice(0, most).map((comparison) => (
            <Sentence key={`${comparison.first} ${comparison.second}`} comparison={comparison} />
          ))}
        </ul>
      )}
      {shown.length > most && (
        <button type="button" className={classes.moreLink} onClick={() => setMost(shown.length)}>
          Show all {shown.length}
        </button>
      )}
    </Panel>
  );
}

const isClear = ({ corrected }: Comparison) => corrected !== null && corrected < CLEAR;

function Sentence({ comparison }: { comparison: Comparison }) {
  const { difference, bootstrap, corrected, mcNemar, mcNemarCorrected, p } = comparison;
  const probability = (value: number | null) => (value === null ? '–' : formatNumber(value));
  const points = (value: number) => signless(100 * value);
  const ends = (interval: readonly [number, number] | null) => (interval ? `${points(interval[0])} to ${points(interval[1])}` : '–');
  const figures: [string, string][] = [
    ['Difference', `${points(difference.mean)} points`],
    ['95 % interval', ends(difference.interval)],
    ['by the bootstrap', ends(bootstrap)],
    ['Seeds', String(difference.seeds)],
    ['p over seeds, paired t', probability(p)],
    ['corrected', probability(corrected)],
    ['p over test items, McNemar', probability(mcNemar)],
    ['McNemar corrected', probability(mcNemarCorrected)],
  ];
  const words = figures.map(([name, value]) => `${name}: ${value}`).join('; ');
  return (
    <li data-clear={isClear(comparison) || undefined}>
      <Tooltip
        position="top-start"
        aria-hidden
        label={
          <dl className={classes.figuresOf}>
            {figures.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        }
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what the pointer is told on hover, the keyboard is told on focus */}
        <p tabIndex={0} aria-description={words}>
          {comparison.sentence}
        </p>
      </Tooltip>
    </li>
  );
}
