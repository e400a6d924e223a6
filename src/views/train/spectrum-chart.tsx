import { memo, useMemo } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { domainFromZero } from '../../charts/domain';
import { LineFigure } from '../../charts/figures';
import { formatNumber, formatPercent } from '../../charts/format';
import { styleOf } from '../../charts/palette';
import { useScheme } from '../../charts/swatch';
import { selectMethodLabel, selectSpectrum } from '../../store/selectors';
import { useLabStore } from '../../store/store';
import { useLive } from '../live';

const formatRank = (value: number) => String(Math.round(value));
const formatValue = (value: number) => formatNumber(value, 3);

/** The singular values of the table that the run factorized, the rank that it kept, and what of the energy that is. */
export const SpectrumChart = memo(function SpectrumChart() {
  const spectrum = useLive(selectSpectrum);
  const labelOf = useLabStore(selectMethodLabel);
  const scheme = useScheme();
  const points = useMemo(() => spectrum?.singularValues.map((y, i) => ({ x: i + 1, y })) ?? [], [spectrum]);
  const color = spectrum ? styleOf(spectrum.method)[scheme] : '';
  const series = useMemo(() => {
    if (!spectrum) return [];
    const kept = points.slice(0, spectrum.rank);
    return [
      { id: 'cut', label: 'cut off', points, color: 'var(--control)', dash: '2 3', width: 1.5, dots: false },
      { id: 'kept', label: 'kept', points: kept, color, dash: '', dots: kept.length <= 60, width: 2.5 },
    ];
  }, [spectrum, points, color]);
  const rules = useMemo(
    () =>
      spectrum
        ? [
            {
              id: 'rank',
              x: spectrum.rank,
              label: `rank ${spectrum.rank} keeps ${formatPercent(spectrum.retainedEnergy)} of the energy`,
            },
          ]
        : [],
    [spectrum],
  );
  const yDomain = useMemo(() => domainFromZero(points.map((point) => point.y)), [points]);
  const words = spectrum
    ? `${labelOf(spectrum.method)}: rank ${spectrum.rank} keeps ${formatPercent(spectrum.retainedEnergy)} of the energy`
    : '';
  return (
    <ChartFrame
      title="Singular values of the trained table"
      note={spectrum ? `${words}, seed ${spectrum.seed}.` : 'How much of the table each rank holds.'}
      summary={
        spectrum
          ? `${words}; the largest singular value is ${formatValue(points[0].y)}, the last ${formatValue(points.at(-1)!.y)}.`
          : 'Nothing drawn yet.'
      }
      table={() => ({ columns: ['rank', 'singular value'], rows: points.map(({ x, y }) => [x, y]) })}
      empty={spectrum ? undefined : 'Drawn as soon as the run factorizes the table. The Factorize room shows the table as it is loaded.'}
    >
      <LineFigure
        series={series}
        rules={rules}
        xLabel="rank"
        yLabel="singular value"
        xDomain={[1, Math.max(2, points.length)]}
        yDomain={yDomain}
        xWhole
        formatX={formatRank}
        formatY={formatValue}
      />
    </ChartFrame>
  );
});
