import { formatCount } from '../../charts/format';
import { useLabStore } from '../../store/store';
import classes from './data-summary.module.css';

/** What the next run works on, at the foot of the rail. */
export function DataSummary() {
  const report = useLabStore((state) => state.data.report);
  if (!report) return null;
  const { embeddings, dataset } = report;
  return (
    <dl className={classes.summary}>
      <dt>Embeddings</dt>
      <dd title={embeddings.source.name}>{embeddings.source.name}</dd>
      <dd className={classes.figure}>
        {formatCount(embeddings.words)} × {embeddings.dimension}
      </dd>
      <dt>Sentences</dt>
      <dd title={dataset.source.name}>{dataset.source.name}</dd>
      <dd className={classes.figure}>{formatCount(dataset.sentences)}</dd>
    </dl>
  );
}
