import { modelCard } from './card';
import { configOf, tensorPlace } from './config';
import { javascriptExample } from './examples/javascript';
import type { Loader } from './examples/loader';
import { pythonExample } from './examples/python';
import type { ExportableModel, ExportFormat } from './format';
import { npyFile } from './npy-file';
import { allTensors, storedModel } from './stored';
import { jsonFile } from './text-file';
import { vocabularyFile, vocabularyPath } from './vocabulary';

const loader: Loader = {
  python: ['t = {of["name"]: np.load(of["file"]) for of in config["tensors"]}'],
  javascript: [
    'const load = ({ file, array, offset, length }) => new globalThis[array](new Uint8Array(readFileSync(file)).buffer, offset, length);',
    'const t = Object.fromEntries(config.tensors.map((of) => [of.name, load(of)]));',
  ],
};

const examples = (model: ExportableModel) => {
  const stored = storedModel(model);
  return [pythonExample(model, stored, loader), javascriptExample(model, stored, loader)];
};

/** A NumPy file for each tensor: the table, or A and B, or their codes and what these stand for; and the network's weights. */
export const npy: ExportFormat = {
  id: 'npy',
  label: 'NumPy',
  help: 'A .npy file for each matrix: the factors or the table (codes stay whole numbers) and the network’s weights; numpy.load opens them.',
  write: async (model) => {
    const stored = storedModel(model);
    const tensors = allTensors(stored);
    const files = [
      ...tensors.map(({ name, shape }) => ({ path: `${name}.npy`, holds: `${shape.join(' x ')}` })),
      { path: vocabularyPath, holds: 'The word of each row of the embedding.' },
      { path: 'config.json', holds: 'Layers, shapes, classes, tokenizer, and how codes are decoded; its tensors are the files’ names.' },
    ];
    const arrays = tensors.map((tensor) => ({ path: `${tensor.name}.npy`, bytes: npyFile(tensor) }));
    const places = tensors.map((tensor, i) => tensorPlace(tensor, arrays[i].path, arrays[i].bytes.length - tensor.data.byteLength));
    return [
      ...arrays,
      vocabularyFile(model.words),
      jsonFile('config.json', configOf(model, stored, places)),
      modelCard(model, files, examples(model)),
    ];
  },
  examples,
};
