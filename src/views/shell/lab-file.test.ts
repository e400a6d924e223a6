import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { labFileKind } from './lab-file';

const zipOf = (name: string) => zipSync({ [name]: strToU8('{}') }) as Uint8Array<ArrayBuffer>;

it.each<[string, BlobPart[], 'run' | 'sweep' | null]>([
  ['a run', [zipOf('lowrank-lab-run.json')], 'run'],
  ['an archive of something else', [zipOf('table.txt')], null],
  ['a text that names a run', ['lowrank-lab-run.json'], null],
  ['results of a sweep', ['{"kind":"lowrank-lab-sweep","specification":{}}\n'], 'sweep'],
  ['the same, laid out by hand', ['{\n  "kind" : "lowrank-lab-sweep",\n'], 'sweep'],
  ['sentences about one', ['[{"text":"lowrank-lab-sweep"}]'], null],
  ['nothing', [], null],
])('knows %s by the first bytes, whatever it is called', async (_, parts, kind) => {
  expect(await labFileKind(new Blob(parts))).toBe(kind);
});
