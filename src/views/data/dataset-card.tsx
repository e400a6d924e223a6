import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatCount, formatPercent, formatTimes } from '../../charts/format';
import type { DatasetReport, TaskReport } from '../../protocol/data';
import { Facts, Panel, WarningNotice } from '../../ui/widgets';
import classes from './data-room.module.css';
import { LengthHistogram } from './length-histogram';
import { Warnings } from './warnings';

const MOST_CLASSES = 12;
const LONGEST_TITLE = 500;

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
            ...(report.leakedTexts === null ? [] : [['Texts in two splits', formatCount(report.leakedTexts)] as const]),
          ]}
        />
        {report.ownSplit && (
          <p className={classes.licence}>
            The file’s own split: {formatCount(report.ownSplit.train)} to train, {formatCount(report.ownSplit.validation)} to validate,{' '}
            {formatCount(report.ownSplit.test)} to test.
          </p>
        )}
        {report.leakedTexts !== null && report.leakedTexts > 0 && (
          <WarningNotice>
            {report.leakedTexts === 1 ? 'One text stands' : `${formatCount(report.leakedTexts)} texts stand`} in more than one split: what
            is learned by heart there counts as understood.
          </WarningNotice>
        )}
        {report.coveredTokens === 0 && (
          <WarningNotice>
            No word of these sentences has a vector in the table: there is nothing to compress, and no experiment can run. Is the table of
            this language, and its case the same?
          </WarningNotice>
        )}
        {report.tasks.map((task) => (
          <Classes key={task.id} task={task} total={report.sentences} />
        ))}
        <LengthHistogram histogram={report.lengthHistogram} />
        {report.sample.length > 0 && (
          <div>
            <h3 className={classes.subhead}>
              Sentences<span className={classes.aside}>a few, from all over the set</span>
            </h3>
            <ul className={classes.sentences}>
              {report.sample.slice(0, 5).map((sentence, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: texts may repeat
                <li key={i}>
                  <q>{sentence.text}</q>
                  <span className={classes.labels}>
                    <span className={classes.className}>{labels.map((label) => sentence.labels[label]).join(', ')}</span>
                  </span>
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

/** From here on, accuracy alone flatters whoever always says the same. */
const unbalanced = 1.5;

function Classes({ task, total }: { task: TaskReport; total: number }) {
  const [all, setAll] = useState(false);
  const many = task.classes.length > MOST_CLASSES;
  // Of many, the frequent ones first: the others are behind a button.
  const ordered = many ? [...task.classes].sort((a, b) => b.count - a.count) : task.classes;
  const shown = all ? ordered : ordered.slice(0, MOST_CLASSES);
  const highest = Math.max(1, ...task.classes.map(({ count }) => count));
  return (
    <div>
      <h3 className={classes.subhead}>
        {task.label}: {formatCount(task.classes.length)} classes
        <span className={classes.aside}>
          of {formatCount(total)} sentences; always saying the most frequent one scores {formatPercent(task.majorityShare)}
        </span>
      </h3>
      <table className={classes.classes} aria-label={`Classes of ${task.label}`}>
        <tbody>
          {shown.map(({ name, count }) => (
            <tr key={name}>
              <th scope="row">
                <span className={classes.className} title={name.slice(0, LONGEST_TITLE)}>
                  {name}
                </span>
              </th>
              <td className={classes.track} aria-hidden="true">
                <span className={classes.fill} style={{ width: `${(100 * count) / highest}%` }} />
              </td>
              <td>{formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {many && (
        <Button size="compact-xs" variant="default" mt={6} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${formatCount(task.classes.length)}`}
        </Button>
      )}
      {task.imbalance > unbalanced && (
        <p className={classes.licence}>
          Unbalanced: the most frequent class has {formatTimes(task.imbalance)} the sentences of the rarest. Read macro-F1 beside accuracy.
        </p>
      )}
    </div>
  );
}
