import { formatCount, formatPercent } from '../../charts/format';
import type { DatasetReport, TaskReport } from '../../protocol/data';
import { Facts, Panel } from '../../ui/widgets';
import classes from './data-room.module.css';
import { LengthHistogram } from './length-histogram';
import { Warnings } from './warnings';

const MOST_CLASSES = 12;

export function DatasetCard({ report }: { report: DatasetReport }) {
  const labels = report.tasks.map((task) => task.id);
  return (
    <Panel title={report.source.name} note={`Loaded: ${report.format}`}>
      <div className={classes.stack}>
        <Facts
          entries={[
            ['Sentences', formatCount(report.sentences)],
            ['Tokens', formatCount(report.tokens)],
            ['Distinct words', formatCount(report.types)],
            ['Tokens with a vector', formatPercent(report.coveredTokens)],
            ['Words with a vector', formatPercent(report.coveredTypes)],
            ['Repeated texts', formatCount(report.duplicateTexts)],
          ]}
        />
        {report.ownSplit && (
          <p className={classes.licence}>
            The file’s own split: {formatCount(report.ownSplit.train)} to train, {formatCount(report.ownSplit.validation)} to validate,{' '}
            {formatCount(report.ownSplit.test)} to test.
          </p>
        )}
        {report.tasks.map((task) => (
          <Classes key={task.id} task={task} total={report.sentences} />
        ))}
        <LengthHistogram histogram={report.lengthHistogram} />
        {report.sample.length > 0 && (
          <div>
            <h3 className={classes.subhead}>First sentences</h3>
            <ul className={classes.sentences}>
              {report.sample.slice(0, 5).map((sentence, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: texts may repeat
                <li key={i}>
                  <q>{sentence.text}</q>
                  <span className={classes.labels}>{labels.map((label) => sentence.labels[label]).join(', ')}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        <Warnings warnings={report.warnings} />
        {report.licence && <p className={classes.licence}>{report.licence}</p>}
      </div>
    </Panel>
  );
}

function Classes({ task, total }: { task: TaskReport; total: number }) {
  const shown = task.classes.slice(0, MOST_CLASSES);
  return (
    <div>
      <h3 className={classes.subhead}>
        {task.label}: {task.classes.length} classes
        <span className={classes.aside}>always saying the most frequent one scores {formatPercent(task.majorityShare)}</span>
      </h3>
      <table className={classes.classes} aria-label={`Classes of ${task.label}`}>
        <tbody>
          {shown.map(({ name, count }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={classes.track} aria-hidden="true">
                <span className={classes.fill} style={{ width: `${(100 * count) / Math.max(1, total)}%` }} />
              </td>
              <td>{formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {task.classes.length > shown.length && <p className={classes.licence}>and {task.classes.length - shown.length} more</p>}
    </div>
  );
}
