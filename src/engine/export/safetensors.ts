import { modelCard } from './card';
import { configOf, tensorPlace } from './config';
import { javascriptExample } from './examples/javascript';
import type { Loader } from './examples/loader';
import { pythonExample } from './examples/python';
import type { ExportableModel, ExportFormat } from './format';
import { safetensorsFile } from './safetensors-file';
import { allTensors, storedModel } from './stored';
import { jsonFile } from './text-file';
import { vocabularyFile, vocabularyPath } from './vocabulary';

const path = 'model.safetensors';

const loader: Loader = {
  python: ['t = {of["name"]: np.memmap(of["file"], of["dtype"], "r", of["offset"], tuple(of["shape"])) for of in config["tensors"]}'],
  javascript: [
    `const file = new Uint8Array(readFileSync('${path}')).buffer;`,
    'const t = Object.fromEntries(config.tensors.map((of) => [of.name, new globalThis[of.array](file, of.offset, of.length)]));',
  ],
};

const files = [
  { path, holds: 'The embedding and the network, as float32 and whole numbers.' },
  { path: vocabularyPath, holds: 'The word of each row of the embedding.' },
  { path: 'config.json', holds: 'Layers, shapes, classes, tokenizer, and how codes are decoded: all that it takes to run the network.' },
];

const examples = (model: ExportableModel) => {
  const stored = storedModel(model);
  return [pythonExample(model, stored, loader), javascriptExample(model, stored, loader)];
};

/** The whole network in one file of tensors (https://github.com/huggingface/safetensors), with vocabulary, configuration and model card. */
export const safetensors: ExportFormat = {
  id: 'safetensors',
  label: 'safetensors',
  help: 'The whole network as one file of tensors, with its vocabulary, all that it takes to run it, and a model card; NumPy and any safetensors reader open it.',
  write: async (model) => {
    const stored = storedModel(model);
    const tensors = allTensors(stored);
    const { bytes, offsets } = safetensorsFile(tensors);
    const places = tensors.map((tensor) => tensorPlace(tensor, path, offsets.get(tensor.name) ?? 0));
    return [
      { path, bytes },
      vocabularyFile(model.words),
      jsonFile('config.json', configOf(model, stored, places)),
      modelCard(model, files, examples(model)),
    ];
  },
  examples,
};
