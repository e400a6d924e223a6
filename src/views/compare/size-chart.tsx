import { useMemo, useState } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { accuracyDomain, domainAround } from '../../charts/domain';
import { ScatterFigure } from '../../charts/figures';
import { formatBytes, formatPercent, signless } from '../../charts/format';
import { styleOf } from '../../charts/palette';
import type { ScatterPoint, ScatterSeries } from '../../charts/scatter-figure.types';
import { useScheme } from '../../charts/swatch';
import { selectMethodLabel } from '../../store/selectors';
import type { ResultGroup } from '../../store/statistics';
import { useLabStore } from '../../store/store';
import { SegmentedControl } from '../../ui/segmented-control';

type Measure = 'accuracy' | 'drop';

const formatDrop = (value: number) => signless(100 * value);
const formatAccuracy = (value: number) => formatPercent(value);

/** Test accuracy, or what of it was lost, against the embedding's bytes. */
export function SizeChart({ groups }: { groups: readonly ResultGroup[] }) {
  const [measure, setMeasure] = useState<Measure>('accuracy');
  const labelOf = useLabStore(selectMethodLabel);
  const scheme = useScheme();
  const series = useMemo<ScatterSeries[]>(() => {
    const byMethod = new Map<string, ScatterPoint[]>();
    for (const group of groups) {
      const value = measure === 'accuracy' ? group.test : (group.drop ?? (group.method === 'full' ? { mean: 0, spread: null } : null));
      if (!value) continue;
      const points = byMethod.get(group.method) ?? [];
      const rate = group.requestedRate === null ? '' : ` at ${formatPercent(group.requestedRate)}`;
      points.push({ x: group.bytes, y: value.mean, spread: value.spread, label: `${labelOf(group.method)}${rate}` });
      byMethod.set(group.method, points);
    }
    return [...byMethod].map(([method, points]) => {
      const style = styleOf(method);
      return {
        id: method,
        label: labelOf(method),
        color: style[scheme],
        dash: style.dash,
        marker: style.marker,
        points: points.sort((a, b) => a.x - b.x),
      };
    });
  }, [groups, measure, labelOf, scheme]);
  const points = series.flatMap((entry) => entry.points);
  const ends = points.flatMap(({ y, spread }) => [y - (spread ?? 0), y + (spread ?? 0)]);
  const smallest = Math.min(...points.map((point) => point.x));
  const largest = Math.max(...points.map((point) => point.x));
  const title = measure === 'accuracy' ? 'Test accuracy against size' : 'Accuracy drop against size';
  return (
    <ChartFrame
      title={title}
      note="Size of the embedding in bytes, on a logarithmic axis: left is smaller."
      summary={`${title}. ${points.map((point) => `${point.label}: ${measure === 'accuracy' ? formatAccuracy(point.y) : `${formatDrop(point.y)} points`} with ${formatBytes(point.x)}`).join('; ')}.`}
      legend={series}
      table={() => ({
        columns: ['method', 'bytes', measure === 'accuracy' ? 'test accuracy (fraction)' : 'drop (fraction)', 'standard deviation'],
        rows: points.map((point) => [point.label, point.x, point.y, point.spread]),
      })}
      aside={
        <SegmentedControl
          aria-label="Chart shows"
          data={[
            { value: 'accuracy', label: 'Accuracy' },
            { value: 'drop', label: 'Drop' },
          ]}
          value={measure}
          onChange={(value) => setMeasure(value as Measure)}
        />
      }
    >
      <ScatterFigure
        series={series}
        xLabel="embedding, bytes"
        yLabel={measure === 'accuracy' ? 'test accuracy' : 'drop, points'}
        xDomain={[smallest / 1.5, largest * 1.5]}
        yDomain={measure === 'accuracy' ? accuracyDomain(ends, 0.05) : domainAround(ends, 0.02, [0, 0.1])}
        formatX={formatBytes}
        formatY={measure === 'accuracy' ? formatAccuracy : formatDrop}
      />
    </ChartFrame>
  );
}
