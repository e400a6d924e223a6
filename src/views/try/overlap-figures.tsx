import { useMemo } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { ScatterFigure } from '../../charts/figures';
import { formatBytes, formatCount, formatPercent } from '../../charts/format';
import { MatrixFigure } from '../../charts/matrix-figure';
import { styleOf } from '../../charts/palette';
import type { ScatterSeries } from '../../charts/scatter-figure.types';
import type { NeighbourOverlap } from '../../protocol/try';
import { Panel } from '../../ui/widgets';
import { type NamedModel, referenceWords, useModels } from './model-names';
import classes from './overlap.module.css';

/** Shares of words from here on are drawn darkest. */
const DARKEST = 0.6;

const toCount = (mean: number, neighbours: number) => (neighbours * mean).toFixed(1);

/** The overlap by table, as a distribution and against size; where every other word is a neighbour, that there is none to speak of. */
export function OverlapFigures({ overlap }: { overlap: NeighbourOverlap }) {
  return overlap.allOthers ? <AllOthers neighbours={overlap.neighbours} /> : <Distribution overlap={overlap} />;
}

function AllOthers({ neighbours }: { neighbours: number }) {
  return (
    <Panel title="What became of the vocabulary">
      <p className={classes.line}>
        {neighbours === 0
          ? 'A single word has a direction: it has no neighbours.'
          : `A word has ${neighbours === 1 ? 'one other' : `${neighbours} others`}, and so few are all its neighbours in every table: there is nothing to count.`}
      </p>
    </Panel>
  );
}

function Distribution({ overlap }: { overlap: NeighbourOverlap }) {
  const models = useModels();
  const { neighbours } = overlap;
  const most = neighbours === 10 ? 'ten' : String(neighbours);
  const counts = Array.from({ length: neighbours + 1 }, (_, k) => String(k));
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
        { value: 0, text: toCount(mean, neighbours), why: 'mean over the words' },
        ...shares.map((share, k) => ({
          value: share,
          text: share === 0 ? '' : formatPercent(share, share < 0.0995 ? 1 : 0),
          why: `${formatCount(histogram[k])} words with ${k} of ${most} in common`,
        })),
      ]),
    [rows, neighbours, most],
  );
  const compressed = rows.flatMap(({ model, mean }) => (model ? [{ model, mean }] : []));
  // At one rate all are of one size.
  const rates = new Set(compressed.map(({ model }) => model.rate)).size;
  return (
    <div className={classes.figures}>
      <ChartFrame
        title={`How many of its ${most} neighbours a word keeps`}
        note={`${of}: in each table, the share of words with so many of ${most} nearest in common with ${reference}.`}
        summary={`Neighbours in common with ${reference}, mean of ${most}: ${rows.map(({ name, mean }) => `${name} ${toCount(mean, neighbours)}`).join('; ')}.`}
        table={() => ({
          columns: ['table', 'mean share', ...counts.map((k) => `words with ${k}`)],
          rows: rows.map(({ name, mean, histogram }) => [name, mean, ...histogram]),
        })}
      >
        <MatrixFigure
          rows={drawn}
          columns={['mean', ...counts]}
          columnsLabel={`neighbours in common, of ${most}; share of words`}
          cells={cells}
          darkest={DARKEST}
          label="Neighbours kept, by table"
        />
      </ChartFrame>
      {rates > 1 && <AgainstSize compressed={compressed} reference={reference} neighbours={neighbours} most={most} />}
    </div>
  );
}

interface AgainstSizeProps {
  compressed: readonly { model: NamedModel; mean: number }[];
  reference: string;
  neighbours: number;
  /** The same, as it stands in a sentence. */
  most: string;
}

function AgainstSize({ compressed, reference, neighbours, most }: AgainstSizeProps) {
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
          .map(({ model, mean }) => ({ x: model.embeddingBytes, y: neighbours * mean, spread: null, label: model.name }))
          .sort((a, b) => a.x - b.x),
      };
    });
  }, [compressed, neighbours]);
  const sizes = compressed.map(({ model }) => model.embeddingBytes);
  return (
    <ChartFrame
      title="Neighbours kept against size"
      note={`Of ${most}, in common with ${reference}, mean over the words. Embedding in bytes, on a logarithmic axis: left is smaller.`}
      summary={`Neighbours kept against size. ${compressed.map(({ model, mean }) => `${model.name}: ${toCount(mean, neighbours)} of ${most} with ${formatBytes(model.embeddingBytes)}`).join('; ')}.`}
      legend={series}
      table={() => ({
        columns: ['model', 'bytes', `mean of ${most}`],
        rows: compressed.map(({ model, mean }) => [model.name, model.embeddingBytes, neighbours * mean]),
      })}
    >
      <ScatterFigure
        series={series}
        xLabel="embedding, bytes"
        yLabel={`neighbours in common, of ${most}`}
        xDomain={[Math.min(...sizes) / 1.5, Math.max(...sizes) * 1.5]}
        yDomain={[0, neighbours]}
        formatX={formatBytes}
        formatY={(value) => String(Number(value.toFixed(1)))}
        height={260}
      />
    </ChartFrame>
  );
}
