import { LabError } from '../../errors';
import { quoted } from '../problems';
import { splitOf } from './columns';

type Part = 0 | 1 | 2;

/** The split that a file's name says it is: `train-00000-of-00001.parquet`, `imdb_dev.tsv`. Null where it says none, or two. */
function partOf(name: string): Part | null {
  const parts = new Set(
    name
      .split(/[^a-z]+/i)
      .map(splitOf)
      .filter((part) => part !== undefined),
  );
  const [part] = parts;
  return parts.size === 1 ? part : null;
}

/**
 * Several files as the splits of one data set, in the order train, validation, test, by their names. Two will do, train and test: validation is
 * taken from the training rows then.
 *
 * @throws LabError `bad-dataset`, saying how to name them
 */
export function filesByPart<File extends { name: string }>(files: readonly File[]): { file: File; part: Part }[] {
  const parts: (File | undefined)[] = [undefined, undefined, undefined];
  const refuse = (found: string): never => {
    throw new LabError(
      'bad-dataset',
      `${found}.`,
      'Load one file; or three, named by their splits: train, validation (or valid, val, dev) and test, such as train.csv, dev.csv and test.csv.',
    );
  };
  if (files.length === 0) refuse('No file was given');
  if (files.length > 3) refuse(`${files.length} files were given; a data set is one file, or one for each of three splits`);
  for (const file of files) {
    const part = partOf(file.name);
    if (part === null) return refuse(`The name ${quoted(file.name)} doesn't say which split the file is`);
    const same = parts[part];
    if (same) refuse(`${quoted(same.name)} and ${quoted(file.name)} are the same split by their names`);
    parts[part] = file;
  }
  for (const [part, name] of [
    [0, 'train'],
    [2, 'test'],
  ] as const) {
    if (!parts[part]) refuse(`Of ${files.map(({ name }) => quoted(name)).join(' and ')} none is the split ${name} by its name`);
  }
  return parts.flatMap((file, part) => (file ? [{ file, part: part as Part }] : []));
}
