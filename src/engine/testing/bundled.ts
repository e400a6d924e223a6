/** For tests only: the bundled data, from this project's folder or from the page that serves it. */
import { type FetchBundled, loadBundled } from '../data/bundled';
import type { PreparedData } from '../data/dataset';
import { prepareData } from '../data/prepare';
import { defaultSpecification } from '../experiment/specification';

export async function bundledData(fetchBundled: FetchBundled, task = 'sentiment'): Promise<PreparedData> {
  const { vectors, dataset } = await loadBundled(fetchBundled);
  return prepareData(vectors, dataset, task, defaultSpecification.split, 1);
}
