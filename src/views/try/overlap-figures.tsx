import { useMemo } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { ScatterFigure } from '../../charts/figures';
import { formatBytes, formatCount, formatPercent } from '../../charts/format';
import { MatrixFigure } from '../../charts/matrix-figure';
import { styleOf } from '../../charts/palette';
import type { ScatterSeries } from '../../charts/scatter-figure.types';
import type { NeighbourOverlap } from '../../protocol/try';
import { type NamedModel, referenceWords, useModels } from './model-names';
import classes from './overlap.module.css';

/** Shares of words from here on are drawn darkest. */
const DARKEST = 0.6;
const COUNTS: readonly string[] = Array.from({ length: 11 }, (_, k) => String(k));

const COLUMNS = ['mean', ...COUNTS];

const ofTen = (mean: number) => (10 * mean).toFixed(1);

/** The overlap by table, as a distribution and against size. */
export function OverlapFigures({ overlap }: { overlap: NeighbourOverlap }) {
  const models = useModels();
  const rows = useMemo(
    () =>
      overlap.tables.map((entry) => {
        const model = models.find(({ id }) => id === entry.table);
        const words = entry.histogram.reduce((sum, count) => sum + count, 0);
        return {
          ...entry,
          model,
          name: model?.name ?? 'Pretrained',
          shares: entry.histogram.map((count) => (words > 0 ? count / words : 0)),
        };
      }),
    [overlap, models],
  );
  const reference = referenceWords(models.find(({ id }) => id === overlap.reference));
  const of =
    overlap.words < overlap.vocabulary
      ? `${formatCount(overlap.words)} words drawn from ${formatCount(overlap.vocabulary)}`
      : `All ${formatCount(overlap.words)} words with a pretrained vector`;
  const drawn = useMemo(
    () =>
      rows.map(({ name, model }) => ({
        id: name,
        label: name,
        color: model?.color ?? 'var(--control)',
        dash: model?.dash ?? '2 3',
      })),
    [rows],
  );
  const cells = useMemo(
    () =>
      rows.map(({ shares, histogram, mean }) => [
        // On bare ground: it is no share of the words.
        { value: 0, text: ofTen(mean), why: 'mean over the words' },
        ...shares.map((share, k) => ({
          value: share,
          text: share === 0 ? '' : formatPercent(share, share < 0.0995 ? 1 : 0),
          why: `${formatCount(histogram[k])} words with ${k} of ten in common`,
        })),
      ]),
    [rows],
  );
  const compressed = rows.flatMap(({ model, mean }) => (model ? [{ model, mean }] : []));
  // At one rate all are of one size.
  const rates = new Set(compressed.map(({ model }) => model.rate)).size;
  return (
    <div className={classes.figures}>
      <ChartFrame
        title="How many of its ten neighbours a word keeps"
        note={`${of}: in each table, the share of words with so many of ten nearest in common with ${reference}.`}
        summary={`Neighbours in common with ${reference}, mean of ten: ${rows.map(({ name, mean }) => `${name} ${ofTen(mean)}`).join('; ')}.`}
        table={() => ({
          columns: ['table', 'mean share', ...COUNTS.map((k) => `words with ${k}`)],
          rows: rows.map(({ name, mean, histogram }) => [name, mean, ...histogram]),
        })}
      >
        <MatrixFigure
          rows={drawn}
          columns={COLUMNS}
          columnsLabel="neighbours in common, of ten; share of words"
          cells={cells}
          darkest={DARKEST}
          label="Neighbours kept, by table"
        />
      </ChartFrame>
      {rates > 1 && <AgainstSize compressed={compressed} reference={reference} />}
    </div>
  );
}

function AgainstSize({ compressed, reference }: { compressed: readonly { model: NamedModel; mean: number }[]; reference: string }) {
  const series = useMemo<ScatterSeries[]>(() => {
    const methods = [...new Set(compressed.map(({ model }) => model.method))];
    return methods.map((method) => {
      const own = compressed.filter(({ model }) => model.method === method);
      return {
        id: method,
        label: own[0].model.label,
        color: own[0].model.color,
        dash: own[0].model.dash,
        marker: styleOf(method).marker,
        points: own
          .map(({ model, mean }) => ({ x: model.embeddingBytes, y: 10 * mean, spread: null, label: model.name }))
          .sort((a, b) => a.x - b.x),
      };
    });
  }, [compressed]);
  const sizes = compressed.map(({ model }) => model.embeddingBytes);
  return (
    <ChartFrame
      title="Neighbours kept against size"
      note={`Of ten, in common with ${reference}, mean over the words. Embedding in bytes, on a logarithmic axis: left is smaller.`}
      summary={`Neighbours kept against size. ${compressed.map(({ model, mean }) => `${model.name}: ${ofTen(mean)} of ten with ${formatBytes(model.embeddingBytes)}`).join('; ')}.`}
      legend={series}
      table={() => ({
        columns: ['model', 'bytes', 'mean of ten'],
        rows: compressed.map(({ model, mean }) => [model.name, model.embeddingBytes, 10 * mean]),
      })}
    >
      <ScatterFigure
        series={series}
        xLabel="embedding, bytes"
        yLabel="neighbours in common, of ten"
        xDomain={[Math.min(...sizes) / 1.5, Math.max(...sizes) * 1.5]}
        yDomain={[0, 10]}
        formatX={formatBytes}
        formatY={(value) => String(Number(value.toFixed(1)))}
        height={260}
      />
    </ChartFrame>
  );
}
