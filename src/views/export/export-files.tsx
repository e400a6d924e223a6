import { formatBytes, formatCount } from '../../charts/format';
import type { ModelExport } from '../../protocol/export';
import classes from './export.module.css';

/** Files and their sizes, beside what the lab counts for the numbers in them. */
export function ExportFiles({ written: { files, embeddingBytes, networkBytes } }: { written: ModelExport }) {
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return (
    <div className={classes.scroll}>
      <table className={classes.files} aria-label="Files">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Size</th>
            <th scope="col">Bytes</th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ path, bytes }) => (
            <tr key={path}>
              <th scope="row">{path}</th>
              <td>{formatBytes(bytes.length)}</td>
              <td>{formatCount(bytes.length)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <td>{formatBytes(total)}</td>
            <td>{formatCount(total)}</td>
          </tr>
          <tr className={classes.counted}>
            <th scope="row">The lab counts for the embedding</th>
            <td>{formatBytes(embeddingBytes)}</td>
            <td>{formatCount(embeddingBytes)}</td>
          </tr>
          <tr className={classes.counted}>
            <th scope="row">and for the whole network</th>
            <td>{formatBytes(networkBytes)}</td>
            <td>{formatCount(networkBytes)}</td>
          </tr>
        </tfoot>
      </table>
      <p className={classes.help}>What is beyond the lab’s figure is headers, the vocabulary, and texts that say how to use it.</p>
    </div>
  );
}
