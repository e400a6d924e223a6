import { formatBytes, formatCount } from '../../charts/format';
import type { EmbeddingsReport } from '../../protocol/data';
import { Facts, Panel } from '../../ui/widgets';
import classes from './data-room.module.css';
import { SampleWords } from './sample-words';
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
        <SampleWords words={report.sample} />
        <Warnings warnings={report.warnings} />
        {report.licence && <p className={classes.licence}>{report.licence}</p>}
      </div>
    </Panel>
  );
}
