import { modelCard } from './card';
import { configOf } from './config';
import { javascriptExample } from './examples/javascript';
import type { Loader } from './examples/loader';
import { pythonExample } from './examples/python';
import type { ExportableModel, ExportFormat } from './format';
import { npyFile } from './npy-file';
import { allTensors, storedModel } from './stored';
import { jsonFile } from './text-file';
import { vocabularyFile, vocabularyPath } from './vocabulary';

const loader: Loader = {
  python: ['from pathlib import Path', 't = {path.stem: np.load(path) for path in Path(".").glob("*.npy")}'],
  javascriptImports: ['readdirSync', 'readFileSync'],
  javascript: [
    "const types = { '<f4': Float32Array, '<u4': Uint32Array, '<u2': Uint16Array, '|u1': Uint8Array };",
    'const load = (path) => {',
    '  const raw = readFileSync(path);',
    '  const start = 10 + raw.readUInt16LE(8);',
    "  const [, type] = /'descr': '(.*?)'/.exec(raw.toString('latin1', 10, start));",
    '  return new types[type](raw.buffer.slice(raw.byteOffset + start, raw.byteOffset + raw.length));',
    '};',
    "const paths = readdirSync('.').filter((path) => path.endsWith('.npy'));",
    'const t = Object.fromEntries(paths.map((path) => [path.slice(0, -4), load(path)]));',
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
    return [
      ...tensors.map((tensor) => ({ path: `${tensor.name}.npy`, bytes: npyFile(tensor) })),
      vocabularyFile(model.words),
      jsonFile('config.json', configOf(model, stored)),
      modelCard(model, files, examples(model)),
    ];
  },
  examples,
};
