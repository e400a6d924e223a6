import type { BenchOptions } from './options';
import type { Work } from './work';
import { factorizations } from './works/factorization';
import { memory } from './works/memory';
import { parse } from './works/parse';
import { scale } from './works/scale';
import { tabMemory } from './works/tab-memory';
import { trainingSteps } from './works/training-step';

/** Everything that is measured. A kind of work is a file in works/ and a line here. */
export const works: readonly Work[] = [...trainingSteps, ...factorizations, parse, memory, ...scale, tabMemory];

/** What these options ask for. */
export function chosen(all: readonly Work[], { quick, only }: Pick<BenchOptions, 'quick' | 'only'>): Work[] {
  return all.filter((work) => {
    if (only !== null) return work.name.startsWith(only);
    return quick ? work.quick : !work.onlyByName;
  });
}

/** What a run of all of them measures anew; what it leaves alone keeps its last findings. */
export const byDefault = new Set(works.filter((work) => !work.onlyByName).map(({ name }) => name));
