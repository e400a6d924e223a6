import type { SourceReference } from '../../protocol/specification';
import type { SweepSpecification } from '../../protocol/sweep';
import { bundledLicences, type FetchBundled } from '../data/bundled';
import { LabError } from '../errors';
import type { Licence } from './sections';

/** What is loaded, as far as its licence goes. */
export interface LicensedSource {
  source: SourceReference;
  licence: string | null;
}

/** Table and data sets of a sweep, each once. */
export function sourcesOf({ embeddings, tasks }: SweepSpecification): SourceReference[] {
  return [...new Map([embeddings, ...tasks.map(({ dataset }) => dataset)].map((source) => [source.id, source])).values()];
}

/** The licences that are known of a sweep's data: of what is loaded, and of the bundled data whether or not they are loaded. */
export async function licencesOf(
  specification: SweepSpecification,
  loaded: readonly LicensedSource[],
  fetchBundled: FetchBundled,
): Promise<Licence[]> {
  const known = new Map(loaded.flatMap(({ source, licence }) => (licence === null ? [] : [[source.id, licence] as const])));
  const sources = sourcesOf(specification);
  const isUnknown = ({ id }: SourceReference) => id.startsWith('bundled:') && !known.has(id);
  if (sources.some(isUnknown)) {
    for (const [id, text] of await bundledLicences(fetchBundled).catch(ifMissing)) known.set(id, text);
  }
  return sources.flatMap(({ id, name }) => {
    const text = known.get(id);
    return text === undefined ? [] : [{ of: name, text }];
  });
}

/** A report without a licence is better than none. */
function ifMissing(error: unknown): Map<string, string> {
  if (error instanceof LabError && error.code === 'unreachable') return new Map();
  throw error;
}
