import type { Differences } from '../../store/sweep/differences';
import { Hint } from '../room/settings';
import classes from './sweep-room.module.css';

/** Two specifications beside each other: only what differs. */
export function DifferencesTable({ names: [first, second], differences }: { names: readonly [string, string]; differences: Differences }) {
  const { fields, alike } = differences;
  return (
    <div className={classes.differences}>
      {fields.length > 0 && (
        <table aria-label="What differs">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">{first}</th>
              <th scope="col">{second}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.name}>
                <th scope="row">{field.name}</th>
                <td>{field.first}</td>
                <td>{field.second}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Hint>
        {fields.length === 0 ? 'Nothing differs' : `${alike} other fields say the same`}
        {fields.length === 0 && alike > 0 && `: all ${alike} fields say the same`}.
      </Hint>
    </div>
  );
}
