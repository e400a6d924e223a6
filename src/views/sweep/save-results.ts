import { saveFile } from '../../charts/save';
import type { Session } from '../session';

/** All that is kept of the sweep on the screen, as the file that goes on from there. */
export async function saveSweepResults(session: Session): Promise<void> {
  const results = await session.sweepResults();
  if (results) saveFile('results.json', `${JSON.stringify(results)}\n`, 'application/json');
}
