import { UnstyledButton } from '@mantine/core';
import { formatNumber, formatPercent } from '../../../charts/format';
import { MethodSwatch } from '../../../charts/swatch';
import type { NumberLine } from '../../../protocol/number-line';
import classes from './comparison.module.css';

export interface ComparedQuantizer {
  id: string;
  label: string;
  /** Whose colour it has. */
  method: string;
  color: string;
  line: NumberLine;
}

/** The ways to choose as many levels, one under the other: where the levels are, and what is lost. */
export function Comparison({
  entries,
  chosen,
  onChoose,
}: {
  entries: readonly ComparedQuantizer[];
  chosen: string;
  onChoose(id: string): void;
}) {
  const low = Math.min(...entries.map(({ line }) => line.minimum));
  const high = Math.max(...entries.map(({ line }) => line.maximum));
  const at = (value: number) => 1 + (98 * (value - low)) / (high - low || 1);
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label="Errors at the same number of levels">
        <thead>
          <tr>
            <th scope="col">Levels chosen</th>
            <th scope="col" className={classes.where}>
              Where they are
            </th>
            <th scope="col" className={classes.number}>
              Error
            </th>
            <th scope="col" className={classes.number}>
              Relative
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ id, label, method, color, line }) => (
            <tr key={id} data-chosen={id === chosen || undefined}>
              <th scope="row">
                <UnstyledButton className={classes.name} aria-pressed={id === chosen} onClick={() => onChoose(id)}>
                  <MethodSwatch method={method} width={18} />
                  {label}
                </UnstyledButton>
              </th>
              <td className={classes.where}>
                <svg className={classes.strip} viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
                  <line x1={0} x2={100} y1={8} y2={8} className={classes.rail} vectorEffect="non-scaling-stroke" />
                  {line.levels.map((level) => (
                    <line
                      key={level}
                      x1={at(level)}
                      x2={at(level)}
                      y1={1}
                      y2={15}
                      stroke={color}
                      strokeWidth={line.levels.length > 40 ? 1 : 2.5}
                      vectorEffect="non-scaling-stroke"
                    />
                  ))}
                </svg>
              </td>
              <td className={classes.number}>{formatNumber(line.rootMeanSquareError)}</td>
              <td className={classes.number}>{formatPercent(line.relativeError)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
