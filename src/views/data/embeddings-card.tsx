import { formatBytes, formatCount } from '../../charts/format';
import type { EmbeddingsReport } from '../../protocol/data';
import { Facts, Panel } from '../../ui/widgets';
import classes from './data-room.module.css';
import { Warnings } from './warnings';

export function EmbeddingsCard({ report }: { report: EmbeddingsReport }) {
  return (
    <Panel title={report.source.name} note={`Loaded: ${report.format}`}>
      <div className={classes.stack}>
        <Facts
          entries={[
            ['Words', formatCount(report.words)],
            ['Dimension', formatCount(report.dimension)],
            ['Size', formatBytes(report.sizeBytes)],
          ]}
        />
        <div>
          <h3 className={classes.subhead}>First words</h3>
          <p className={classes.words}>
            {report.sample.map((word, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: words of a visitor's file may repeat
              <span key={i} className={classes.word}>
                {word}
              </span>
            ))}
          </p>
        </div>
        <Warnings warnings={report.warnings} />
        {report.licence && <p className={classes.licence}>{report.licence}</p>}
      </div>
    </Panel>
  );
}
